/** How the operator wants the private store to be kept, and the key that follows from it. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { createStoreKeyFile, readStoreKey, type StoreKey } from '@solvent/stark-prover/store-key';
import { InputError, systemErrorCode } from '../input-error.js';

/** Encrypted with the key in a file, with one in a file that is made now, or not encrypted at all. */
export type StoreKeyChoice =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'new'; readonly path: string }
  | { readonly kind: 'plain' };

/** Options as they are given. */
export interface StoreKeyOptions {
  readonly storeKey?: string;
  readonly newStoreKey?: string;
  readonly plainStore?: true;
}

/** The one choice that was made. Throws an InputError that says all three when it was none, or several. */
export function chooseStoreKey({ storeKey, newStoreKey, plainStore }: StoreKeyOptions): StoreKeyChoice {
  const choices: StoreKeyChoice[] = [];
  if (storeKey !== undefined) choices.push({ kind: 'file', path: storeKey });
  if (newStoreKey !== undefined) choices.push({ kind: 'new', path: newStoreKey });
  if (plainStore) choices.push({ kind: 'plain' });
  if (choices.length === 1) return choices[0];
  throw new InputError(
    'private store: expected --store-key FILE (encrypt it with this key), --new-store-key FILE (make a key there, and ' +
      `encrypt with it) or --plain-store (no encryption), got ${choices.length === 0 ? 'none' : 'several'} of them`,
  );
}

/** Gives the key, undefined for none. A key that is to be made is made in the first call. */
export interface KeySource {
  take(): StoreKey | undefined;
}

/**
 * Reads the key, or looks whether there is room for a new one, so that a wrong file is told of before any work.
 *
 * @param isResumed then a key that was to be made was made when the run began
 */
export function prepareStoreKey(choice: StoreKeyChoice, isResumed: boolean): KeySource {
  if (choice.kind === 'plain') return { take: () => undefined };
  const { path } = choice;
  if (choice.kind === 'file' || isResumed) {
    const key = readKeyFile(path);
    return { take: () => key };
  }
  if (existsSync(path))
    throw new InputError(`${path}: expected nothing there, got a file (a key is never overwritten)`);
  if (!existsSync(dirname(path))) throw new InputError(`${path}: expected a place for a file, got ENOENT`);
  return {
    take() {
      createStoreKeyFile(path);
      syncFolder(dirname(path));
      return readStoreKey(path);
    },
  };
}

/** The key in a file. Throws an InputError when the file cannot be read, a StoreError when it holds something else. */
export function readKeyFile(path: string): StoreKey {
  try {
    return readStoreKey(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new InputError(
      `${path}: expected a readable file with a store key, got ${code === 'ENOENT' ? 'none' : code}`,
    );
  }
}
