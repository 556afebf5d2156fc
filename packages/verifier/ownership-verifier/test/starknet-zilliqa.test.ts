import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksOf } from './row-verdict.js';

/** Of a published list's own checker, and by @zilliqa-js/crypto 3.5.0. */
const rows = [
  {
    id: 'starknet',
    address: '0x03b7f0b02b63683eca1639fb2d5dfa1021628d4ee728b03bc0ac2be66edc32f1',
    message: 'OKC_DTT_AUP2025',
    signature:
      '04550efc3034895232cac30b73677c81cf949e7428d9629eda85b83e60614f45061639b572eb88f82f304b6a3ad4f2392a835e5582b918da53ddaaee4e342ea0',
    script: '0x6459074aa056e6dfb18539e414720ca7518b4d9b6d9a9fa0a3a64b8e2287963',
  },
  {
    id: 'zilliqa',
    address: 'zil1x9c62ndrxauvzvgczz8errnce54gu0q47z68ue',
    message: 'Exchange, report 7: 100 €',
    signature:
      '5b5cae89f7de1f408ad7e49db46b14150c0b061bc344df84315ef368ed5ced1171ea7c354657af84ebdd0b3ad0d0a551daf0dd0d7aae2234592ee019de0aaee2',
    script: '034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa',
  },
];

describe.each(rows)(
  'accounts of $id, with their key beside the signature',
  ({ id, address, message, signature, script }) => {
    const { check } = checksOf(id, { address, message, signatures: [signature], script, owners: [] });

    test('the row verifies, in either case and with 0x', () => {
      for (const text of [signature, signature.toUpperCase(), `0x${signature}`]) {
        expect(check({ signatures: [text] }).verdict).toBe('verified');
      }
    });

    test('whatever the row holds, there is a verdict, and only the whole row verifies', () => {
      const field = fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(signature, address, script, '', '0x', '00'.repeat(64), 'ff'.repeat(64)),
        fc.tuple(fc.nat(127), fc.constantFrom(...'0123456789abcdef')).map(([at, digit]) => {
          return signature.slice(0, at) + digit + signature.slice(at + 1);
        }),
      );
      fc.assert(
        fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
          const [text, key, signatures, owners] = fields;
          const isWhole = (target: string, column: string) =>
            target === address && column === script && signatures.join() === signature && owners.length === 0;
          for (const [target, column] of [
            [text, key],
            [address, script],
          ]) {
            const { verdict } = check({ address: target, script: column, signatures, owners });
            expect(verdict === 'verified').toBe(isWhole(target, column));
          }
        }),
        { numRuns: 30 },
      );
    });
  },
);
