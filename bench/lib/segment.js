// A full segment of random rows, for proving without a ledger file.
import { createLedger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import { planSegments } from '@solvent/ledger/plan-segments';
import { seededRandom } from '@solvent/ledger/testing';
import { carryRowCount, randomRowCount } from '@solvent/stark/table';

const assets = Array.from({ length: 22 }, (_, i) => ({ symbol: `A${String(i).padStart(2, '0')}`, decimals: 8 }));
const context = {
  exchange: 'bench',
  reportId: 'bench',
  snapshotTime: '2026-01-01T00:00:00Z',
  previousManifest: new Uint8Array(0),
};

/**
 * A task of N rows, nearly all of them accounts with one to four assets.
 * @param {number} rowCount
 */
export function benchTask(rowCount) {
  const accountCount = rowCount - randomRowCount(rowCount) - carryRowCount(assets.length);
  const ledger = createLedger(assets, accounts(accountCount));
  return {
    context,
    segment: 0,
    segmentCount: 1,
    rowCount,
    ledger,
    accounts: Uint32Array.from({ length: accountCount }, (_, i) => i),
  };
}

/**
 * Input of `proveSegment` with N rows, nearly all of them accounts with one to four assets.
 * @param {number} rowCount
 */
export function benchSegment(rowCount) {
  const random = seededRandom(`bench ${rowCount}`);
  const { ledger } = benchTask(rowCount);
  const plan = planSegments(ledger, random, { maxRowCount: rowCount, allowSmallGroups: 1 });
  const { columns, totals } = placeRows(ledger, 0, plan.segments[0], random);
  const tags = new Uint8Array(32 * rowCount);
  random.fill(tags);
  return { statement: { context, segment: 0, segmentCount: 1, rowCount, assets, totals }, columns, tags };
}

/** @param {number} count */
function* accounts(count) {
  for (let i = 0; i < count; i++) {
    /** @type {[symbol: string, units: bigint][]} */
    const balances = [];
    for (let k = 0; k <= i % 4; k++) {
      const amount = (BigInt(i + 1) * 0x9e3779b97f4a7c15n) & ((1n << 44n) - 1n);
      balances.push([assets[(i + 5 * k) % assets.length].symbol, amount]);
    }
    yield { id: `account ${i}`, balances };
  }
}
