// Vectors of the chain of reports (spec §14.6).
import { bytesToHex } from '@solvent/commitment/bytes';
import { encodeManifest, manifestDigest } from '@solvent/report-format/manifest';
import { encodeReport, reportDigest } from '@solvent/report-format/report';
import { encodeReportIndex } from '@solvent/report-format/report-index';
import { verifyChain } from '@solvent/report-verifier/verify-chain';
import { applyEdits, repairing, setIn, spliceText } from './edits.js';
import { flagsOf, vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./edits.js').Files} Files */

const exchange = 'Example Exchange';
const indexName = 'reports.json';
const reportName = (/** @type {number} */ i) => `month-${i}/report.json`;
const manifestName = (/** @type {number} */ i) => `month-${i}/manifest.json`;

/** Months one after another, whose digests are right and whose proofs are not there. @param {number} count */
function makeChain(count) {
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  const reports = [];
  let previousReport = null;
  let previousManifest = null;
  for (let i = 0; i < count; i++) {
    const reportId = `2026-0${i + 1}`;
    const about = { exchange, reportId, snapshotTime: `${reportId}-28T00:00:00Z` };
    const digit = (/** @type {number} */ d) => String(d).repeat(64);
    const segment = {
      rows: 2048,
      accountsRoot: digit(3),
      headerDigest: digit(4),
      proofDigest: digit(5),
      totals: [`${i + 7}`],
    };
    const assets = [{ symbol: 'BTC', decimals: 8 }];
    const manifest = encodeManifest({
      format: 'solvent-liabilities/1',
      preset: digit(1),
      air: digit(2),
      ...about,
      previousManifest,
      assets,
      segments: [segment],
      totals: segment.totals,
    });
    const digest = bytesToHex(manifestDigest(manifest));
    /** @type {Uint8Array} */
    const report = encodeReport({
      format: 'solvent-report/1',
      ...about,
      previousReport,
      manifest: digest,
      blocks: [],
      tokens: [],
      files: [],
    });
    files[reportName(i)] = report;
    files[manifestName(i)] = manifest;
    previousReport = bytesToHex(reportDigest(report));
    previousManifest = digest;
    reports.push({ folder: `month-${i}`, reportId, snapshotTime: about.snapshotTime, report: previousReport });
  }
  return { [indexName]: encodeReportIndex({ format: 'solvent-reports/1', exchange, reports }), ...files };
}

const inIndex = setIn(indexName);

/**
 * Edits that make the digests of the last month right again: the manifest's in its report, and its own in the index.
 * @param {Files} files
 * @param {readonly Edit[]} edits
 */
function repairs(files, edits, last = 2) {
  const edited = applyEdits(files, edits);
  const repaired = [];
  const manifest = edited[manifestName(last)];
  if (manifest && manifest !== files[manifestName(last)])
    repaired.push(repairing(setIn(reportName(last))('/manifest', bytesToHex(manifestDigest(manifest)))));
  const report = applyEdits(edited, repaired)[reportName(last)];
  if (report && report !== files[reportName(last)])
    repaired.push(repairing(inIndex(`/reports/${last}/report`, bytesToHex(reportDigest(report)))));
  return repaired;
}

/** @param {Files} files @returns {readonly (readonly [id: string, code: string, comment: string, edits: Edit[], more?: { stale?: true, flags?: string[] }])[]} */
function chainLies(files) {
  const inLast = setIn(reportName(2));
  const inManifest = setIn(manifestName(2));
  const stale = { stale: /** @type {const} */ (true) };
  const { reports } = JSON.parse(new TextDecoder().decode(files[indexName]));
  const other = 'e7'.repeat(32);
  const encoding = 'H1 index-encoding';
  return [
    ['index-format', encoding, 'another format', [inIndex('/format', 'solvent-reports/2')]],
    ['index-empty', encoding, 'no reports', [inIndex('/reports', [])]],
    ['index-member-more', encoding, 'a member that it does not have', [inIndex('/note', '')]],
    ['index-folder', encoding, 'a folder that leads out', [inIndex('/reports/0/folder', '../x')]],
    ['index-folder-of-two', encoding, 'a folder in a folder', [inIndex('/reports/0/folder', 'a/b')]],
    [
      'index-folder-of-65',
      encoding,
      'a letter too many',
      [inIndex('/reports/0/folder', 'a'.repeat(65))],
      { flags: ['boundary'] },
    ],
    ['index-white-space', encoding, 'white space', [spliceText(indexName, 1, 0, ' ')], { flags: ['lenient-reader'] }],
    ['report-missing', 'H2 report-missing', 'the report is missing', [{ file: reportName(1), missing: true }]],
    ['manifest-missing', 'H2 report-missing', 'the manifest is missing', [{ file: manifestName(1), missing: true }]],
    ['folder-missing', 'H2 report-missing', 'a folder that is not there', [inIndex('/reports/1/folder', 'month-9')]],
    ['report-digest', 'H2 report-digest', 'the index has another digest', [inIndex('/reports/1/report', other)]],
    [
      'report-changed',
      'H2 report-digest',
      'the report was changed',
      [setIn(reportName(1))('/snapshotTime', '2026-02-28T00:00:01Z')],
      stale,
    ],
    ['report-encoding', 'H2 report-encoding', 'a report with white space', [spliceText(reportName(2), 1, 0, ' ')]],
    [
      'report-order',
      'H2 report-order',
      'two blocks in the wrong order',
      [
        inLast('/blocks', [
          { network: 'ton', height: 1, hash: 'a' },
          { network: 'solana', height: 1, hash: 'a' },
        ]),
      ],
    ],
    ['manifest-digest', 'H2 manifest-digest', 'the report names another manifest', [inLast('/manifest', other)]],
    [
      'manifest-changed',
      'H2 manifest-digest',
      'the manifest was changed',
      [setIn(manifestName(1))('/totals', ['1'])],
      stale,
    ],
    [
      'manifest-encoding',
      'H2 manifest-encoding',
      'a manifest with white space',
      [spliceText(manifestName(2), 1, 0, ' ')],
    ],
    ['exchange', 'H3 exchange', 'a report of another exchange', [inLast('/exchange', 'Other Exchange')]],
    ['entry-id', 'H3 index-entry', 'the index has another id', [inIndex('/reports/1/reportId', '2026-09')]],
    [
      'entry-time',
      'H3 index-entry',
      'the index has another time',
      [inIndex('/reports/1/snapshotTime', '2026-02-27T00:00:00Z')],
    ],
    [
      'time-of-month-before',
      'H3 time',
      'the time of the month before',
      [
        inLast('/snapshotTime', reports[1].snapshotTime),
        repairing(inIndex('/reports/2/snapshotTime', reports[1].snapshotTime)),
      ],
      { flags: ['boundary'] },
    ],
    [
      'id-of-month-before',
      'H3 report-id',
      'the id of the month before',
      [inLast('/reportId', reports[1].reportId), repairing(inIndex('/reports/2/reportId', reports[1].reportId))],
    ],
    ['previous-report', 'H4 previous-report', 'another report before', [inLast('/previousReport', other)]],
    [
      'previous-report-null',
      'H4 previous-report',
      'a first report that is not the first',
      [inLast('/previousReport', null)],
    ],
    [
      'month-taken-out',
      'H4 previous-report',
      'the second month is taken out',
      [inIndex('/reports', [reports[0], reports[2]])],
    ],
    [
      'first-month-taken-out',
      'H4 previous-report',
      'the first month is taken out',
      [inIndex('/reports', reports.slice(1))],
    ],
    ['previous-manifest', 'H4 previous-manifest', 'another manifest before', [inManifest('/previousManifest', other)]],
    [
      'previous-manifest-null',
      'H4 previous-manifest',
      'first liabilities that are not the first',
      [inManifest('/previousManifest', null)],
    ],
    ['month-twice', 'H3 report-id', 'the last month twice', [inIndex('/reports', [...reports, reports[2]])]],
    [
      'months-swapped',
      'H4 previous-report',
      'the last two months in the other order',
      [inIndex('/reports', [reports[0], reports[2], reports[1]])],
    ],
  ];
}

/** @param {Files} files */
function verdictOf(files) {
  const read = async (/** @type {string} */ folder) => ({
    report: files[`${folder}/report.json`],
    manifest: files[`${folder}/manifest.json`],
  });
  return verifyChain(/** @type {Uint8Array} */ (files[indexName]), { read });
}

export async function chainVectors() {
  const files = makeChain(3);
  /** @type {VectorCase[]} */
  const cases = [];
  for (const [id, edits] of /** @type {readonly (readonly [string, Edit[]])[]} */ ([
    ['three-months', []],
    ['two-months', [inIndex('/reports', JSON.parse(new TextDecoder().decode(files[indexName])).reports.slice(0, 2))]],
  ])) {
    const verdict = await verdictOf(applyEdits(files, edits));
    if (!verdict.ok) throw new Error(`chain ${id}: ${verdict.detail}`);
    cases.push({
      id,
      result: 'valid',
      ...(edits.length > 0 && { comment: 'what was cut off at the end nobody sees here' }),
      edits,
      digests: verdict.links.map(({ digest }) => bytesToHex(digest)),
    });
  }
  for (const [id, expected, comment, edits, { stale, flags = [] } = {}] of chainLies(files)) {
    const all = stale ? edits : [...edits, ...repairs(files, edits)];
    const verdict = await verdictOf(applyEdits(files, all));
    const found = verdict.ok ? 'none' : `${verdict.step} ${verdict.code}`;
    if (found !== expected) throw new Error(`chain ${id}: expected ${expected}, got ${found}`);
    const [step, code] = expected.split(' ');
    cases.push({
      id,
      result: 'invalid',
      step,
      code,
      comment,
      base: 'three-months',
      flags: flagsOf(all, flags),
      edits: all,
    });
  }
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
  const comment = 'A directory of three reports, whose proofs are not looked at.';
  return vectorFile('chain', comment, ['14.6', '14.8'], cases, { texts });
}
