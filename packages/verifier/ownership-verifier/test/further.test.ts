import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import { hederaAddressOf } from '../src/addresses/hedera-address.js';
import { icpAccountText } from '../src/addresses/icp-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { familyOf } from '../src/families.js';
import type { OracleRow } from './oracles/oracle.js';
import { recordedRows } from './oracles/recorded.js';
import { tezosRows } from './oracles/tezos.js';

function check(row: OracleRow, changes: Partial<OwnershipClaim> = {}): string {
  const network = findNetwork(row.coin)!;
  const { address, message, signatures, script = '' } = row;
  const claim = { address, message, signatures, script, owners: [], ...changes };
  const { decodeAddress, verify } = familyOf(network)!;
  const decoded = decodeAddress(claim.address, network);
  const { verdict, step, code } = isVerdict(decoded) ? decoded : verify(claim, decoded, network);
  return `${verdict} ${step} ${code}`;
}

function canonical(coin: string, text: string): string {
  const network = findNetwork(coin)!;
  const decoded = familyOf(network)!.decodeAddress(text, network);
  return isVerdict(decoded) ? `${decoded.step} ${decoded.code}` : `${decoded.kind} ${decoded.canonical}`;
}

const rowOf = async (rows: () => Promise<OracleRow[]>, id: string) => (await rows()).find((row) => row.id === id)!;
const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('Tezos', () => {
  test('s of secp256r1 lies in either half, since the chain takes both, and s of secp256k1 in the lower one', async () => {
    const { decodeTezosSignature } = await import('../src/schemes/tezos-message.js');
    const orders = {
      'text-secp256r1': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
      'text-secp256k1': 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
    };
    for (const [id, order] of Object.entries(orders)) {
      const row = await rowOf(tezosRows, id);
      const text = hex(decodeTezosSignature(row.signatures[0])!.signature);
      const s = (order - BigInt(`0x${text.slice(64)}`)).toString(16).padStart(64, '0');
      expect(check(row, { signatures: [text] })).toBe('verified W7 address-proven');
      const other = check(row, { signatures: [text.slice(0, 64) + s] });
      expect(other).toBe(id === 'text-secp256r1' ? 'verified W7 address-proven' : 'failed W6 signature');
    }
  });

  test('a key in hexadecimal is of the curve of the address', async () => {
    const { decodeTezosKey } = await import('../src/schemes/tezos-message.js');
    for (const id of ['text-ed25519', 'text-secp256k1', 'text-secp256r1']) {
      const row = await rowOf(tezosRows, id);
      expect(check(row, { script: hex(decodeTezosKey(row.script!)!.bytes) })).toBe('verified W7 address-proven');
    }
  });
});

describe('Hedera', () => {
  // HIP-32 has this alias as its example.
  const alias = '0.0.CIQAAAH4AY2OFK2FL37TSPYEQGPPUJRP4XTKWHD62HKPQX543DTOFFQ';

  test('an alias has one canonical spelling', () => {
    const key = '0000fc0634e2ab455eff393f04819efa262fe5e6ab1c7ed1d4f85fbcd8e6e296';
    const der = `0.0.302a300506032b6570032100${key}`;
    expect(canonical('HBAR', alias)).toBe(`key alias ${der}`);
    expect(canonical('HBAR', `0.0.${key}`)).toBe(`key alias ${der}`);
    expect(canonical('HBAR', `0.0.${key.toUpperCase()}`)).toBe(`key alias ${der}`);
    expect(hederaAddressOf({ curve: 'ed25519', bytes: fromHex(key) }).canonical).toBe(der);
  });

  test('what is none of the forms is no address', () => {
    for (const text of [
      '0.0.',
      '0.0.1.2',
      '0.0.-1',
      '0.0',
      '00.0.1',
      alias.slice(0, -1),
      alias.toLowerCase(),
      `${alias}A`,
    ]) {
      expect(canonical('HBAR', text)).toBe('W3 address');
    }
    expect(canonical('HBAR', `0x${'0'.repeat(38)}ff`)).toBe('account by number 0.0.255');
    expect(canonical('HBAR', `0x${'0'.repeat(24)}${'f'.repeat(16)}`)).toBe(`account by number 0.0.${2n ** 64n - 1n}`);
  });

  test('a key and its account by number are unproven, whatever key signs', async () => {
    for (const id of ['raw', 'evm-alias']) {
      const row = await rowOf(recordedRows('hedera'), id);
      expect(check(row, { address: '0.0.7' })).toBe('unproven W7 account-unproven');
    }
  });
});

test('the account of the anonymous principal is the one that the Internet Computer’s ledger names', () => {
  const account = '1c7a48ba6a562aa9eaa2481a9049cdf0433b9738c992d698c31d8abf89cadc79';
  expect(icpAccountText(Uint8Array.of(4))).toBe(account);
  expect(canonical('ICP', account)).toBe(`account ${account}`);
  // One balance has one canonical spelling.
  expect(canonical('ICP', '2vxsx-fae')).toBe(`canister ${account}`);
});
