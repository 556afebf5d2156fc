/** The files of a report's folder, as its verifier asks for them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { maxProofSize } from '@solvent/proof-format/proof';
import { manifestFileName, maxManifestSize } from '@solvent/report-format/manifest';
import { maxReportSize, reportFileName, signatureFileName } from '@solvent/report-format/report';
import { maxReportSignatureSize } from '@solvent/report-format/report-signature';
import { maxReservesSize, reservesFileName } from '@solvent/report-format/reserves';
import type { ReportFiles } from '@solvent/report-verifier/verify-binding';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError, systemErrorCode } from '../input-error.js';

const largestOfOthers = 2 ** 28;
const sizeLimits: ReadonlyMap<string, number> = new Map([
  [reportFileName, maxReportSize],
  [signatureFileName, maxReportSignatureSize],
  [manifestFileName, maxManifestSize],
  [reservesFileName, maxReservesSize],
]);

/**
 * Reads files of a folder on demand, and lists all of it. Links are not followed. Of a file that is larger than any good one
 * nothing is read: it counts as missing, but for a signature, which need not be there and then is one of too many bytes.
 *
 * @throws InputError for what is there and cannot be read
 */
export async function reportFilesIn(folder: string): Promise<ReportFiles> {
  const paths = await listFiles(folder, '');
  const read = async (path: string) => {
    const limit = sizeLimits.get(path) ?? (path.startsWith('proofs/') ? maxProofSize : largestOfOthers);
    const file = await readBoundedFile(join(folder, path), limit, 'refuse-links');
    if (file.kind === 'oversized' && path === signatureFileName) return new Uint8Array(limit + 1);
    return file.kind === 'bytes' ? file.bytes : undefined;
  };
  return { paths, read };
}

/** All paths below a folder, with `/` between names, in byte order. */
async function listFiles(folder: string, below: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, below), { withFileTypes: true });
    const lists = entries.map(async (entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? listFiles(folder, path) : [path];
    });
    return (await Promise.all(lists)).flat().sort();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new InputError(`${join(folder, below)}: expected a folder that can be listed, got ${code}`);
  }
}
