/** Which report and which inclusion files a list of paths means. */
import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { manifestFileName } from '@solvent/report-format/manifest';
import { reportFileName } from '@solvent/report-format/report';
import { InputError, systemErrorCode } from '../input-error.js';

/** What the names of inclusion files end with. */
export const inclusionFileEnding = '_inclusion_proof.json';

/** What is to be verified. */
export interface Artefacts {
  /** The folder of a report's manifest, undefined when there is none. */
  readonly reportFolder: string | undefined;
  readonly inclusionFiles: readonly string[];
}

/**
 * Sorts paths: a folder with a manifest or report file, the folder above it, or such a file itself is a report; any other
 * file is an inclusion file. Without paths, what the current folder holds of both.
 *
 * @throws InputError for a path that is not there or cannot be either, and for several reports
 */
export async function findArtefacts(paths: readonly string[]): Promise<Artefacts> {
  if (paths.length === 0) return findInCurrentFolder();
  const reports = new Set<string>();
  const inclusionFiles: string[] = [];
  for (const path of paths) {
    const status = await statusOf(path);
    if (status === undefined)
      throw new InputError(`${path}: expected a report folder or an inclusion file, got nothing`);
    if (status.isDirectory()) reports.add(await requireReport(path));
    else if ([manifestFileName, reportFileName].includes(basename(path))) reports.add(dirname(path));
    else inclusionFiles.push(path);
  }
  if (reports.size > 1) throw new InputError(`reports: expected one at a time, got ${[...reports].join(' and ')}`);
  const [reportFolder] = reports;
  return { reportFolder, inclusionFiles };
}

async function findInCurrentFolder(): Promise<Artefacts> {
  const reportFolder = await findReport('.');
  const names = await readdir('.', { withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && entry.name.endsWith(inclusionFileEnding));
  const inclusionFiles = files.map(({ name }) => name).sort();
  if (reportFolder === undefined && inclusionFiles.length === 0) {
    const expected = `${manifestFileName}, public/${manifestFileName} or a file that ends in ${inclusionFileEnding}`;
    throw new InputError(`current folder: expected ${expected}, got none of them`);
  }
  return { reportFolder, inclusionFiles };
}

async function requireReport(folder: string): Promise<string> {
  const found = await findReport(folder);
  if (found !== undefined) return found;
  throw new InputError(`${folder}: expected ${manifestFileName} in it or in its folder public, got neither`);
}

async function findReport(folder: string): Promise<string | undefined> {
  for (const candidate of [folder, join(folder, 'public')]) {
    for (const name of [manifestFileName, reportFileName]) {
      if ((await statusOf(join(candidate, name))) !== undefined) return candidate;
    }
  }
  return undefined;
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code !== undefined) throw new InputError(`${path}: expected something to read, got ${code}`);
    throw error;
  }
}
