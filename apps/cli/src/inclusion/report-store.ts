/** The private folder of a report. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual } from '@solvent/commitment/bytes';
import { manifestDigest, manifestFileName, maxManifestSize } from '@solvent/report-format/manifest';
import { type HolderStore, openHolderStore } from '@solvent/stark-prover/holder-store';
import { readInputFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { privateFolderName, publicFolderName } from '../prove/run-folder.js';
import { readKeyFile } from '../prove/store-key-choice.js';

/**
 * Opens the store in the folder that `prove` made.
 *
 * @param keyFile undefined for a store that is not encrypted
 * @throws InputError when it is not there, or belongs to another report than the public folder beside it
 */
export async function openReportStore(folder: string, keyFile: string | undefined): Promise<HolderStore> {
  const key = keyFile === undefined ? undefined : readKeyFile(keyFile);
  const privateFolder = join(folder, privateFolderName);
  if (!existsSync(privateFolder)) {
    throw new InputError(`${privateFolder}: expected the private folder that prove makes, got nothing`);
  }
  const store = await openHolderStore(privateFolder, { key }).catch((error: Error) => {
    if (key === undefined && / encrypted/.test(error.message)) {
      throw new InputError(`--store-key: expected the file with the store's key, got none (${error.message})`);
    }
    throw new InputError(`${privateFolder}: expected the private folder that prove makes, got ${error.message}`);
  });
  const manifest = await readInputFile(join(folder, publicFolderName, manifestFileName), maxManifestSize);
  if (bytesEqual(manifestDigest(manifest), store.manifestDigest)) return store;
  store.close();
  throw new InputError(`${folder}: expected public and private of one report, got those of two`);
}
