/** True proofs of something else: every public input is bound to the challenges, every file to the manifest. */
import { bytesToHex, encodeUint32 } from '@solvent/commitment/bytes';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import { headerSize } from '@solvent/proof-format/proof';
import { encodeManifest, type Manifest, proofFileDigest } from '@solvent/report-format/manifest';
import { productionPreset } from '@solvent/stark/preset';
import { type Statement, totalsFraction } from '@solvent/stark/statement';
import { describe, expect, it } from 'vitest';
import { manifestOf, outcome, publish, republish, verdictOn } from '../support/report.js';
import type { Witness } from '../support/witness.js';
import { assemble, cheat } from './cheating-prover.js';
import { sampleWitness, segmentOutcome } from './fixture.js';

const honest = sampleWitness();
const proven = cheat(honest);
const { statement } = honest;
const withContext = (change: object): Statement => ({ ...statement, context: { ...statement.context, ...change } });
const withAsset = (change: object): Statement => ({
  ...statement,
  assets: statement.assets.map((asset, i) => (i === 1 ? { ...asset, ...change } : asset)),
});

describe('a public input that is changed after proving', () => {
  const changes: [string, Statement][] = [
    ['the exchange', withContext({ exchange: 'Example Exchange ' })],
    ['the report id', withContext({ reportId: '2026-02' })],
    ['the snapshot time', withContext({ snapshotTime: '2026-02-01T00:00:00Z' })],
    ['the previous manifest', withContext({ previousManifest: new Uint8Array(32) })],
    ['a border between two texts', withContext({ exchange: 'Example Exchange2', reportId: '026-01' })],
    ['the segment', { ...statement, segment: 1, segmentCount: 2 }],
    ['the number of segments', { ...statement, segmentCount: 2 }],
    ['a symbol', withAsset({ symbol: 'DOGF' })],
    ['a precision', withAsset({ decimals: 9 })],
    ['a total', { ...statement, totals: statement.totals.map((total, i) => (i === 0 ? total - 1n : total)) }],
    [
      'the list of assets',
      {
        ...statement,
        assets: [...statement.assets, { symbol: 'ZEC', decimals: 8 }],
        totals: [...statement.totals, 0n],
      },
    ],
  ];

  it.each(changes)('is refused: %s', (_, changed) => {
    expect(segmentOutcome({ ...proven, statement: changed })).toBe('V3 header-digest');
    // With the header digest, the proof of work and the openings of the changed statement.
    expect(segmentOutcome(assemble(changed, proven.header, proven.opener))).toBe('V4 constraints');
  });

  it.each([2 ** 12, 2 ** 14, 2 ** 19])('is refused: %i rows', (rowCount) => {
    expect(segmentOutcome(republish({ ...statement, rowCount }, proven.proof))).toBe('V2 header-encoding');
  });

  it.each([2 ** 20, 2 ** 10, 2 ** 11 + 1, 0, Number.NaN])(
    'is refused: %d rows, which no proof can be about',
    (rowCount) => {
      expect(segmentOutcome({ ...proven, statement: { ...statement, rowCount } })).toBe('V1 statement-limits');
    },
  );

  it('is refused when the accounts root alone is another, with the digest of the header that has it', () => {
    const accountsRoot = new Uint8Array(32).fill(1);
    expect(segmentOutcome({ ...proven, accountsRoot })).toBe('V3 accounts-root');
    expect(segmentOutcome(assemble(statement, { ...proven.header, accountsRoot }, proven.opener))).toBe(
      'V4 constraints',
    );
  });
});

describe('totals that are chosen after the challenges', () => {
  /** d with Σ d_a/(β₁ − a) = 0: five equations over F_p for the six assets, solved by elimination. */
  function kernel(beta1: Extension): number[] {
    const columns = statement.totals.map((_, i) => ext.inv(ext.sub(beta1, ext.fromBase(i + 1))));
    const rows = [0, 1, 2, 3, 4].map((c) => columns.map((column) => column[c]));
    for (let pivot = 0; pivot < 5; pivot++) {
      const scale = field.inv(rows[pivot][pivot]);
      rows[pivot] = rows[pivot].map((value) => field.mul(value, scale));
      rows.forEach((row, r) => {
        if (r === pivot) return;
        const factor = row[pivot];
        rows[r] = row.map((value, c) => field.sub(value, field.mul(factor, rows[pivot][c])));
      });
    }
    return [...rows.map((row) => field.neg(row[5])), 1];
  }

  it('are refused though they satisfy the constraints under these challenges: they give others', () => {
    const { beta1, gamma } = proven.replay;
    const top = (total: bigint) => Number(total >> 60n);
    const differences = kernel(beta1);
    const totals = statement.totals.map((total, i) => {
      const limb = field.add(top(total), differences[i]);
      return (total % 2n ** 60n) + (BigInt(limb) << 60n);
    });
    expect(totals).not.toEqual(statement.totals);
    expect(totalsFraction(totals, beta1, gamma)).toEqual(totalsFraction(statement.totals, beta1, gamma));
    const changed = { ...statement, totals };
    expect(segmentOutcome({ ...proven, statement: changed })).toBe('V3 header-digest');
    expect(segmentOutcome(assemble(changed, proven.header, proven.opener))).toBe('V4 constraints');
  });

  it('are refused when the whole proof is made under the challenges of other totals', () => {
    const changed: Witness = { ...honest, statement: { ...statement, totals: statement.totals.map(() => 0n) } };
    expect(segmentOutcome(cheat(changed, { absorbed: statement }))).toBe('V4 constraints');
  });
});

describe('the nonce', () => {
  it('is refused when it is no proof of work', () => {
    const other = assemble(statement, proven.header, proven.opener, undefined, () => proven.nonce + 1);
    expect(segmentOutcome(other)).toBe('V5 proof-of-work');
  });

  it('decides the query points: what opens those of another nonce is refused', () => {
    const nonceAt = headerSize(proven.shape);
    const others: number[] = [];
    for (let nonce = proven.nonce + 1; others.length < 5; nonce++) {
      const other = assemble(statement, proven.header, proven.opener, undefined, () => nonce);
      // Any nonce that is a proof of work is as good, with the openings that it asks for.
      if (segmentOutcome(other) !== 'V5 proof-of-work') others.push(nonce);
      else continue;
      expect(segmentOutcome(other)).toBe('verified');
      const proof = proven.proof.slice();
      proof.set(encodeUint32(nonce), nonceAt);
      expect(segmentOutcome(republish(statement, proof))).toMatch(/^V6 queries-encoding$|^V7 trace-opening$/);
    }
  });
});

describe('a report', () => {
  const segmentOf = (segment: number): Witness => ({
    ...honest,
    statement: { ...statement, segment, segmentCount: 2 },
  });
  const pair = [cheat(segmentOf(0)), cheat(segmentOf(1), {}, { seed: 'second' })];
  const good = publish(pair);
  const outcomeOf = async (manifest: Manifest, proofs = good.proofs) =>
    outcome(await verdictOn({ manifest: encodeManifest(manifest), proofs }));
  const base = manifestOf(pair);

  it('of two segments verifies, and its totals are the sums', async () => {
    const verdict = await verdictOn(good);
    expect(verdict).toMatchObject({ ok: true, totals: statement.totals.map((total) => 2n * total) });
  });

  it('is refused with one segment twice, swapped, or one left out', async () => {
    const [first, second] = pair;
    expect(outcome(await verdictOn(publish([first, first])))).toBe('V3 header-digest');
    expect(outcome(await verdictOn(publish([second, first])))).toBe('V3 header-digest');
    expect(outcome(await verdictOn(publish([first])))).toBe('V3 header-digest');
    expect(outcome(await verdictOn(publish([first, second, second])))).toBe('V3 header-digest');
    const again = assemble({ ...statement, segment: 1, segmentCount: 2 }, first.header, first.opener);
    expect(outcome(await verdictOn(publish([first, again])))).toBe('V4 constraints');
    expect(outcome(await verdictOn({ ...good, proofs: [good.proofs[0]] }))).toBe('M5 proof-missing');
  });

  it('is refused with a proof of another exchange, report, time or history', async () => {
    const [first] = pair;
    for (const change of [
      { exchange: 'Other' },
      { reportId: 'x' },
      { snapshotTime: '2026-01-31T23:59:58Z' },
      { previousManifest: 'ab'.repeat(32) },
    ]) {
      expect(await outcomeOf({ ...base, ...change })).toBe('V3 header-digest');
    }
    expect(await outcomeOf({ ...base, segments: [base.segments[0]], totals: base.segments[0].totals })).toBe(
      'V3 header-digest',
    );
    expect(outcome(await verdictOn(publish([{ ...first, proof: good.proofs[1] }, pair[1]])))).toBe('V3 accounts-root');
  });

  it('is refused when a file is not the one that the manifest names', async () => {
    const proofs = [good.proofs[1], good.proofs[0]];
    expect(outcome(await verdictOn({ ...good, proofs }))).toBe('M5 proof-digest');
    const proofDigest = bytesToHex(proofFileDigest(new Uint8Array(0)));
    const segments = [{ ...base.segments[0], proofDigest }, base.segments[1]];
    expect(await outcomeOf({ ...base, segments }, [new Uint8Array(0), good.proofs[1]])).toBe('V2 header-encoding');
  });

  it('is refused with totals that are not the sums of the segments', async () => {
    const totals = base.totals.map((total, i) => (i === 0 ? String(BigInt(total) - 1n) : total));
    expect(await outcomeOf({ ...base, totals })).toBe('M4 totals');
    expect(await outcomeOf({ ...base, totals: base.totals.slice(1) })).toBe('M4 totals');
    const moved = base.segments.map((segment, s) => ({
      ...segment,
      totals: segment.totals.map((total, a) => String(BigInt(total) + (a === 0 ? (s === 0 ? 1n : -1n) : 0n))),
    }));
    expect(await outcomeOf({ ...base, segments: moved })).toBe('V3 header-digest');
  });

  it('is refused with assets that are not sorted, or twice there', async () => {
    const swapped = (list: readonly string[]) => [list[1], list[0], ...list.slice(2)];
    const assets = [base.assets[1], base.assets[0], ...base.assets.slice(2)];
    const segments = base.segments.map((segment) => ({ ...segment, totals: swapped(segment.totals) }));
    expect(await outcomeOf({ ...base, assets, segments, totals: swapped(base.totals) })).toBe('M3 assets');
    const twice = [base.assets[0], ...base.assets.slice(0, 1), ...base.assets.slice(2)];
    expect(await outcomeOf({ ...base, assets: twice })).toBe('M3 assets');
  });

  it('is refused with other parameters or constraints than the verifier’s own', async () => {
    expect(await outcomeOf({ ...base, preset: '00'.repeat(32) })).toBe('M2 preset-digest');
    expect(await outcomeOf({ ...base, air: '00'.repeat(32) })).toBe('M2 air-digest');
    expect(outcome(await verdictOn(good, productionPreset))).toBe('M2 preset-digest');
    // A toy proof under a manifest that claims the production preset.
    expect(outcome(await verdictOn(publish(pair, productionPreset), productionPreset))).toBe('V3 header-digest');
    expect(outcome(await verdictOn(good, { ...productionPreset, queryCount: 8 }))).toBe('M2 preset-digest');
  });

  it('is refused with a header of 2^20 rows', async () => {
    const segments = base.segments.map((segment) => ({ ...segment, rows: 2 ** 20 }));
    expect(await outcomeOf({ ...base, segments })).toBe('M1 manifest-encoding');
  });
});
