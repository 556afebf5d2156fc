/** Verifies a report and inclusion files, in that order: inclusion means nothing without a verified report. */

import type { NetworkSources } from '@solvent/balances/source-settings';
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { maxInclusionFileSize } from '@solvent/proof-format/inclusion-file';
import type { FullReportOptions } from '@solvent/report-verifier/verify-full-report';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { chainsAgree } from '../report/recheck-balances.js';
import { balancesInUnits, type GivenBalances } from './balances.js';
import { type ReportOutcome, verifyReportFolder } from './report-folder.js';

/** One inclusion file to verify. */
export interface InclusionTask {
  readonly path: string;
  /** From the holder. */
  readonly accountId: string;
  /** From the holder; undefined when they have given none. */
  readonly balances: GivenBalances | undefined;
}

/** What is to be verified, against what. */
export interface VerifyRequest {
  readonly reportFolder: string | undefined;
  readonly inclusions: readonly InclusionTask[];
  /** The digest of the manifest from another source, 32 bytes. */
  readonly expectedDigest: Uint8Array | undefined;
  readonly onSegment?: ((segment: number, segmentCount: number) => void) | undefined;
  /** What is asked of a whole report (`ReportFolderOptions`). */
  readonly full?: FullReportOptions;
  readonly needsFull?: boolean;
  readonly sources?: readonly NetworkSources[] | undefined;
  /**
   * Whether the holder says that these are their balances; asked where they have given none. Undefined when nobody can
   * be asked, and then the sums stay to be confirmed.
   */
  readonly confirm?:
    | ((task: InclusionTask, inclusion: VerifiedInclusion, report: VerifiedReport) => Promise<boolean>)
    | undefined;
}

/** What became of an inclusion file. */
export interface InclusionOutcome {
  readonly path: string;
  readonly accountId: string;
  readonly verdict: VerifiedInclusion | Rejection;
  /** Who has compared the balances. */
  readonly balances: 'compared' | 'confirmed' | 'to-confirm';
}

/** What became of everything. */
export interface VerifyOutcome {
  /** Undefined when no report was given. */
  readonly report: ReportOutcome | undefined;
  readonly inclusions: readonly InclusionOutcome[];
  /** Whether every check passed. */
  readonly ok: boolean;
}

/** Verifies everything that is asked for. Throws an InputError for what cannot be read; a rejection is a result. */
export async function verifyArtefacts(request: VerifyRequest): Promise<VerifyOutcome> {
  const { reportFolder } = request;
  const report = reportFolder === undefined ? undefined : await verifyReportFolder(reportFolder, request);
  const inclusions: InclusionOutcome[] = [];
  for (const task of request.inclusions) {
    inclusions.push(await verifyOne(task, request, report?.verdict, inclusions));
  }
  const ok = (report === undefined || passes(report)) && inclusions.every(({ verdict }) => verdict.ok);
  return { report, inclusions, ok };
}

/** Whether every check of a report passed that was asked for. */
export function passes({ verdict, full, recheck }: ReportOutcome): boolean {
  return (full ?? verdict).ok && (recheck === undefined || chainsAgree(recheck));
}

async function verifyOne(
  task: InclusionTask,
  request: VerifyRequest,
  report: VerifiedReport | Rejection | undefined,
  earlier: readonly InclusionOutcome[],
): Promise<InclusionOutcome> {
  const { path, accountId } = task;
  const outcome = (verdict: InclusionOutcome['verdict'], balances: InclusionOutcome['balances'] = 'to-confirm') => {
    return { path, accountId, verdict, balances };
  };
  const file = await readBoundedFile(path, maxInclusionFileSize, 'refuse-links');
  if (file.kind === 'missing') throw new InputError(`${path}: expected an inclusion file, got none`);
  if (report === undefined) return outcome(reject('I1', 'header-unverified', 'no report was given'));
  if (!report.ok) return outcome(reject('I1', 'header-unverified', 'the report does not verify'));
  if (file.kind === 'oversized') {
    const detail = `expected at most ${maxInclusionFileSize} bytes, got ${file.size}`;
    return outcome(reject('I2', 'inclusion-encoding', detail));
  }
  const balances = task.balances && balancesInUnits(task.balances, report.manifest.assets);
  const verdict = verifyInclusion({ file: file.bytes, report, accountId, ...(balances && { balances }) });
  if (!verdict.ok) return outcome(verdict);
  const shared = findSharedRow([...earlier.flatMap((one) => (one.verdict.ok ? [one.verdict] : [])), verdict]);
  if (shared !== undefined) return outcome(shared);
  if (balances !== undefined) return outcome(verdict, 'compared');
  if (request.confirm === undefined) return outcome(verdict);
  if (await request.confirm(task, verdict, report)) return outcome(verdict, 'confirmed');
  return outcome(reject('I6', 'balances', 'the holder does not confirm the balances that the report counts'));
}
