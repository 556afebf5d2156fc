// Vectors of inclusions: a valid one for each account, and for each code of steps I1 to I7 changes that must be rejected.
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { findSharedRow, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { applyEdits } from './edits.js';
import { flagsOf } from './format.js';
import { inclusionFormatLies } from './inclusion-format-lies.js';
import { accountLies, rowLies } from './inclusion-lies.js';
import { inclusionOrderLies } from './order-lies.js';
import { oneForEachCode } from './report-cases.js';
import { presetNamed } from './report-plans.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./inclusion-lies.js').Lie} Lie */
/** @typedef {import('./inclusion-lies.js').Said} Said */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('@solvent/liabilities-verifier/verified-report').VerifiedReport} VerifiedReport */

/**
 * The lies about a report's inclusion files.
 * @param {MadeReport} report
 * @param {string} digest of the manifest
 * @param {import('./report-cases.js').Lies} lies
 * @returns {Lie[]}
 */
function liesAbout(report, digest, lies) {
  if (lies === 'none') return [];
  const [first] = report.accounts;
  if (lies === 'layers') return accountLies(report, first).filter(([, step]) => step === 'I5');
  const plain = accountLies(report, first);
  if (lies === 'one') return oneForEachCode(plain);
  const format = inclusionFormatLies(report, first, digest);
  return [...plain, ...format, ...inclusionOrderLies([...plain, ...format])];
}

/**
 * The cases of a report's inclusion files, each tried.
 * @param {MadeReport} report
 * @param {VerifiedReport} verified
 * @param {import('./report-cases.js').Lies} lies
 * @returns {VectorCase[]}
 */
export function inclusionCases(report, verified, lies) {
  const manifest = bytesToHex(verified.digest);
  const cases = validCases(report, manifest);
  const lieCase = (/** @type {Lie} */ [id, step, code, comment, edits, said, flags], base = cases[0]) => ({
    ...base,
    id,
    result: /** @type {const} */ ('invalid'),
    step,
    code,
    comment,
    base: base.id,
    flags: flagsOf(edits, flags),
    ...said,
    edits,
    sums: undefined,
  });
  cases.push(...liesAbout(report, manifest, lies).map((lie) => lieCase(lie)));
  const several = report.accounts.findIndex(({ rows }) => rows.length > 2);
  if (several >= 0) cases.push(...rowLies(report.accounts[several]).map((lie) => lieCase(lie, cases[several])));
  const files = report.accounts.map(({ file }) => file);
  for (const each of cases) tryInclusionCase(files, verified, each, cases);
  return cases;
}

/**
 * What passes: every account, with and without what the holder may say.
 * @param {MadeReport} report
 * @param {string} manifestDigest
 * @returns {VectorCase[]}
 */
function validCases(report, manifestDigest) {
  const { accounts } = report;
  /** @type {VectorCase[]} */
  const cases = accounts.map(({ id, balances }, i) => ({
    id: `account-${i}`,
    result: 'valid',
    file: inclusionFileName(i),
    accountId: id,
    manifestDigest,
    balances,
    edits: [],
    sums: balances,
  }));
  const [first, second] = cases;
  const { manifestDigest: _, balances: __, ...alone } = first;
  const zero = (/** @type {string} */ symbol) => ({ ...accounts[0].balances, [symbol]: '0' });
  return [
    ...cases,
    { ...alone, id: 'nothing-compared', comment: 'no digest and no balances from the holder' },
    { ...first, id: 'unlisted-at-0', comment: 'an asset that the report does not list, at 0', balances: zero('OTHER') },
    { ...second, id: 'two-accounts', comment: 'two accounts of one person', together: first.id },
  ];
}

/** @param {number} account */
export const inclusionFileName = (account) => `inclusion-${account}.json`;

/**
 * The verdict on an inclusion case.
 * @param {Uint8Array} file
 * @param {VerifiedReport} report
 * @param {VectorCase} vector
 */
function verdictOnInclusion(file, report, vector) {
  const edited = applyEdits({ inclusion: file }, /** @type {Edit[]} */ (vector.edits)).inclusion;
  const { manifestDigest: digest, balances, preset, unverified } = /** @type {Said} */ (vector);
  return verifyInclusion({
    file: /** @type {Uint8Array} */ (edited),
    // A copy of a verified report has not been verified.
    report: unverified ? { ...report } : report,
    preset: preset === undefined ? report.preset : presetNamed(preset),
    accountId: String(vector.accountId),
    ...(digest === undefined ? {} : { manifestDigest: hexToBytes(digest) }),
    ...(balances === undefined ? {} : { balances: unitsMap(balances) }),
  });
}

/** @param {Record<string, string>} balances */
const unitsMap = (balances) => new Map(Object.entries(balances).map(([symbol, units]) => [symbol, BigInt(units)]));

/**
 * Throws unless the verifier says of a case what the case says.
 * @param {Uint8Array[]} files
 * @param {VerifiedReport} report
 * @param {VectorCase} vector
 * @param {VectorCase[]} all
 */
function tryInclusionCase(files, report, vector, all) {
  const fileOf = (/** @type {VectorCase} */ { file }) => files[Number(/\d+/.exec(String(file))?.[0])];
  const verdict = verdictOnInclusion(fileOf(vector), report, vector);
  const others = all
    .filter(({ id }) => id === vector.together)
    .map((other) => verdictOnInclusion(fileOf(other), report, other));
  const shown = [verdict, ...others];
  const shared = shown.every((each) => each.ok)
    ? findSharedRow(shown.flatMap((each) => (each.ok ? [each] : [])))
    : undefined;
  const final = shared ?? verdict;
  const found = final.ok ? 'valid' : `${final.step} ${final.code}`;
  const expected = vector.result === 'valid' ? 'valid' : `${vector.step} ${vector.code}`;
  if (found !== expected) throw new Error(`inclusion vector ${vector.id}: expected ${expected}, found ${found}`);
}
