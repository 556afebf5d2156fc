// The vectors of a whole report: what each change of it is refused with (spec §14.1 to §14.5).
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { reportDigest, reportFileDigest, reportFileName, signatureFileName } from '@solvent/report-format/report';
import { verifyFullReport } from '@solvent/report-verifier/verify-full-report';
import { toyPreset } from '@solvent/stark/preset';
import { applyEdits, repairing, setIn } from './edits.js';
import { flagsOf, vectorFile } from './format.js';
import { exchangeKey, makeFullReport, signReport } from './full-report.js';
import { bindingLies, fileLies, missing, signatureLies } from './full-report-lies.js';
import { reservesLies, walletLies } from './reserves-lies.js';

/** @typedef {import('./full-report-lies.js').ReportLie} ReportLie */
/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./edits.js').Files} Files */

/**
 * What the caller knows and asks, none of it from the report.
 * @typedef {object} Caller
 * @property {string} [anchor] digest from elsewhere
 * @property {string} [exchangeKey]
 * @property {string} [fixedMessage]
 * @property {[string, string]} [minRatio] numerator and denominator
 * @property {string[]} [unbound] paths of files that the folder has besides
 */

const inReport = setIn(reportFileName);
const inSignature = setIn(signatureFileName);

/**
 * What an exchange that lies would do after its edits: bind the files again, and sign again.
 * @param {Files} files
 * @param {readonly Edit[]} edits
 * @returns {Edit[]}
 */
function repairs(files, edits) {
  const edited = applyEdits(files, edits);
  const repaired = [];
  const names = JSON.parse(new TextDecoder().decode(edited[reportFileName])).files.map(
    (/** @type {{ path: string }} */ { path }) => path,
  );
  for (const [i, path] of names.entries()) {
    const bytes = edited[path];
    if (bytes === undefined)
      repaired.push({ file: reportFileName, remove: `/files/${i}`, repair: /** @type {const} */ (true) });
    else if (bytes !== files[path]) {
      const entry = { path, size: bytes.length, digest: bytesToHex(reportFileDigest(bytes)) };
      repaired.push(repairing(inReport(`/files/${i}`, entry)));
    }
  }
  const report = applyEdits(edited, repaired)[reportFileName];
  if (report === undefined || report === files[reportFileName]) return repaired;
  const { signature } = JSON.parse(new TextDecoder().decode(signReport(report)));
  return [...repaired, repairing(inSignature('/signature', signature))];
}

/** @param {Files} files @param {Caller} caller */
function verdictOf(files, { anchor, exchangeKey, fixedMessage, minRatio, unbound = [] }) {
  const paths = [...Object.keys(files).filter((path) => files[path] !== undefined), ...unbound];
  return verifyFullReport(
    { read: (path) => files[path], paths },
    {
      preset: toyPreset,
      ...(anchor && { anchor: hexToBytes(anchor) }),
      ...(exchangeKey && { exchangeKey }),
      ...(fixedMessage && { fixedMessage }),
      ...(minRatio && { minRatio: { numerator: BigInt(minRatio[0]), denominator: BigInt(minRatio[1]) } }),
    },
  );
}

const partNames = /** @type {const} */ (['binding', 'liabilities', 'ownership', 'reserves', 'ratio']);

/** @param {Awaited<ReturnType<typeof verdictOf>>} outcome */
const partsOf = (outcome) =>
  Object.fromEntries(
    partNames.map((name) => {
      const part = outcome[name];
      return [name, part.ok ? 'passed' : part.step === 'none' ? 'not checked' : `${part.step} ${part.code}`];
    }),
  );

/** @type {readonly { id: string, comment?: string, caller?: Caller, edits?: Edit[] }[]} */
const honest = [
  { id: 'valid', comment: 'signed, and no key named' },
  { id: 'unsigned', edits: [missing(signatureFileName)] },
  { id: 'named-key', caller: { exchangeKey } },
  { id: 'anchored' },
  {
    id: 'ratio-exactly',
    comment: 'the least ratio that is there, of SOL',
    caller: { minRatio: ['199999999999', '200000000000'] },
  },
  { id: 'ratio-of-0', caller: { minRatio: ['0', '1'] } },
];

/** @param {Files} files @returns {Promise<VectorCase[]>} */
async function honestCases(files) {
  const digest = bytesToHex(reportDigest(/** @type {Uint8Array} */ (files[reportFileName])));
  const cases = [];
  for (const { id, comment, caller = {}, edits = [] } of honest) {
    const known = id === 'anchored' ? { anchor: digest } : caller;
    const outcome = await verdictOf(applyEdits(files, edits), known);
    const { binding, reserves, ratio } = outcome;
    if (!outcome.ok || !binding.ok || !reserves.ok || !ratio.ok)
      throw new Error(`${id}: ${JSON.stringify(partsOf(outcome))}`);
    cases.push({
      ...{
        id,
        result: /** @type {const} */ ('valid'),
        ...(comment !== undefined && { comment }),
        ...known,
        edits,
        parts: partsOf(outcome),
        digest,
      },
      reserves: Object.fromEntries(
        reserves.assets.map(({ asset, total }) => [asset, [String(total.units), total.decimals]]),
      ),
      uncounted: reserves.uncounted.map(({ entry, verdict }) => [entry.network, entry.address, verdict]),
      ratios: Object.fromEntries(
        ratio.ratios.map(({ asset, percent, covered }) => [asset, [percent ?? null, covered]]),
      ),
    });
  }
  return cases;
}

/** @param {Files} files @param {ReportLie} lie @returns {Promise<VectorCase>} */
async function lieCase(
  files,
  { id, code: expected, comment, edits = [], caller = {}, stale, flags = [], base = 'valid' },
) {
  const all = stale ? edits : [...edits, ...repairs(files, edits)];
  const parts = partsOf(await verdictOf(applyEdits(files, all), caller));
  const first = Object.values(parts).find((part) => part !== 'passed');
  if (first !== expected) throw new Error(`${id}: expected ${expected}, got ${JSON.stringify(parts)}`);
  const [step, code] = expected.split(' ');
  return { id, result: 'invalid', step, code, comment, base, flags: flagsOf(all, flags), ...caller, edits: all, parts };
}

/** The files of vectors/full-report. */
export async function fullReportFiles() {
  const files = makeFullReport();
  const lies = [bindingLies, signatureLies, fileLies, walletLies, reservesLies].flatMap((liesOf) => liesOf(files));
  const cases = await honestCases(files);
  for (const lie of lies) cases.push(await lieCase(files, lie));
  const named = Object.fromEntries(Object.keys(files).map((path) => [path, `folder/${path}`]));
  const comment = 'A whole report, and changes that each of its parts refuses.';
  const spec = ['14.1', '14.2', '14.3', '14.4', '14.5', '14.8'];
  return {
    ...Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`folder/${path}`, bytes])),
    'full-report.json': vectorFile('full-report', comment, spec, cases, { preset: 'toy', files: named }),
  };
}
