/** The report in a folder: what is signed, anchored, and named by the one after it. */
import { join } from 'node:path';
import { decodeReport, maxReportSize, type Report, reportDigest, reportFileName } from '@solvent/report-format/report';
import { readInputFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** What a report file says, and its digest, 32 bytes. Throws an InputError when there is none in its format. */
export async function readReport(folder: string): Promise<{ readonly report: Report; readonly digest: Uint8Array }> {
  const path = join(folder, reportFileName);
  const bytes = await readInputFile(path, maxReportSize);
  const decoded = decodeReport(bytes);
  if (!decoded.ok) throw new InputError(`${path}: expected a report, got a file that is ${decoded.fault}`);
  return { report: decoded.value, digest: reportDigest(bytes) };
}
