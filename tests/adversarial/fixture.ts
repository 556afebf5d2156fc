import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { seededRandom } from '@solvent/ledger/testing';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { encodeInclusionFile, type InclusionFile } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { type Preset, toyPreset } from '@solvent/stark/preset';
import { type HolderData, holderDataSource } from '@solvent/stark-prover/holder-data';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { outcome, type PublishedReport, type PublishedSegment } from '../support/report.js';
import { createWitness, type HolderRow, nonceOf, type Witness } from '../support/witness.js';

/** Six assets: three carry rows. */
const symbols = ['BTC', 'DOGE', 'ETH', 'SOL', 'USDT', 'XRP'] as const;
export const firstRow = 3;
export const rowCount = 2048;
export const endRow = rowCount - 512;

/** Rows of a fibre are 256 apart: alice has two rows in one, and bob is their neighbour there. */
const holders: readonly HolderRow[] = [
  {
    id: 'alice',
    row: 100,
    entries: [
      [1, 123_456_789n],
      [2, 5n],
      [3, 2n ** 70n - 1n],
      [4, 1n],
    ],
  },
  { id: 'alice', row: 356, entries: [[5, 1_000_000n]] },
  {
    id: 'bob',
    row: 612,
    entries: [
      [1, 7n],
      [6, 2n ** 40n],
    ],
  },
  {
    id: 'carol',
    row: 700,
    entries: [
      [2, 999n],
      [3, 2n ** 69n],
      [5, 1023n],
    ],
  },
  { id: 'dave', row: endRow - 1, entries: [[5, 50n]] },
  { id: 'erin', row: firstRow, entries: [[6, 1024n]] },
  { id: 'zoe', row: 900, entries: [] },
];

/** The ids, each once. */
export const ids = [...new Set(holders.map(({ id }) => id))];

/** The rows of an account. */
export function rowsOf(id: string): number[] {
  return holders.filter((holder) => holder.id === id).map(({ row }) => row);
}

/** What an account has, by symbol. */
export function balancesOf(id: string): Map<string, bigint> {
  const entries = holders.filter((holder) => holder.id === id).flatMap((holder) => holder.entries);
  return new Map(entries.map(([asset, amount]) => [symbols[asset - 1], amount]));
}

/** The honest table of these holders. */
export function sampleWitness(): Witness {
  return createWitness(symbols, holders, seededRandom('sample witness'));
}

/** The inclusion file that a prover's data gives for some rows of an account. */
export function inclusionFile(
  report: PublishedReport,
  data: HolderData,
  id: string,
  rows: readonly number[] = rowsOf(id),
  segment = 0,
): InclusionFile {
  const place = { manifest: manifestDigest(report.manifest), segment, nonce: nonceOf(id), rows };
  return createInclusionFile(holderDataSource(data), place);
}

/** Step and code of the verdict on a file. */
export function inclusionOutcome(
  verified: VerifiedReport,
  file: InclusionFile,
  accountId: string,
  preset: Preset = toyPreset,
): string {
  return outcome(verifyInclusion({ file: encodeInclusionFile(file), report: verified, preset, accountId }));
}

/** Step and code of the verdict on one segment. */
export function segmentOutcome(segment: PublishedSegment, preset: Preset = toyPreset): string {
  return outcome(verifySegment(segment.statement, segment, segment.proof, preset));
}
