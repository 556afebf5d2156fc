/** A ledger's way from accounts to a report and to every holder's file, for any accounts. */
import { createLedger } from '@solvent/ledger/ledger';
import { noAccount, placeRows } from '@solvent/ledger/place-rows';
import { planSegments } from '@solvent/ledger/plan-segments';
import type { Random } from '@solvent/ledger/random';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { accountTag, accountTagSize } from '@solvent/stark/account-tag';
import { toyPreset } from '@solvent/stark/preset';
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

interface Place {
  readonly segment: number;
  readonly nonce: Uint8Array;
  readonly rows: number[];
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
  const places = new Map<number, Place>();
  const segments = plan.segments.map((planned, segment) => {
    const table = placeRows(ledger, segment, planned, random);
    const tags = assignTags(table.rowAccount, segment, accounts, places, random);
    const statement = {
      context,
      segment,
      segmentCount: plan.segments.length,
      rowCount: table.rowCount,
      assets,
      totals: table.totals,
    };
    const proven = proveSegment({ statement, columns: table.columns, tags }, { preset: toyPreset, engine, random });
    // The test engine gives out memory of its own, so the data outlives the next segment.
    return { ...proven, holderData: { ...proven.holderData, isCurrent: () => true }, statement };
  });
  const report = publish(segments);
  const manifest = manifestDigest(report.manifest);
  const files = accounts.map((_, account) => {
    const place = places.get(account)!;
    const source = holderDataSource(segments[place.segment].holderData);
    return encodeInclusionFile(createInclusionFile(source, { ...place, manifest }));
  });
  return { report, segments, files };
}

function assignTags(
  rowAccount: Uint32Array,
  segment: number,
  accounts: Accounts['accounts'],
  places: Map<number, Place>,
  random: Random,
): Uint8Array {
  const tags = new Uint8Array(accountTagSize * rowAccount.length);
  random.fill(tags);
  rowAccount.forEach((account, row) => {
    if (account === noAccount) return;
    const place = places.get(account) ?? { segment, nonce: freshNonce(random), rows: [] };
    places.set(account, place);
    place.rows.push(row);
    tags.set(accountTag(accounts[account].id, place.nonce), accountTagSize * row);
  });
  return tags;
}

function freshNonce(random: Random): Uint8Array {
  const nonce = new Uint8Array(32);
  random.fill(nonce);
  return nonce;
}
