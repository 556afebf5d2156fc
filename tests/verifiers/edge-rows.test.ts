/** Rows that the prover seldom or never makes: at the edges, and with an asset in several entries. */
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { seededRandom } from '@solvent/ledger/testing';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { toyPreset } from '@solvent/stark/preset';
import { describe, expect, it } from 'vitest';
import { cheat } from '../adversarial/cheating-prover.js';
import { inclusionFile, inclusionOutcome } from '../adversarial/fixture.js';
import { outcome, publish, verified } from '../support/report.js';
import { createWitness } from '../support/witness.js';

const symbols = ['A', 'B', 'C'];

describe('rows at the edges', () => {
  // One carry row for one or two assets, two for three: row 1 is an account's, or no longer.
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])('of a report with %i assets verify, the first being row %i', async (assetCount, firstRow) => {
    const lastRow = 2048 - 512 - 1;
    const holders = [
      { id: 'first', row: firstRow, entries: [[1, 5n]] as const },
      { id: 'last', row: lastRow, entries: [[1, 7n]] as const },
      { id: 'both', row: firstRow + 1, entries: [[assetCount, 9n]] as const },
      { id: 'both', row: lastRow - 1, entries: [] },
    ];
    const witness = createWitness(symbols.slice(0, assetCount), holders, seededRandom('edges'));
    const proven = cheat(witness);
    const published = publish([proven]);
    const report = await verified(published);
    for (const [id, rows] of Object.entries({
      first: [firstRow],
      last: [lastRow],
      both: [firstRow + 1, lastRow - 1],
    })) {
      const file = inclusionFile(published, proven.holderData, id, rows);
      expect(inclusionOutcome(report, file, id), id).toBe('verified');
    }
    const [own] = inclusionFile(published, proven.holderData, 'first', [firstRow]).rows;
    for (const index of [firstRow - 1, lastRow + 1]) {
      const moved = { ...inclusionFile(published, proven.holderData, 'first', [firstRow]), rows: [{ ...own, index }] };
      expect(inclusionOutcome(report, moved, 'first')).toBe('I3 row-index');
    }
  });
});

describe('an asset in several entries of an account', () => {
  it('counts with the sum of all of them', async () => {
    const entries = [
      [1, 5n],
      [1, 2n ** 70n - 1n],
    ] as const;
    const holders = [
      { id: 'often', row: 100, entries },
      { id: 'often', row: 101, entries: [[2, 1n], ...entries] as const },
    ];
    const proven = cheat(createWitness(symbols, holders, seededRandom('several entries')));
    const published = publish([proven]);
    const report = await verified(published);
    const file = encodeInclusionFile(inclusionFile(published, proven.holderData, 'often', [100, 101]));
    const balances = new Map([
      ['A', 2n * (2n ** 70n + 4n)],
      ['B', 1n],
    ]);
    const request = { file, report, preset: toyPreset, accountId: 'often' };
    expect(verifyInclusion({ ...request, balances })).toMatchObject({ ok: true, balances, balancesCompared: true });
    const once = new Map(balances).set('A', 2n ** 70n - 1n);
    expect(outcome(verifyInclusion({ ...request, balances: once }))).toBe('I6 balances');
    // An asset that the holder does not list counts 0, one unit of it is a difference, and 0 of one that nobody has is none.
    const without = verifyInclusion({ ...request, balances: new Map([['A', balances.get('A')!]]) });
    expect(without).toMatchObject({ step: 'I6', detail: 'B: the holder has 0 units, the report counts 1' });
    const more = new Map([...balances, ['C', 0n] as const, ['D', 0n] as const]);
    expect(outcome(verifyInclusion({ ...request, balances: more }))).toBe('verified');
  });
});

describe('findSharedRow', () => {
  const inclusion = (report: number, segment: number, rows: readonly number[]): VerifiedInclusion => ({
    ok: true,
    manifestDigest: new Uint8Array(32).fill(report),
    digestCompared: true,
    segment,
    rows,
    balances: new Map(),
    balancesCompared: true,
  });

  it('finds a row of one report and one segment in two files, and no other', () => {
    const own = inclusion(1, 1, [5, 23]);
    const others = [inclusion(2, 1, [5]), inclusion(1, 0, [5]), inclusion(1, 12, [3]), inclusion(1, 1, [6])];
    expect(findSharedRow([own, ...others])).toBeUndefined();
    const shared = findSharedRow([own, ...others, inclusion(1, 1, [22, 23])]);
    expect(shared).toMatchObject({ step: 'I7', code: 'shared-row', detail: 'row 23 of segment 1 is in two files' });
  });
});
