// All files of vectors/ but README.md, as generate-vectors.js writes them.
import { bytesToHex } from '@solvent/commitment/bytes';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';
import { decodeInclusionFile, encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import * as algebra from './algebra.js';
import { replaceFinalPolynomial, showAnotherRow, takeSecondNonce } from './cheating-engines.js';
import * as commitments from './commitments.js';
import { formatJson, vectorFile } from './format.js';
import { fullReportFiles } from './full-report-cases.js';
import { inclusionCases, inclusionFileName } from './inclusion-cases.js';
import { makeReport, reportFiles } from './make-report.js';
import { ownershipFiles } from './ownership/cases.js';
import { proofLies } from './proof-lies.js';
import * as protocol from './protocol.js';
import { challengeCases, reportCases, tryReportCase, verdictOnFiles } from './report-cases.js';
import { chainVectors } from './report-chain.js';
import { anchorVectors, ratioVectors } from './report-parts.js';
import { cheatPlan, fourFoldsPlan, productionPlan, threeFoldsPlan, toyPlan } from './report-plans.js';
import { schemas } from './schemas.js';
import { traceVectors } from './traces.js';
import * as columns from './wallet-columns.js';
import { walletListVectors } from './wallet-lists.js';
import * as messages from './wallet-messages.js';
import { walletVectors } from './wallets.js';

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

/** @returns {Content} */
function walletFiles() {
  return {
    'wallets/wallet.json': walletVectors(),
    'wallets/wallet-list.json': walletListVectors(),
    'wallets/coin.json': columns.coinVectors(),
    'wallets/address.json': columns.addressVectors(),
    'wallets/wallet-sums.json': columns.walletSumVectors(),
    'wallets/wallet-challenge.json': messages.challengeVectors(),
    'wallets/message.json': messages.messageVectors(),
    'wallets/document.json': messages.walletDocumentVectors(),
    ...ownershipFiles(),
  };
}

/** @returns {Promise<Content>} */
async function fullReportVectors() {
  return {
    ...(await fullReportFiles()),
    'ratio.json': ratioVectors(),
    'anchor.json': anchorVectors(),
    'chain.json': await chainVectors(),
    'dispute.json': messages.disputeVectors(),
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

const reportSpec = [
  '4.1',
  '6.3',
  '6.4',
  '6.5',
  '6.7',
  '6.8',
  '6.9',
  '7.1',
  '7.2',
  '7.4',
  '7.5',
  '8.1',
  '8.2',
  '8.3',
  '8.5',
];
const inclusionSpec = ['4.4', '4.6', '7.3', '7.4', '8.1', '8.4', '8.5'];

/**
 * A report with all its vectors.
 * @param {MadeReport} report
 * @param {import('./report-cases.js').Lies} lies
 * @param {import('./manifest-lies.js').Lie[]} further lies about this report alone
 * @returns {Promise<Content>}
 */
async function reportFolder(report, lies, further = []) {
  const { named, content } = reportContent(report);
  const verified = await verdictOnFiles(reportFiles(report), report.plan.preset.name);
  if (!verified.ok) throw new Error(`${verified.step} ${verified.code}: ${verified.detail}`);
  const many = {
    every: ', and every kind of change',
    one: ', and one change for each code',
    layers: ', and changes in every layer',
    none: '',
  }[lies];
  return {
    ...content,
    'report.json': vectorFile(
      'report',
      `A report${many}.`,
      reportSpec,
      await reportCases(report, lies, further),
      named,
    ),
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

/**
 * A report of which a final polynomial is another one.
 * @param {0 | 1} word
 * @returns {Promise<Content>}
 */
async function finalPolynomialFolder(word) {
  const report = makeReport(cheatPlan, replaceFinalPolynomial(word));
  const { 'manifest.json': manifest, 'segment-0000.bin': proof } = reportContent(report).content;
  /** @type {VectorCase} */
  const lie = {
    id: 'final-polynomial',
    result: 'invalid',
    step: 'V8',
    code: 'final-polynomial',
    comment: `the ${word === 0 ? 'first' : 'second'} final polynomial is 1 too large; all that follows from it is right`,
    base: 'one-asset/valid',
    flags: ['cheating-prover'],
    edits: [],
  };
  const layer = proofLies(report).find(([id]) => id === 'layer-1-sibling');
  if (layer === undefined) throw new Error('there is no lie about the last layer');
  const cases = [lie, { ...lie, ...layerFirst, edits: layer[4] }];
  for (const each of cases) await tryReportCase(reportFiles(report), 'toy', each);
  const comment = 'The report of one-asset by a prover that cheats.';
  return {
    'manifest.json': manifest,
    'segment-0000.bin': proof,
    'report.json': vectorFile('report', comment, ['6.8', '8.3'], cases, reportContent(report).named),
  };
}

const layerFirst = {
  id: 'layer-before-final-polynomial',
  code: 'layer-opening',
  comment: 'a wrong digest in the last layer, too: all layers come before the final polynomials',
  flags: ['cheating-prover', 'repaired', 'two-faults'],
};

/**
 * A report whose nonces are not the smallest.
 * @returns {Promise<Content>}
 */
async function secondNonceFolder() {
  const report = makeReport({ ...cheatPlan, seed: 'second nonce' }, takeSecondNonce);
  const verified = await verdictOnFiles(reportFiles(report), 'toy');
  if (!verified.ok) throw new Error(`${verified.step} ${verified.code}: ${verified.detail}`);
  const { named, content } = reportContent(report);
  const comment = 'A report with the second nonce that is a proof of work: a verifier accepts any.';
  const cases = await reportCases(report, 'none');
  const { 'manifest.json': manifest, 'segment-0000.bin': proof } = content;
  return {
    'manifest.json': manifest,
    'segment-0000.bin': proof,
    'report.json': vectorFile('report', comment, ['3.5', '6.9', '8.3'], cases, named),
  };
}

/**
 * The report of three folds, with the names that look like its own and are others.
 * @param {MadeReport} report
 * @returns {import('./manifest-lies.js').Lie[]}
 */
function nameLies({ manifest }) {
  const reportId = { file: 'manifest', set: '/reportId', value: manifest.reportId.normalize('NFD') };
  const comment = 'the report id decomposed: names are not normalised';
  return [['statement-normalised', 'V3', 'header-digest', comment, [reportId], ['unicode']]];
}

/** The report of four folds, by the kernels, since it is large. */
async function makeFourFolds() {
  const engine = createWasmEngine();
  try {
    return makeReport(fourFoldsPlan, () => engine);
  } finally {
    await engine.close();
  }
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
      flags: ['cheating-prover'],
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
  const threeFolds = makeReport(threeFoldsPlan);
  return {
    ...Object.fromEntries(
      Object.entries(schemas).map(([kind, schema]) => [`schemas/${kind}.schema.json`, `${formatJson(schema)}\n`]),
    ),
    ...primitiveFiles(),
    ...below('toy', await reportFolder(makeReport(toyPlan), 'every')),
    ...below('toy/one-asset', await reportFolder(oneAsset, 'none')),
    ...below('toy/three-folds', await reportFolder(threeFolds, 'layers', nameLies(threeFolds))),
    ...below('toy/four-folds', await reportFolder(await makeFourFolds(), 'layers')),
    ...below('toy/second-nonce', await secondNonceFolder()),
    ...below('toy/first-final-polynomial', await finalPolynomialFolder(0)),
    ...below('toy/final-polynomial', await finalPolynomialFolder(1)),
    ...below('toy/another-row', await anotherRowFolder(oneAsset)),
    ...below('production', await reportFolder(makeReport(productionPlan), 'one')),
    ...walletFiles(),
    ...below('full-report', await fullReportVectors()),
  };
}
