/** What holds of every family alike: rows by the chain's own library are verified, and whatever is changed in them makes
 * them fail. A family is covered as soon as it has an oracle. */
import { readFileSync } from 'node:fs';
import { findNetwork, networks } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyWallet, type WalletVerdict } from '../src/verify-wallet.js';
import type { OracleRow } from './oracles/oracle.js';
import { oracles } from './oracles/oracles.js';

interface Changes extends Partial<OracleRow> {
  readonly owners?: readonly string[];
}

function verdictOf(row: OracleRow, changes: Changes = {}): WalletVerdict {
  const { coin, network = '', address, message, signatures, script = '', owners = [] } = { ...row, ...changes };
  const fields = { line: 1, coin, network, type: '', height: '', address, amount: '1', message, script };
  const list = { ...fields, signatures: [...signatures], owners: [...owners] };
  return verifyWallet(list, { policy: { kind: 'fixed', text: message } });
}

function said(row: OracleRow, changes: Changes = {}): string {
  const { verdict, step, code } = verdictOf(row, changes);
  return `${verdict} ${step} ${code}`;
}

function holderOf(row: OracleRow): string | undefined {
  return row.holder ?? verdictOf(row).canonicalAddress;
}

const verified = 'verified W7 address-proven';

describe.each(Object.entries(oracles))('%s', async (name, makeRows) => {
  const rows = await makeRows();
  const file = JSON.parse(readFileSync(`vectors/third-party/${name}.json`, 'utf8')) as {
    cases: (OracleRow & { result: string })[];
  };

  test('rows by the chain’s library are verified, in the file and made anew', () => {
    const valid = file.cases.filter(({ result }) => result === 'valid');
    for (const row of [...rows, ...valid]) expect([row.id, said(row)]).toEqual([row.id, verified]);
    const ids = file.cases.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  });

  test('another message, another address and another signature fail', () => {
    for (const row of rows) {
      expect([row.id, verdictOf(row, { message: `${row.message}.` }).verdict]).toEqual([row.id, 'failed']);
      expect([row.id, verdictOf(row, { message: row.message.toUpperCase() }).verdict]).toEqual([row.id, 'failed']);
      for (const other of rows.filter((one) => holderOf(one) !== holderOf(row))) {
        const network = other.network ?? '';
        expect([row.id, other.id, verdictOf(row, { address: other.address }).verdict]).not.toContain('verified');
        const stolen = { ...row, signatures: other.signatures, network: row.network ?? '' };
        if (network === stolen.network) expect([row.id, other.id, verdictOf(stolen).verdict]).not.toContain('verified');
      }
    }
  });

  test('a signature must be whole, alone and there', () => {
    for (const row of rows) {
      const [text] = row.signatures;
      for (const bad of [text.slice(0, -1), text.slice(0, -4), text.slice(1), `${text}00`, `${text}A`, ` ${text}`]) {
        expect([row.id, bad, verdictOf(row, { signatures: [bad] }).verdict]).not.toContain('verified');
      }
      const first = row.signatures.slice(1);
      expect([row.id, verdictOf(row, { signatures: first }).verdict]).toEqual([row.id, 'failed']);
      const twice = [...row.signatures, text];
      expect([row.id, verdictOf(row, { signatures: twice }).verdict]).not.toContain('verified');
    }
  });

  test('an owner’s signature beside another address proves nothing of it', () => {
    for (const row of rows.filter(({ signatures }) => signatures.length === 1)) {
      for (const { address } of rows) {
        const { verdict } = verdictOf(row, { address, owners: [row.address] });
        expect([row.id, verdict]).not.toContain('verified');
      }
      expect(verdictOf(row, { owners: [row.address, row.address] }).verdict).not.toBe('verified');
    }
  });

  test('no other network takes the row', () => {
    const { family, id } = findNetwork(rows[0].network ?? rows[0].coin)!;
    for (const network of networks.filter((one) => one.family !== family)) {
      const row = { ...rows[0], coin: network.nativeAsset, network: network.id };
      expect([id, network.id, verdictOf(row).verdict]).not.toContain('verified');
    }
  });

  test('whatever is changed in a row, there is a verdict, and it is not that the row is verified', () => {
    const field = (text: string) =>
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...rows.flatMap((row) => [row.address, row.script ?? '', ...row.signatures])),
        // One letter replaced, which is likelier to come through a decoder than any other text.
        fc
          .tuple(fc.nat({ max: Math.max(0, text.length - 1) }), fc.constantFrom(...'0123456789abcdefABCDEF+/=|:zZ-'))
          .map(([at, letter]) => text.slice(0, at) + letter + text.slice(at + 1)),
      );
    const changed = fc.constantFrom(...rows).chain((row) =>
      fc.oneof(
        field(row.signatures[0]).map((text): [OracleRow, Changes] => [row, { signatures: [text] }]),
        field(row.address).map((address): [OracleRow, Changes] => [row, { address }]),
        field(row.script ?? '').map((script): [OracleRow, Changes] => [row, { script }]),
        field(row.address).map((owner): [OracleRow, Changes] => [row, { owners: [owner] }]),
      ),
    );
    fc.assert(
      fc.property(changed, ([row, changes]) => {
        const found = verdictOf(row, changes);
        expect(['verified', 'failed', 'unproven', 'unsupported']).toContain(found.verdict);
        if (found.verdict !== 'verified') return;
        // Another spelling of the same key, signature and address is the only change that may pass.
        const own = rows.filter((one) => holderOf(one) === holderOf(row));
        expect(own.map((one) => verdictOf(one).canonicalAddress)).toContain(found.canonicalAddress);
        expect(changes.owners).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
