// All files of vectors/ but README.md, as generate-vectors.js writes them.
import { bytesToHex } from '@solvent/commitment/bytes';
import { decodeInclusionFile, encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import * as algebra from './algebra.js';
import { replaceFinalPolynomial, showAnotherRow } from './cheating-engines.js';
import * as commitments from './commitments.js';
import { formatJson, vectorFile } from './format.js';
import { inclusionCases, inclusionFileName } from './inclusion-cases.js';
import { makeReport, reportFiles } from './make-report.js';
import * as protocol from './protocol.js';
import { challengeCases, reportCases, tryReportCase, verdictOnFiles } from './report-cases.js';
import { cheatPlan, productionPlan, toyPlan } from './report-plans.js';
import { schemas } from './schemas.js';
import { traceVectors } from './traces.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {Record<string, string | Uint8Array>} Content by path below vectors/ */

/** @returns {Content} */
function primitiveFiles() {
  return {
    'primitives/field.json': algebra.fieldVectors(),
    'primitives/extension.json': algebra.extensionVectors(),
    'primitives/domain.json': algebra.domainVectors(),
    'primitives/ntt.json': algebra.nttVectors(),
    'primitives/hash.json': commitments.hashVectors(),
    'primitives/encoding.json': commitments.encodingVectors(),
    'primitives/merkle.json': commitments.merkleVectors(),
    'primitives/transcript.json': commitments.transcriptVectors(),
    'primitives/proof-of-work.json': commitments.proofOfWorkVectors(),
    'primitives/account-tag.json': protocol.accountTagVectors(),
    'primitives/table.json': protocol.tableVectors(),
    'primitives/statement.json': protocol.statementVectors(),
    'primitives/public-values.json': protocol.publicValuesVectors(),
    'primitives/air.json': protocol.airVectors(),
    'primitives/trace.json': traceVectors(),
    'primitives/words.json': protocol.wordVectors(),
    'primitives/fold.json': protocol.foldVectors(),
    'primitives/fibres.json': protocol.fibreVectors(),
    'primitives/digests.json': protocol.digestVectors(),
  };
}

/** @param {number} segment */
const proofName = (segment) => `segment-${String(segment).padStart(4, '0')}.bin`;

/**
 * A report's own files, and how vector files name them.
 * @param {MadeReport} report
 */
function reportContent({ plan, manifestBytes, proofs, accounts }) {
  return {
    named: { preset: plan.preset.name, manifest: 'manifest.json', proofs: proofs.map((_, i) => proofName(i)) },
    content: /** @type {Content} */ ({
      'manifest.json': manifestBytes,
      ...Object.fromEntries(proofs.map((proof, i) => [proofName(i), proof])),
      ...Object.fromEntries(accounts.map(({ file }, i) => [inclusionFileName(i), file])),
    }),
  };
}

const reportSpec = ['7.2', '7.5', '8.2', '8.3'];
const inclusionSpec = ['7.3', '8.4'];

/**
 * A report with all its vectors.
 * @param {MadeReport} report
 * @param {import('./report-cases.js').Lies} lies
 * @returns {Promise<Content>}
 */
async function reportFolder(report, lies) {
  const { named, content } = reportContent(report);
  const verified = await verdictOnFiles(reportFiles(report), report.plan.preset.name);
  if (!verified.ok) throw new Error(`${verified.step} ${verified.code}: ${verified.detail}`);
  const many = { every: ', and every kind of change', one: ', and one change for each code', none: '' }[lies];
  return {
    ...content,
    'report.json': vectorFile('report', `A report${many}.`, reportSpec, await reportCases(report, lies), named),
    'inclusion.json': vectorFile(
      'inclusion',
      `The inclusion file of each account of the report${many}.`,
      inclusionSpec,
      inclusionCases(report, verified, lies),
      named,
    ),
    'challenges.json': vectorFile(
      'challenges',
      'What is drawn from the transcript of each segment.',
      ['6.2'],
      challengeCases(report),
      named,
    ),
    'ledger.json': ledgerFile(report),
  };
}

/** @param {MadeReport} report */
function ledgerFile({ accounts }) {
  const cases = accounts.map(({ id, segment, rows, nonce, balances }, i) => ({
    id: `account-${i}`,
    result: /** @type {const} */ ('valid'),
    accountId: id,
    segment,
    rows,
    nonce: bytesToHex(nonce),
    balances,
  }));
  const comment = 'The private side of the report: accounts, places and balances in units. They add up to the totals.';
  return vectorFile('ledger', comment, ['4.2', '4.5', '4.6'], cases, { manifest: 'manifest.json' });
}

/** A report of which the second final polynomial is another one. */
/** @returns {Promise<Content>} */
async function finalPolynomialFolder() {
  const report = makeReport(cheatPlan, replaceFinalPolynomial);
  const { 'manifest.json': manifest, 'segment-0000.bin': proof } = reportContent(report).content;
  /** @type {VectorCase} */
  const lie = {
    id: 'final-polynomial',
    result: 'invalid',
    step: 'V8',
    code: 'final-polynomial',
    comment: 'the second final polynomial is 1 too large; all that follows from it is right',
    base: 'one-asset/valid',
    edits: [],
  };
  await tryReportCase(reportFiles(report), 'toy', lie);
  const comment = 'The report of one-asset by a prover that cheats.';
  return {
    'manifest.json': manifest,
    'segment-0000.bin': proof,
    'report.json': vectorFile('report', comment, ['6.8', '8.3'], [lie], reportContent(report).named),
  };
}

/**
 * A report that verifies, and an inclusion file with a row that is not in its table.
 * @param {MadeReport} honest
 * @returns {Promise<Content>}
 */
async function anotherRowFolder(honest) {
  const report = makeReport(cheatPlan, showAnotherRow(honest.accounts[0].rows[0]));
  const decoded = decodeInclusionFile(report.accounts[0].file);
  if (!decoded.ok) throw new Error(decoded.fault);
  const shown = decoded.value;
  const [entry] = shown.rows[0].entries;
  entry.amount = String(BigInt(entry.amount) + 1n);
  report.accounts[0].file = encodeInclusionFile(shown);
  const { named, content } = reportContent(report);
  const verified = await verdictOnFiles(reportFiles(report), 'toy');
  if (!verified.ok) throw new Error(`${verified.step} ${verified.code}: ${verified.detail}`);
  const cases = anotherRowCases(bytesToHex(verified.digest));
  const comment =
    'A report that verifies, by a prover that cheats: the tree of accounts holds a row with one unit more than the ' +
    'proven table. Nothing but the last step of folding tells.';
  return {
    ...content,
    'report.json': vectorFile(
      'report',
      comment,
      reportSpec,
      [
        {
          id: 'valid',
          result: 'valid',
          edits: [],
          digest: bytesToHex(verified.digest),
          totals: report.manifest.totals,
        },
      ],
      named,
    ),
    'inclusion.json': vectorFile('inclusion', comment, ['8.4', '9.3'], cases, named),
  };
}

/**
 * @param {string} manifestDigest
 * @returns {VectorCase[]}
 */
function anotherRowCases(manifestDigest) {
  const [first, second] = cheatPlan.accounts;
  return [
    {
      id: 'another-row',
      result: 'invalid',
      step: 'I5',
      code: 'final-polynomial',
      comment: 'a row with one unit more than the row on D',
      base: 'one-asset/account-0',
      file: inclusionFileName(0),
      accountId: first.id,
      manifestDigest,
      balances: { BTC: String(BigInt(first.balances.BTC) + 1n) },
      edits: [],
    },
    {
      id: 'account-1',
      result: 'valid',
      comment: 'an account whose row is not lied about',
      file: inclusionFileName(1),
      accountId: second.id,
      manifestDigest,
      balances: second.balances,
      edits: [],
      sums: second.balances,
    },
  ];
}

/**
 * @param {string} folder
 * @param {Content} content
 * @returns {Content}
 */
const below = (folder, content) =>
  Object.fromEntries(Object.entries(content).map(([name, text]) => [`${folder}/${name}`, text]));

/**
 * Generates everything.
 * @returns {Promise<Content>}
 */
export async function vectorFiles() {
  const oneAsset = makeReport(cheatPlan);
  return {
    ...Object.fromEntries(
      Object.entries(schemas).map(([kind, schema]) => [`schemas/${kind}.schema.json`, `${formatJson(schema)}\n`]),
    ),
    ...primitiveFiles(),
    ...below('toy', await reportFolder(makeReport(toyPlan), 'every')),
    ...below('toy/one-asset', await reportFolder(oneAsset, 'none')),
    ...below('toy/final-polynomial', await finalPolynomialFolder()),
    ...below('toy/another-row', await anotherRowFolder(oneAsset)),
    ...below('production', await reportFolder(makeReport(productionPlan), 'one')),
  };
}
