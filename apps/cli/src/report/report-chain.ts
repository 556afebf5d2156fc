/** A directory of reports on the disk (spec §14.6). */
import { join } from 'node:path';
import { manifestFileName, maxManifestSize } from '@solvent/report-format/manifest';
import { maxReportSize, reportFileName } from '@solvent/report-format/report';
import {
  decodeReportIndex,
  maxReportIndexSize,
  type ReportIndex,
  reportIndexFileName,
} from '@solvent/report-format/report-index';
import type { ChainFiles } from '@solvent/report-verifier/verify-chain';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** The bytes of a directory's index, undefined when there is none. */
export async function readIndexBytes(directory: string): Promise<Uint8Array | undefined> {
  const file = await readBoundedFile(join(directory, reportIndexFileName), maxReportIndexSize, 'refuse-links');
  if (file.kind === 'oversized') {
    throw new InputError(`${join(directory, reportIndexFileName)}: expected an index, got ${file.size} bytes`);
  }
  return file.kind === 'bytes' ? file.bytes : undefined;
}

/** The index of a directory, undefined when there is none. Throws an InputError for another file in its place. */
export async function readIndex(directory: string): Promise<ReportIndex | undefined> {
  const bytes = await readIndexBytes(directory);
  if (bytes === undefined) return undefined;
  const decoded = decodeReportIndex(bytes);
  if (decoded.ok) return decoded.value;
  throw new InputError(`${join(directory, reportIndexFileName)}: expected an index of reports, got ${decoded.fault}`);
}

/** Reads what the chain looks at in the folders of a directory. */
export function chainFilesIn(directory: string): ChainFiles {
  return { read: (folder) => readChainFolder(join(directory, folder)) };
}

/** The report and the manifest in a folder; one that is too large counts as missing. */
export async function readChainFolder(folder: string) {
  const [report, manifest] = await Promise.all([
    readBoundedFile(join(folder, reportFileName), maxReportSize, 'refuse-links'),
    readBoundedFile(join(folder, manifestFileName), maxManifestSize, 'refuse-links'),
  ]);
  return {
    report: report.kind === 'bytes' ? report.bytes : undefined,
    manifest: manifest.kind === 'bytes' ? manifest.bytes : undefined,
  };
}
