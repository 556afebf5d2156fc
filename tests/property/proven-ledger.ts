/** A ledger's way from accounts to a report and to every holder's file, for any accounts. */
import { assignTags } from '@solvent/cli/prove/account-places';
import { createLedger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import { planSegments } from '@solvent/ledger/plan-segments';
import type { Random } from '@solvent/ledger/random';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { toyPreset } from '@solvent/stark/preset';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { holderDataSource } from '@solvent/stark-prover/holder-data';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { type ProvenSegment, proveSegment } from '@solvent/stark-prover/prove';
import { type PublishedReport, type PublishedSegment, publish } from '../support/report.js';
import { createTestEngine } from '../support/test-engine.js';
import type { Accounts } from './accounts.js';

/** A published report and each account's file, in the order of the accounts. */
export interface ProvenLedger {
  readonly report: PublishedReport;
  readonly segments: readonly (PublishedSegment & ProvenSegment)[];
  readonly files: readonly Uint8Array[];
}

const engine = createTestEngine();
const context = {
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: new Uint8Array(32).fill(7),
};

/** Splits, places, proves and publishes. */
export function proveLedger({ assets, accounts }: Accounts, random: Random, rowLimit = 2 ** 19): ProvenLedger {
  const ledger = createLedger(assets, accounts);
  const plan = planSegments(ledger, random, { maxRowCount: rowLimit, allowSmallGroups: 1 });
  const places = new Map<string, StoredAccount>();
  const segments = plan.segments.map((planned, segment) => {
    const table = placeRows(ledger, segment, planned, random);
    const assigned = assignTags(ledger, table, planned.accounts, random);
    for (const place of assigned.accounts()) places.set(place.accountId, place);
    const statement = {
      context,
      segment,
      segmentCount: plan.segments.length,
      rowCount: table.rowCount,
      assets,
      totals: table.totals,
    };
    const proven = proveSegment(
      { statement, columns: table.columns, tags: assigned.tags },
      { preset: toyPreset, engine, random },
    );
    // The test engine gives out memory of its own, so the data outlives the next segment.
    return { ...proven, holderData: { ...proven.holderData, isCurrent: () => true }, statement };
  });
  const report = publish(segments);
  const manifest = manifestDigest(report.manifest);
  const files = accounts.map(({ id }) => {
    const place = places.get(id)!;
    const source = holderDataSource(segments[place.segment].holderData);
    return encodeInclusionFile(createInclusionFile(source, { ...place, manifest }));
  });
  return { report, segments, files };
}
