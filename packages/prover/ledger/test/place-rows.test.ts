import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesOf, fillCarryRows } from '../src/carry-rows.js';
import { drawPlaces } from '../src/fibre-placement.js';
import { createLedger, entryUnits, type Ledger } from '../src/ledger.js';
import { noAccount, placeRows, type SegmentTable } from '../src/place-rows.js';
import { accountRowCount, planSegments } from '../src/plan-segments.js';
import { uniformBelow } from '../src/random.js';
import { seededRandom } from '../src/testing.js';
import { drawAssets, ledgerOfHoldings, numberedAssets } from './random-ledgers.js';

// Reads entry e of a row as the design has it: asset_e, limb_{e,0} … limb_{e,6}, least significant first.
function readEntry(table: SegmentTable, row: number, e: number): { asset: number; limbs: number[] } {
  const [asset, ...limbs] = table.columns.slice(8 * e, 8 * e + 8).map((column) => column[row]);
  return { asset, limbs };
}

function unitsOf(limbs: readonly number[]): bigint {
  return limbs.reduce((sum, limb, l) => sum + (BigInt(limb) << BigInt(10 * l)), 0n);
}

function ownerRows(table: SegmentTable): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, account] of table.rowAccount.entries()) {
    if (account !== noAccount) rows.set(account, [...(rows.get(account) ?? []), row]);
  }
  return rows;
}

function fibresOf(rows: number[], rowCount: number): Set<number> {
  return new Set(rows.map((row) => row % (rowCount / 8)));
}

function assertTable(ledger: Ledger, table: SegmentTable, accounts: Iterable<number>): void {
  const { rowCount: n, columns } = table;
  const m = Math.ceil(ledger.assets.length / 2);
  const h = Math.max(512, n / 128);
  expect(columns).toHaveLength(32);
  expect(columns.every((column) => column.length === n)).toBe(true);
  const rows = ownerRows(table);
  expect([...rows.keys()].sort((a, b) => a - b)).toEqual([...accounts].sort((a, b) => a - b));
  const totals = ledger.assets.map(() => 0n);
  for (const [account, own] of rows) {
    expect(own).toHaveLength(accountRowCount(ledger, account));
    expect(own.every((row) => row >= m && row < n - h)).toBe(true);
    const found = own.flatMap((row) => [0, 1, 2, 3].map((e) => readEntry(table, row, e)));
    const held = found.filter(({ asset }) => asset !== 0).sort((a, b) => a.asset - b.asset);
    const start = ledger.accountStart[account];
    expect(held.map(({ asset, limbs }) => [asset, unitsOf(limbs)])).toEqual(
      Array.from({ length: ledger.accountStart[account + 1] - start }, (_, i) => [
        ledger.entryAsset[start + i],
        entryUnits(ledger, start + i),
      ]),
    );
    for (const { asset, limbs } of found) {
      expect(limbs.every((limb) => limb < 1024 && (asset !== 0 || limb === 0))).toBe(true);
      if (asset !== 0) totals[asset - 1] += unitsOf(limbs);
    }
  }
  expect(table.totals).toEqual(totals);
  for (let row = 0; row < n; row++) {
    if (row < m || table.rowAccount[row] !== noAccount) continue;
    if (columns.some((column) => column[row] !== 0)) throw new Error(`row ${row}: expected zeros`);
  }
}

// The sum of C14 over the integers modulo a prime, at a random γ: every active row with its weights gives the totals.
function assertCarrySums(ledger: Ledger, table: SegmentTable): void {
  const prime = (1n << 127n) - 1n;
  const gamma = 0x1234_5678_9abc_def0_1122_3344_5566_7788n % prime;
  const powers = [1n];
  for (let l = 1; l < 8; l++) powers.push((powers[l - 1] * gamma) % prime);
  const m = Math.ceil(ledger.assets.length / 2);
  const sums = ledger.assets.map(() => 0n);
  for (let row = 0; row < table.rowCount; row++) {
    for (let e = 0; e < 4; e++) {
      const { asset, limbs } = readEntry(table, row, e);
      if (asset === 0) continue;
      for (const [l, limb] of limbs.entries()) {
        const kappa = (t: number) => powers[t + 1] - 1024n * powers[t];
        const carry = Math.floor(l / 2) + 3 * (e % 2);
        const carryWeight = l === 6 ? 0n : kappa(carry) * (l % 2 === 0 ? 1n : 1024n);
        sums[asset - 1] += BigInt(limb) * (row < m ? carryWeight : powers[l]);
      }
    }
  }
  for (const [i, total] of table.totals.entries()) {
    let expected = 0n;
    for (let l = 0; l < 7; l++) {
      const limb = l < 6 ? (total >> BigInt(10 * l)) & 1023n : total >> 60n;
      expected += powers[l] * limb;
    }
    expect((((sums[i] - expected) % prime) + prime) % prime).toBe(0n);
  }
}

describe('drawPlaces', () => {
  const zones = fc
    .record({ log: fc.integer({ min: 11, max: 13 }), assets: fc.integer({ min: 1, max: 900 }) })
    .map(({ log, assets }) => ({
      rowCount: 2 ** log,
      firstRow: Math.ceil(assets / 2),
      endRow: 2 ** log - Math.max(512, 2 ** log / 128),
    }));

  it('gives every account its rows, in the zone, none twice, and one fibre where one has room', () => {
    fc.assert(
      fc.property(zones, fc.string(), fc.integer({ min: 1, max: 100 }), (zone, seed, fill) => {
        const random = seededRandom(seed);
        const rows: number[] = [];
        let left = Math.floor(((zone.endRow - zone.firstRow) * fill) / 100);
        while (left > 0) {
          const draw = uniformBelow(random, 10);
          const count = Math.min(
            left,
            draw < 6 ? 1 : draw < 9 ? 2 + uniformBelow(random, 7) : 1 + uniformBelow(random, 60),
          );
          rows.push(count);
          left -= count;
        }
        const places = drawPlaces(Uint16Array.from(rows), zone, random);
        expect(places.length).toBe(rows.reduce((sum, count) => sum + count, 0));
        expect(new Set(places).size).toBe(places.length);
        expect(places.every((row) => row >= zone.firstRow && row < zone.endRow)).toBe(true);

        // Fibres with the largest room may be few and run out, those with one row less are plenty in a table a third full.
        const fibreCount = zone.rowCount / 8;
        const room = new Map<number, number>();
        for (let row = zone.firstRow; row < zone.endRow; row++)
          room.set(row % fibreCount, (room.get(row % fibreCount) ?? 0) + 1);
        const largest = Math.max(...room.values());
        if (fill > 30) return;
        let start = 0;
        for (const count of rows) {
          const fibres = fibresOf([...places.subarray(start, start + count)], zone.rowCount);
          expect(fibres.size).toBeLessThanOrEqual(Math.ceil(count / (largest - 1)));
          if (count < largest) expect(fibres.size).toBe(1);
          start += count;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shares fibres to the last row: a full table of accounts of 2, 4 and 8 rows splits none', () => {
    const zone = { rowCount: 2 ** 16, firstRow: 0, endRow: 2 ** 16 };
    const rows = Uint16Array.from({ length: 3 * 4681 }, (_, i) => [2, 4, 8][i % 3]);
    const places = drawPlaces(rows, zone, seededRandom('full'));
    let start = 0;
    for (const count of rows) {
      expect(fibresOf([...places.subarray(start, start + count)], zone.rowCount).size).toBe(1);
      start += count;
    }
  });

  it('is uniform over the zone for accounts of one row, whoever else is there (chi-squared, seeded)', () => {
    const random = seededRandom('uniform');
    const zone = { rowCount: 2 ** 11, firstRow: 16, endRow: 2 ** 11 - 512 };
    const counts = new Float64Array(16);
    const rows = Uint16Array.from([1, 2, 5, 6, 20, ...Array<number>(100).fill(1)]);
    for (let i = 0; i < 4000; i++) {
      const place = drawPlaces(rows, zone, random)[0];
      counts[Math.floor(((place - zone.firstRow) / (zone.endRow - zone.firstRow)) * 16)]++;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 250) ** 2 / 250, 0);
    expect(chiSquared).toBeLessThan(37.7); // 15 degrees of freedom, 0.1 %
  });

  it('is uniform over all pairs of a fibre for an account of two rows (chi-squared, seeded)', () => {
    const random = seededRandom('pairs');
    const zone = { rowCount: 2 ** 11, firstRow: 0, endRow: 2 ** 11 - 512 };
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const [a, b] = drawPlaces(Uint16Array.of(2, 1), zone, random);
      expect(a % 256).toBe(b % 256);
      const key = `${Math.floor(a / 256)} ${Math.floor(b / 256)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(30);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(chiSquared).toBeLessThan(58.3); // 29 degrees of freedom, 0.1 %
  });

  it('refuses more rows than there are', () => {
    const zone = { rowCount: 2048, firstRow: 1, endRow: 1536 };
    expect(drawPlaces(Uint16Array.of(1000, 535), zone, seededRandom('')).length).toBe(1535);
    expect(() => drawPlaces(Uint16Array.of(1000, 536), zone, seededRandom(''))).toThrow(
      'expected at most 1535, got 1536',
    );
  });
});

describe('placeRows', () => {
  it('puts every entry into the table once, and the carry rows add up (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 400 }),
        fc.string(),
        (assetCount, accounts, seed) => {
          const random = seededRandom(seed);
          const holdings = Array.from({ length: accounts }, () => {
            const most = uniformBelow(random, 10) === 0 ? assetCount : Math.min(5, assetCount);
            return drawAssets(assetCount, uniformBelow(random, most + 1), random);
          });
          const ledger = ledgerOfHoldings(assetCount, holdings, random);
          const plan = planSegments(ledger, random);
          const table = placeRows(ledger, 3, plan.segments[0], random);
          expect(table.segment).toBe(3);
          expect(table.rowCount).toBe(plan.segments[0].rowCount);
          assertTable(ledger, table, plan.segments[0].accounts);
          assertCarrySums(ledger, table);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('places each segment of a split ledger', () => {
    const random = seededRandom('split');
    const holdings = Array.from({ length: 4000 }, () => drawAssets(2, 1 + uniformBelow(random, 2), random));
    const ledger = ledgerOfHoldings(2, holdings, random);
    const { segments } = planSegments(ledger, random, { maxRowCount: 2 ** 11 });
    expect(segments.length).toBeGreaterThan(2);
    for (const [number, segment] of segments.entries()) {
      const table = placeRows(ledger, number, segment, random);
      assertTable(ledger, table, segment.accounts);
      assertCarrySums(ledger, table);
    }
  });

  it('carries the largest amounts of a full table of 2^11 rows', () => {
    const random = seededRandom('largest');
    const assets = numberedAssets(4);
    const most = (1n << 70n) - 1n;
    const balances = assets.map(({ symbol }) => [symbol, most] as const);
    const accounts = Array.from({ length: 2048 - 512 - 2 }, (_, i) => ({ id: `${i}`, balances }));
    const ledger = createLedger(assets, accounts);
    const plan = planSegments(ledger, random);
    expect(plan.segments.map(({ rowCount }) => rowCount)).toEqual([2 ** 11]);
    const table = placeRows(ledger, 0, plan.segments[0], random);
    expect(table.totals).toEqual(assets.map(() => most * 1534n));
    assertTable(ledger, table, plan.segments[0].accounts);
    assertCarrySums(ledger, table);
  });

  it('leaves entries 2 and 3 of the last carry row empty when the number of assets is odd', () => {
    const random = seededRandom('odd');
    const ledger = ledgerOfHoldings(5, [[0, 1, 2, 3, 4]], random);
    const table = placeRows(ledger, 0, planSegments(ledger, random).segments[0], random);
    expect([0, 1, 2].map((row) => [0, 1, 2, 3].map((e) => readEntry(table, row, e).asset))).toEqual([
      [1, 1, 2, 2],
      [3, 3, 4, 4],
      [5, 5, 0, 0],
    ]);
    expect(readEntry(table, 2, 2).limbs).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(table.rowAccount.subarray(0, 3)).toEqual(Uint32Array.of(noAccount, noAccount, noAccount));
  });

  it('orders rows anew each time', () => {
    const ledger = ledgerOfHoldings(
      1,
      Array.from({ length: 50 }, () => [0]),
      seededRandom('again'),
    );
    const random = seededRandom('order');
    const segment = planSegments(ledger, random).segments[0];
    expect(placeRows(ledger, 0, segment, random).rowAccount).not.toEqual(
      placeRows(ledger, 0, segment, random).rowAccount,
    );
  });
});

describe('carriesOf', () => {
  it('cuts sums of limbs into the limbs of the total (property)', () => {
    const limbSums = fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(limbSums, (sums) => {
        const { carries, totalLimbs } = carriesOf(sums);
        expect(carries).toHaveLength(6);
        expect(totalLimbs.slice(0, 6).every((limb) => limb < 1024)).toBe(true);
        expect(unitsOf(totalLimbs)).toBe(unitsOf(sums));
        for (let l = 0; l < 7; l++) {
          expect(sums[l] + (carries[l - 1] ?? 0)).toBe(totalLimbs[l] + 1024 * (carries[l] ?? 0));
        }
      }),
    );
  });
});

describe('fillCarryRows', () => {
  const columns = () => Array.from({ length: 32 }, () => new Uint32Array(4));

  it('refuses totals that are not those of the limbs', () => {
    expect(() => fillCarryRows(columns(), Float64Array.of(5, 0, 0, 0, 0, 0, 0), [6n])).toThrow(
      'asset 1: expected limbs of the total 6, got those of 5',
    );
  });

  it('refuses a carry of 2^20', () => {
    const sums = Float64Array.of(2 ** 30, 0, 0, 0, 0, 0, 0);
    expect(() => fillCarryRows(columns(), sums, [2n ** 30n])).toThrow(
      'asset 1: expected carries below 2^20, got 1048576',
    );
  });
});
