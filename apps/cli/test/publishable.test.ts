/** Reports that no manifest could hold are refused before anything is proven. */
import { createLedger, type Ledger } from '@solvent/ledger/ledger';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import { describe, expect, test } from 'vitest';
import { assertPublishable } from '../src/prove/assert-publishable.js';
import type { ProveJob } from '../src/prove/prove-job.js';

const job = {
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: null,
} as ProveJob;

const planOf = (count: number): SegmentPlan => {
  const segment = { rowCount: 2048, accounts: new Uint32Array(1) };
  return { segments: Array.from({ length: count }, () => segment), threshold: 0, smallestGroup: 0 };
};

function ledgerOf(assetCount: number, units: bigint): Ledger {
  const assets = Array.from({ length: assetCount }, (_, i) => ({
    symbol: `A${String(i).padStart(4, '0')}`,
    decimals: 0,
  }));
  return createLedger(assets, [{ id: 'a', balances: assets.map(({ symbol }) => [symbol, units] as const) }]);
}

describe('a report', () => {
  test('of 256 segments and 4,096 assets fits when the totals are small', () => {
    expect(() => assertPublishable(job, ledgerOf(4096, 1n), planOf(256))).not.toThrow();
  });

  test('with more than 2^20 totals is refused', () => {
    expect(() => assertPublishable(job, ledgerOf(4096, 1n), planOf(257))).toThrow(
      /expected at most 1,048,576 totals, got 257 segments times 4,096 assets/,
    );
  });

  test('whose manifest could be larger than 2^24 bytes is refused', () => {
    expect(() => assertPublishable(job, ledgerOf(4096, 2n ** 70n - 1n), planOf(256))).toThrow(
      /manifest: expected at most 16 MiB, got up to 2[0-9] MiB for 256 segments/,
    );
  });
});
