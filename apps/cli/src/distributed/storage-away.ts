/** Whether a storage that fails will come back, or is a mistake of settings that no waiting mends. */
import { StorageError } from '@solvent/artefacts/artefact-storage';
import { systemErrorCode } from '../input-error.js';

const lasting = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']);
const mistaken = new Set([...lasting, 'ENOENT', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG']);

/** Of storage in use: false for a disk that is full or may not be written to. */
export function isStorageAway(error: unknown): boolean {
  return error instanceof StorageError && !lasting.has(systemErrorCode(error.cause) ?? '');
}

/** Of storage that was never open: only a system or a server that does not answer may do so later. */
export function isUnopenedStorageAway(error: unknown): boolean {
  if (!(error instanceof StorageError)) return false;
  if (error.isPassing) return true;
  const code = systemErrorCode(error.cause);
  return code !== undefined && !mistaken.has(code);
}
