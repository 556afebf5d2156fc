/** The report that another one follows. */
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { decodeReport, maxReportSize, reportDigest, reportFileName } from '@solvent/report-format/report';
import { readInputFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** The digest of the report in a folder, 64 hexadecimal digits. Throws an InputError when there is none in its format. */
export async function readPreviousDigest(folder: string): Promise<string> {
  const path = join(folder, reportFileName);
  const bytes = await readInputFile(path, maxReportSize);
  const decoded = decodeReport(bytes);
  if (!decoded.ok) throw new InputError(`${path}: expected a report, got a file that is ${decoded.fault}`);
  return bytesToHex(reportDigest(bytes));
}
