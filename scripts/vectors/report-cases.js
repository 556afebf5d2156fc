// Vectors of reports: a valid one, and for each code of steps M1 to V8 changes of it that must be rejected there.
import { bytesToHex } from '@solvent/commitment/bytes';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { decodeHeader } from '@solvent/proof-format/proof';
import { manifestDigest, segmentStatement } from '@solvent/report-format/manifest';
import * as rounds from '@solvent/stark/rounds';
import { deriveShape } from '@solvent/stark/shape';
import { startTranscript } from '@solvent/stark/statement';
import { applyEdits } from './edits.js';
import { flagsOf } from './format.js';
import { reportFiles } from './make-report.js';
import { manifestFormatLies } from './manifest-format-lies.js';
import { manifestLies, statementLies } from './manifest-lies.js';
import { orderLies } from './order-lies.js';
import { proofEdgeLies } from './proof-edge-lies.js';
import { proofLies } from './proof-lies.js';
import { presetNamed } from './report-plans.js';

/** @typedef {import('./manifest-lies.js').Lie} Lie */
/** @typedef {'every' | 'one' | 'layers' | 'none'} Lies all lies, the first for each step and code, those of V8, or none */
/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./edits.js').Files} Files */
/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */

/**
 * The verdict on a report's files.
 * @param {Files} files
 * @param {string} preset
 */
export function verdictOnFiles(files, preset) {
  if (files.manifest === undefined) throw new Error('a report needs a manifest');
  return verifyReport(files.manifest, (segment) => files[`proof-${segment}`], { preset: presetNamed(preset) });
}

/**
 * The first lie for each step and code, about a report or an inclusion file.
 * @template {readonly [id: string, step: string, code: string, ...rest: unknown[]]} AnyLie
 * @param {AnyLie[]} lies
 */
export function oneForEachCode(lies) {
  const seen = new Set();
  return lies.filter(([, step, code]) => !seen.has(`${step} ${code}`) && seen.add(`${step} ${code}`));
}

/**
 * The lies about a report.
 * @param {MadeReport} report
 * @param {Lies} lies
 * @returns {Lie[]}
 */
function liesAbout(report, lies) {
  if (lies === 'none') return [];
  if (lies === 'layers') return proofLies(report).filter(([, step]) => step === 'V8');
  const plain = [...manifestLies(report), ...statementLies(report), ...proofLies(report)];
  if (lies === 'one') return oneForEachCode(plain);
  const swapped = { file: 'manifest', set: '/segments', value: [...report.manifest.segments].reverse() };
  return [
    ...plain,
    ['segments-swapped', 'M5', 'proof-digest', 'the segments in another order', [swapped]],
    ...manifestFormatLies(report),
    ...proofEdgeLies(report),
    ...orderLies(report, plain),
  ];
}

/**
 * The cases of a report, each tried.
 * @param {MadeReport} report
 * @param {Lies} lies
 * @param {Lie[]} further lies about this report alone
 * @returns {Promise<VectorCase[]>}
 */
export async function reportCases(report, lies, further = []) {
  const preset = report.plan.preset.name;
  const other = preset === 'toy' ? 'production' : 'toy';
  /** @type {VectorCase[]} */
  const cases = [
    {
      id: 'valid',
      result: 'valid',
      edits: [],
      digest: bytesToHex(manifestDigest(report.manifestBytes)),
      totals: report.manifest.totals,
    },
  ];
  for (const [id, step, code, comment, edits, flags] of [...liesAbout(report, lies), ...further]) {
    cases.push({ id, result: 'invalid', step, code, comment, base: 'valid', flags: flagsOf(edits, flags), edits });
  }
  const comment = `the report as it is, but the verifier accepts only ${other}`;
  cases.push({
    id: 'other-preset',
    result: 'invalid',
    step: 'M2',
    code: 'preset-digest',
    comment,
    base: 'valid',
    preset: other,
    edits: [],
  });
  for (const each of cases) await tryReportCase(reportFiles(report), preset, each);
  return cases;
}

/**
 * Throws unless the verifier says of a case what the case says.
 * @param {Files} files
 * @param {string} preset
 * @param {VectorCase} vector
 */
export async function tryReportCase(files, preset, vector) {
  const edited = applyEdits(files, /** @type {Edit[]} */ (vector.edits));
  const verdict = await verdictOnFiles(edited, String(vector.preset ?? preset));
  const found = verdict.ok ? 'valid' : `${verdict.step} ${verdict.code}`;
  const expected = vector.result === 'valid' ? 'valid' : `${vector.step} ${vector.code}`;
  if (found !== expected) throw new Error(`report vector ${vector.id}: expected ${expected}, found ${found}`);
  return verdict;
}

/**
 * The challenges of each segment's transcript.
 * @param {MadeReport} report
 * @returns {VectorCase[]}
 */
export function challengeCases(report) {
  return report.proofs.map((proof, segment) => {
    const statement = segmentStatement(report.manifest, segment);
    const shape = deriveShape(statement.rowCount);
    const decoded = decodeHeader(proof, shape);
    if (!decoded.ok) throw new Error(decoded.fault);
    const transcript = startTranscript(statement, report.plan.preset);
    const { headerDigest, ...challenges } = rounds.replayHeader(transcript, decoded.header);
    const grindingSeed = bytesToHex(rounds.grindingSeed(transcript));
    const queries = rounds.absorbNonce(transcript, decoded.nonce, shape, report.plan.preset);
    if (JSON.stringify(transcript.log) !== JSON.stringify(report.transcripts[segment])) {
      throw new Error('the transcripts of prover and verifier differ');
    }
    return {
      id: `segment-${segment}`,
      result: /** @type {const} */ ('valid'),
      segment,
      ...challenges,
      headerDigest: bytesToHex(headerDigest),
      grindingSeed,
      nonce: decoded.nonce,
      queries,
    };
  });
}
