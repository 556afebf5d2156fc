/** Verifies the files of a report, wherever they are. */
import { reportFilesIn } from '@solvent/cli/report/report-files';
import { outcomeJson } from '@solvent/cli/verify/outcome-json';
import type { ReportOutcome } from '@solvent/cli/verify/report-folder';
import { hexToBytes } from '@solvent/commitment/bytes';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { manifestDigest, manifestFileName, proofFileName } from '@solvent/report-format/manifest';
import { reportFileName } from '@solvent/report-format/report';
import type { ReportFiles } from '@solvent/report-verifier/verify-binding';
import { verifyFullReport } from '@solvent/report-verifier/verify-full-report';
import type { VerifyJob, VerifyReply } from './verify-job.js';

/** Does a job: a whole report where there is a report file, its liabilities alone where there is none. */
export async function doVerifyJob(job: VerifyJob): Promise<VerifyReply> {
  const files = job.kind === 'folder' ? await reportFilesIn(job.folder) : filesOf(job.files);
  const outcome = await verifyFiles(files);
  const { report } = outcomeJson({ ok: (outcome.full ?? outcome.verdict).ok, report: outcome, inclusions: [] });
  // The path is this server's business; and what the functions say of a report has exactly the fields of the schema.
  const { path: _path, ...reply } = report!;
  return reply as VerifyReply;
}

function filesOf(files: ReadonlyMap<string, Uint8Array>): ReportFiles {
  return { paths: [...files.keys()].sort(), read: (path) => files.get(path) };
}

async function verifyFiles(files: ReportFiles): Promise<ReportOutcome> {
  if ((await files.read(reportFileName)) === undefined) {
    const manifest = (await files.read(manifestFileName)) ?? new Uint8Array(0);
    const verdict = await verifyReport(manifest, (segment) => files.read(proofFileName(segment)));
    return { path: '', digest: manifestDigest(manifest), verdict };
  }
  const full = await verifyFullReport(files);
  const digest = full.binding.ok ? hexToBytes(full.binding.report.manifest) : undefined;
  return { path: '', digest, verdict: full.liabilities, full } as ReportOutcome;
}
