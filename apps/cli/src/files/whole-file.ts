/** Files that appear whole, and are on the disk when the call returns. */
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { InputError, systemErrorCode } from '../input-error.js';
import { writeNewFile } from './partial-folder.js';

const partialSuffix = '.partial';

/**
 * Writes a file under another name, and renames it when all of it is on the disk. Takes the place of a file.
 *
 * @throws InputError that names the file when it cannot be written, such as on a full disk
 */
export function writeWholeFile(path: string, bytes: Uint8Array | string, mode: number): void {
  const partial = `${path}${partialSuffix}`;
  try {
    rmSync(partial, { force: true });
    writeNewFile(partial, bytes, mode);
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    if (systemErrorCode(error) === undefined) throw error;
    throw new InputError(`${path}: could not be written: ${(error as Error).message}`);
  }
}
