/** Artefacts that are private leave the process sealed, so that a disk or a bucket alone discloses nothing. */
import { openSealedBytes, sealBytes } from '@solvent/stark-prover/sealed-bytes';
import { StoreError } from '@solvent/stark-prover/store-error';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { ArtefactDamagedError, assertArtefactName } from './artefact-storage.js';

// No file of a holder store is called so: with one key, neither stands for the other.
const sealName = (name: string) => `artefact ${name}`;

/** Seals bytes for an object of this name (AES-256-GCM by pages, `docs/holder-store.md`). */
export function sealArtefact(bytes: Uint8Array, key: StoreKey, name: string): Uint8Array {
  assertArtefactName(name);
  return sealBytes(bytes, key, sealName(name));
}

/**
 * The bytes that were sealed for an object of this name.
 *
 * @throws ArtefactDamagedError when a byte was changed, cut off or added, and for an object of another name or key
 */
export function openArtefact(sealed: Uint8Array, key: StoreKey, name: string): Uint8Array {
  assertArtefactName(name);
  try {
    return openSealedBytes(sealed, key, sealName(name), name);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new ArtefactDamagedError(error.message, { cause: error });
  }
}
