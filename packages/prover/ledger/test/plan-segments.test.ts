import { randomRowCount } from '@solvent/stark/table';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountCount, createLedger, type Ledger } from '../src/ledger.js';
import { accountRowCount, planSegments, type SegmentPlan, SegmentsError } from '../src/plan-segments.js';
import { type Random, uniformBelow } from '../src/random.js';
import { seededRandom } from '../src/testing.js';
import { drawAssets, ledgerOfHoldings, numberedAssets } from './random-ledgers.js';

const smallest = 2 ** 11;

function holderCounts(ledger: Ledger, accounts: Iterable<number>): number[] {
  const counts = ledger.assets.map(() => 0);
  for (const account of accounts) {
    for (let e = ledger.accountStart[account]; e < ledger.accountStart[account + 1]; e++) {
      counts[ledger.entryAsset[e] - 1]++;
    }
  }
  return counts;
}

function assertPlan(ledger: Ledger, plan: SegmentPlan, maxRowCount: number): void {
  const accounts = plan.segments.flatMap((segment) => [...segment.accounts]);
  expect(accounts.sort((a, b) => a - b)).toEqual([...Array(accountCount(ledger)).keys()]);
  const all = holderCounts(ledger, accounts);
  const m = Math.ceil(ledger.assets.length / 2);
  for (const [number, { rowCount, accounts }] of plan.segments.entries()) {
    expect([...accounts]).toEqual([...accounts].sort((a, b) => a - b));
    const rows = [...accounts].reduce((sum, account) => sum + accountRowCount(ledger, account), 0);
    expect(rows).toBeLessThanOrEqual(rowCount - randomRowCount(rowCount) - m);
    expect(rowCount).toBeLessThanOrEqual(maxRowCount);
    if (rowCount > smallest) expect(rows).toBeGreaterThan(rowCount / 2 - randomRowCount(rowCount / 2) - m);
    if (plan.segments.length === 1) continue;
    for (const [asset, count] of holderCounts(ledger, accounts).entries()) {
      if (count === 0) continue;
      // All holders of a rare asset are in segment 0; elsewhere no group is small.
      if (all[asset] < plan.threshold) expect(number).toBe(0);
      if (number > 0 || count < all[asset]) expect(count).toBeGreaterThanOrEqual(plan.smallestGroup);
    }
  }
}

// Accounts that hold a few of the common assets; the first `rare.length` assets beyond have that many holders.
function mixedLedger(accounts: number, common: number, rare: number[], random: Random): Ledger {
  const holdings = Array.from({ length: accounts }, () => drawAssets(common, uniformBelow(random, common + 1), random));
  for (const [i, holders] of rare.entries()) {
    for (const account of drawAssets(accounts, holders, random)) holdings[account].push(common + i);
  }
  return ledgerOfHoldings(common + rare.length, holdings, random);
}

describe('accountRowCount', () => {
  it('is ⌈entries / 4⌉, and one for an account without entries', () => {
    const ledger = ledgerOfHoldings(
      9,
      [[], [0], [0, 1, 2, 3], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8]],
      seededRandom(''),
    );
    expect([0, 1, 2, 3, 4].map((account) => accountRowCount(ledger, account))).toEqual([1, 1, 1, 2, 3]);
  });
});

describe('planSegments', () => {
  it('makes one segment when everything fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 30 }),
        fc.string(),
        (count, assets, seed) => {
          const random = seededRandom(seed);
          const holdings = Array.from({ length: count }, () =>
            drawAssets(assets, uniformBelow(random, Math.min(assets, 9) + 1), random),
          );
          const ledger = ledgerOfHoldings(assets, holdings, random);
          const plan = planSegments(ledger, random);
          expect(plan).toMatchObject({ threshold: 0, smallestGroup: 0 });
          expect(plan.segments).toHaveLength(1);
          assertPlan(ledger, plan, 2 ** 19);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('splits so that no group is small, or names the groups (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1600, max: 6000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 4 }),
        fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
        fc.string(),
        (accounts, common, rare, allowSmallGroups, seed) => {
          const random = seededRandom(seed);
          const ledger = mixedLedger(accounts, common, rare, random);
          try {
            const plan = planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups });
            expect([100, allowSmallGroups]).toContain(plan.smallestGroup);
            assertPlan(ledger, plan, smallest);
          } catch (error) {
            if (!(error instanceof SegmentsError)) throw error;
            expect(error.rowsNeeded).toBeGreaterThan(error.rowsAvailable);
            const counts = holderCounts(ledger, Array(accountCount(ledger)).keys());
            for (const { symbol, holders } of error.groups) {
              expect(holders).toBe(counts[ledger.assets.findIndex((asset) => asset.symbol === symbol)]);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sends all holders of rare assets to segment 0, with the largest threshold that works', () => {
    const random = seededRandom('rare');
    // 4,000 accounts in segments of about 1,530 rows; assets with 300 and 700 holders, and one with 40.
    const ledger = mixedLedger(4000, 1, [300, 700, 40], random);
    const plan = planSegments(ledger, random, { maxRowCount: smallest });
    assertPlan(ledger, plan, smallest);
    expect(plan).toMatchObject({ threshold: 1250, smallestGroup: 100 });
    expect(plan.segments).toHaveLength(3);
    const elsewhere = plan.segments.slice(1).flatMap(({ accounts }) => [...accounts]);
    expect(holderCounts(ledger, elsewhere).slice(1)).toEqual([0, 0, 0]);
    expect(plan.segments[0].accounts.length).toBeGreaterThan(1040);
  });

  it('lowers the threshold until the holders fit', () => {
    const random = seededRandom('lower');
    // 2,000 holders of the second asset do not fit into segment 0, the 200 of the third do.
    const ledger = mixedLedger(4000, 1, [2000, 200], random);
    const plan = planSegments(ledger, random, { maxRowCount: smallest });
    assertPlan(ledger, plan, smallest);
    expect(plan.threshold).toBe(1250);
  });

  it('refuses when the small groups do not fit, naming them, unless small groups are allowed', () => {
    const random = seededRandom('refuse');
    // 40 assets of 60 holders each: 2,400 accounts that would have to share segment 0.
    const holdings = Array.from({ length: 5000 }, (_, i) => (i < 2400 ? [1 + (i % 40)] : [0]));
    const ledger = ledgerOfHoldings(41, holdings, random);
    const refused = () => expect(() => planSegments(ledger, random, { maxRowCount: smallest }));
    refused().toThrow(SegmentsError);
    refused().toThrow(
      'segments: no safe split: to keep small groups together, all holders of A0001 (60 holders), A0002 (60 holders), ',
    );
    refused().toThrow(
      '(60 holders), 28 more would have to be in segment 0; expected at most 1515 rows there, got 2400',
    );
    const refuses = (allowSmallGroups: number) =>
      expect(() => planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups }));
    refuses(61).toThrow(SegmentsError);
    const plan = planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups: 3 });
    expect(plan.smallestGroup).toBe(3);
    assertPlan(ledger, plan, smallest);
    assertPlan(ledger, planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups: 1 }), smallest);
  });

  it('does not use the permission when a safe split exists', () => {
    const random = seededRandom('unused');
    const ledger = mixedLedger(4000, 1, [40], random);
    const plan = planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups: 1 });
    expect(plan.smallestGroup).toBe(100);
  });

  it('gathers again what the first gathering made small', () => {
    const random = seededRandom('again');
    // All but 150 holders of asset 2 also hold asset 1, which has too few holders for two segments: once they are
    // gathered, the 150 left would be spread over three segments, about 50 in each.
    const holdings = Array.from({ length: 4000 }, (_, i) => (i < 90 ? [0, 1] : i < 240 ? [0, 2] : [0]));
    for (let i = 0; i < 90; i++) holdings[i].push(2);
    const ledger = ledgerOfHoldings(3, holdings, random);
    const plan = planSegments(ledger, random, { maxRowCount: smallest });
    assertPlan(ledger, plan, smallest);
    const elsewhere = plan.segments.slice(1).flatMap(({ accounts }) => [...accounts]);
    expect(holderCounts(ledger, elsewhere).slice(1)).toEqual([0, 0]);
  });

  it('fits accounts of many rows, with one segment more when they leave gaps', () => {
    const random = seededRandom('gaps');
    // 2,600 assets leave 236 rows in a segment of 2^11; accounts of 125 rows: one a segment, though two would be 250.
    const wide = Array.from({ length: 5 }, () => drawAssets(2600, 500, random));
    const ledger = ledgerOfHoldings(2600, wide, random);
    const plan = planSegments(ledger, random, { maxRowCount: smallest, allowSmallGroups: 1 });
    expect(plan.segments.map(({ accounts }) => accounts.length)).toEqual([1, 1, 1, 1, 1]);
    assertPlan(ledger, plan, smallest);
  });

  it('mixes at random: any two accounts meet as often as they should', () => {
    const random = seededRandom('mixing');
    const ledger = ledgerOfHoldings(
      1,
      Array.from({ length: 2400 }, () => [0]),
      random,
    );
    let together = 0;
    for (let i = 0; i < 400; i++) {
      const { segments } = planSegments(ledger, random, { maxRowCount: smallest });
      expect(segments).toHaveLength(2);
      const side = (account: number) => segments[0].accounts.includes(account);
      if (side(0) === side(1)) together++;
    }
    // Halves: the chance is 1/2, the standard deviation 10.
    expect(Math.abs(together - 200)).toBeLessThan(40);
  });

  it('refuses an account that is too large for any segment', () => {
    const random = seededRandom('large');
    const ledger = ledgerOfHoldings(2600, [drawAssets(2600, 1000, random)], random);
    expect(() => planSegments(ledger, random, { maxRowCount: smallest })).toThrow(
      'account "user-0": expected at most 236 rows, which fit into a segment, got 250',
    );
    expect(planSegments(ledger, random).segments[0].rowCount).toBe(2 ** 12);
  });

  it('refuses faulty options and an empty ledger', () => {
    const random = seededRandom('options');
    const ledger = ledgerOfHoldings(1, [[0]], random);
    for (const maxRowCount of [0, 1024, 2 ** 20, 3000]) {
      expect(() => planSegments(ledger, random, { maxRowCount })).toThrow(/^maxRowCount: expected a power of two/);
    }
    for (const allowSmallGroups of [0, 100, 1.5, -1]) {
      expect(() => planSegments(ledger, random, { allowSmallGroups })).toThrow(/^allowSmallGroups: expected/);
    }
    expect(() => planSegments(createLedger(numberedAssets(1), []), random)).toThrow('at least one account');
    const many = ledgerOfHoldings(4096, [[0]], random);
    expect(() => planSegments(many, random, { maxRowCount: smallest })).toThrow('carry rows of 4096 assets');
  });
});
