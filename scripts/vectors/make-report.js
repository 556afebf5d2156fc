// Small reports for vectors, proven with seeded randomness: the same bytes every time.
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { createLedger } from '@solvent/ledger/ledger';
import { noAccount, placeRows } from '@solvent/ledger/place-rows';
import { seededRandom } from '@solvent/ledger/testing';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { encodeManifest, manifestDigest, proofFileDigest } from '@solvent/report-format/manifest';
import { accountNonceSize, accountTag, accountTagSize } from '@solvent/stark/account-tag';
import { presetDigest } from '@solvent/stark/preset';
import { holderDataSource } from '@solvent/stark-prover/holder-data';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { proveSegment } from '@solvent/stark-prover/prove';

/** @typedef {import('@solvent/kernels/engine').Engine} Engine */
/** @typedef {import('@solvent/ledger/place-rows').SegmentTable} SegmentTable */
/** @typedef {import('@solvent/ledger/random').Random} Random */
/** @typedef {import('@solvent/report-format/manifest').Manifest} Manifest */
/** @typedef {import('@solvent/stark/preset').Preset} Preset */
/** @typedef {import('@solvent/stark-prover/prove').ProvenSegment} ProvenSegment */

/**
 * @typedef {object} ReportPlan
 * @property {string} seed
 * @property {Preset} preset
 * @property {string} exchange
 * @property {string} reportId
 * @property {string} snapshotTime
 * @property {string | null} previousManifest
 * @property {number} rowCount of each segment
 * @property {{ symbol: string, decimals: number }[]} assets
 * @property {{ id: string, segment: number, balances: Record<string, string> }[]} accounts balances in units
 */

/**
 * @typedef {object} MadeAccount
 * @property {string} id
 * @property {number} segment
 * @property {Uint8Array} nonce
 * @property {number[]} rows
 * @property {Record<string, string>} balances
 * @property {Uint8Array} file the bytes of the inclusion file
 */

/**
 * @typedef {object} MadeReport
 * @property {ReportPlan} plan
 * @property {Manifest} manifest
 * @property {Uint8Array} manifestBytes
 * @property {Uint8Array[]} proofs
 * @property {MadeAccount[]} accounts
 * @property {string[][]} transcripts one log for each segment
 */

/**
 * Gives each account of a segment its nonce, and each row its tag.
 * @param {SegmentTable} table
 * @param {readonly string[]} ids
 * @param {Random} random
 */
function assignTags(table, ids, random) {
  const tags = new Uint8Array(accountTagSize * table.rowCount);
  random.fill(tags);
  /** @type {Map<number, { nonce: Uint8Array, rows: number[] }>} */
  const places = new Map();
  table.rowAccount.forEach((account, row) => {
    if (account === noAccount) return;
    let place = places.get(account);
    if (place === undefined) {
      place = { nonce: new Uint8Array(accountNonceSize), rows: [] };
      random.fill(place.nonce);
      places.set(account, place);
    }
    place.rows.push(row);
    tags.set(accountTag(ids[account], place.nonce), accountTagSize * row);
  });
  return { tags, places };
}

/**
 * Proves a report and makes the inclusion file of each account.
 * @param {ReportPlan} plan
 * @param {(engine: Engine) => Engine} [corrupt] replaces the engine, for reports of a cheating prover
 * @returns {MadeReport}
 */
export function makeReport(plan, corrupt = (engine) => engine) {
  const ledger = createLedger(
    plan.assets,
    plan.accounts.map(({ id, balances }) => ({
      id,
      balances: Object.entries(balances).map(([symbol, units]) => /** @type {const} */ ([symbol, BigInt(units)])),
    })),
  );
  const ids = plan.accounts.map(({ id }) => id);
  const segmentCount = 1 + Math.max(...plan.accounts.map(({ segment }) => segment));
  const segments = Array.from({ length: segmentCount }, (_, segment) => {
    const random = seededRandom(`vectors ${plan.seed} segment ${segment}`);
    const accounts = Uint32Array.from(plan.accounts.keys()).filter((i) => plan.accounts[i].segment === segment);
    const table = placeRows(ledger, segment, { rowCount: plan.rowCount, accounts }, random);
    const { tags, places } = assignTags(table, ids, random);
    const statement = statementOf(plan, segment, segmentCount, table.totals);
    const engine = corrupt(createTypeScriptEngine());
    const proven = proveSegment({ statement, columns: table.columns, tags }, { preset: plan.preset, engine, random });
    return { proven, places, totals: table.totals };
  });
  const manifest = manifestOf(plan, segments);
  const manifestBytes = encodeManifest(manifest);
  const digest = manifestDigest(manifestBytes);
  const accounts = plan.accounts.map(({ id, segment, balances }, account) => {
    const { proven, places } = segments[segment];
    const place = places.get(account);
    if (place === undefined) throw new Error(`account ${id} has no rows`);
    const source = holderDataSource(proven.holderData);
    const file = encodeInclusionFile(createInclusionFile(source, { manifest: digest, segment, ...place }));
    return { id, segment, ...place, balances, file };
  });
  const transcripts = segments.map(({ proven }) => [...proven.transcriptLog]);
  return { plan, manifest, manifestBytes, proofs: segments.map(({ proven }) => proven.proof), accounts, transcripts };
}

/**
 * @param {ReportPlan} plan
 * @param {number} segment
 * @param {number} segmentCount
 * @param {readonly bigint[]} totals
 */
function statementOf(
  { exchange, reportId, snapshotTime, previousManifest, rowCount, assets },
  segment,
  segmentCount,
  totals,
) {
  const previous = previousManifest === null ? new Uint8Array(0) : hexToBytes(previousManifest);
  const context = { exchange, reportId, snapshotTime, previousManifest: previous };
  return { context, segment, segmentCount, rowCount, assets, totals };
}

/**
 * @param {ReportPlan} plan
 * @param {{ proven: ProvenSegment, totals: readonly bigint[] }[]} segments
 * @returns {Manifest}
 */
function manifestOf({ preset, exchange, reportId, snapshotTime, previousManifest, rowCount, assets }, segments) {
  return {
    format: 'solvent-liabilities/1',
    preset: bytesToHex(presetDigest(preset)),
    air: bytesToHex(airDigest(liabilitiesAir)),
    exchange,
    reportId,
    snapshotTime,
    previousManifest,
    assets,
    segments: segments.map(({ proven, totals }) => ({
      rows: rowCount,
      accountsRoot: bytesToHex(proven.accountsRoot),
      headerDigest: bytesToHex(proven.headerDigest),
      proofDigest: bytesToHex(proofFileDigest(proven.proof)),
      totals: totals.map(String),
    })),
    totals: assets.map((_, a) => String(segments.reduce((sum, { totals }) => sum + totals[a], 0n))),
  };
}

/**
 * A made report as files.
 * @param {MadeReport} report
 * @returns {import('./edits.js').Files}
 */
export function reportFiles({ manifestBytes, proofs }) {
  return { manifest: manifestBytes, ...Object.fromEntries(proofs.map((proof, i) => [`proof-${i}`, proof])) };
}
