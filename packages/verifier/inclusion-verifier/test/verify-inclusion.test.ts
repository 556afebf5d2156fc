import { readFileSync } from 'node:fs';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { toyPreset } from '@solvent/stark/preset';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '../src/verify-inclusion.js';

interface Account {
  readonly id: string;
  readonly result: string;
  readonly file: string;
  readonly accountId: string;
  readonly sums: Readonly<Record<string, string>>;
}

const folder = new URL('../../../../vectors/toy/', import.meta.url);
const readFile = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const { cases } = JSON.parse(readFileSync(new URL('inclusion.json', folder), 'utf8')) as { cases: Account[] };
/** Every account of the report, with its file and what it holds. */
const accounts = cases.filter(({ id, result }) => result === 'valid' && id.startsWith('account-'));
const symbols = (JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')).assets as { symbol: string }[]).map(
  ({ symbol }) => symbol,
);

let report: VerifiedReport;

beforeAll(async () => {
  const readProof = (segment: number) => readFile(`segment-000${segment}.bin`);
  const verdict = await verifyReport(readFile('manifest.json'), readProof, { preset: toyPreset });
  if (!verdict.ok) throw new Error(`${verdict.code}: ${verdict.detail}`);
  report = verdict;
});

const verify = (file: Uint8Array, accountId: string, balances?: ReadonlyMap<string, bigint>) =>
  verifyInclusion({ file, report, preset: toyPreset, accountId, ...(balances && { balances }) });

function sumsOf({ sums }: Account): Map<string, bigint> {
  return new Map(Object.entries(sums).map(([symbol, units]) => [symbol, BigInt(units)]));
}

const anyAccount = fc.constantFrom(...accounts);

describe('an account of a report', () => {
  test.each(accounts)('is in it: $accountId', (account) => {
    const verdict = verify(readFile(account.file), account.accountId);
    expect(verdict).toMatchObject({ ok: true, digestCompared: false, balancesCompared: false });
    expect(verdict.ok && verdict.balances).toEqual(sumsOf(account));
  });

  test('is in it under its own id alone', () => {
    const others = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.constantFrom('', 'Alice', 'alice ', ' alice', 'alice\0', '\ud800', 'a'.repeat(257)),
      anyAccount.map(({ accountId }) => accountId),
    );
    fc.assert(
      fc.property(anyAccount, others, ({ file, accountId }, other) => {
        fc.pre(other !== accountId);
        expect(verify(readFile(file), other)).toMatchObject({ ok: false, step: 'I4' });
      }),
      { numRuns: 30 },
    );
  });

  test('passes with the balances that it has, whatever else is listed at 0, and with no others', () => {
    const units = fc.bigInt(-(2n ** 71n), 2n ** 71n);
    const change = fc.array(fc.tuple(fc.constantFrom(...symbols, 'OTHER', '__proto__'), units), { maxLength: 4 });
    fc.assert(
      fc.property(anyAccount, change, (account, changes) => {
        const sums = sumsOf(account);
        const zeros = new Map([...[...symbols, 'OTHER'].map((symbol) => [symbol, 0n] as const), ...sums]);
        expect(verify(readFile(account.file), account.accountId, zeros)).toMatchObject({ balancesCompared: true });
        const changed = new Map([...sums, ...changes]);
        const isSame = [...changed].every(([symbol, held]) => held === (sums.get(symbol) ?? 0n));
        const verdict = verify(readFile(account.file), account.accountId, changed);
        expect(verdict).toMatchObject(isSame ? { ok: true } : { ok: false, step: 'I6', code: 'balances' });
      }),
      { numRuns: 30 },
    );
  });

  test('passes with no list that leaves one of its assets out', () => {
    for (const account of accounts) {
      for (const symbol of Object.keys(account.sums)) {
        const without = sumsOf(account);
        without.delete(symbol);
        const verdict = verify(readFile(account.file), account.accountId, without);
        expect(verdict).toMatchObject({ step: 'I6', detail: expect.stringContaining(`${symbol}: the holder has 0`) });
      }
    }
  });
});

describe('an inclusion file', () => {
  test('of any bytes gives a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(verify(bytes, 'alice')).toMatchObject({ ok: false, step: 'I2', code: 'inclusion-encoding' });
      }),
    );
  });

  test('with any bit changed does not verify', () => {
    const place = fc.record({ account: anyAccount, at: fc.nat(), bit: fc.nat(7) });
    fc.assert(
      fc.property(place, ({ account, at, bit }) => {
        const bytes = Uint8Array.from(readFile(account.file));
        bytes[at % bytes.length] ^= 1 << bit;
        expect(verify(bytes, account.accountId).ok).toBe(false);
      }),
    );
  });
});

describe('several files of one person', () => {
  const inclusion = fc.record({
    report: fc.nat(1),
    segment: fc.nat(1),
    rows: fc.uniqueArray(fc.nat(9), { maxLength: 4 }),
  });
  const inclusionOf = ({ report: of, segment, rows }: { report: number; segment: number; rows: number[] }) => {
    const manifestDigest = new Uint8Array(32).fill(of);
    const compared = { digestCompared: true, balances: new Map(), balancesCompared: true };
    return { ok: true, manifestDigest, segment, rows, ...compared } satisfies VerifiedInclusion;
  };

  test('share a row if, and only if, one of a segment of a report is in two of them', () => {
    fc.assert(
      fc.property(fc.array(inclusion, { maxLength: 5 }), (list) => {
        const places = list.flatMap(({ report: of, segment, rows }) => rows.map((row) => `${of} ${segment} ${row}`));
        const verdict = findSharedRow(list.map(inclusionOf));
        if (new Set(places).size === places.length) expect(verdict).toBeUndefined();
        else expect(verdict).toMatchObject({ ok: false, step: 'I7', code: 'shared-row' });
      }),
    );
  });
});
