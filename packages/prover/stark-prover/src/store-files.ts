/** The files of a finished store as they are, sealed, for whoever copies it without the key. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RemoteFile } from './fetching-source.js';
import { readFields } from './page-format.js';
import { openFileBlocks } from './paged-file.js';
import { StoreError } from './store-error.js';
import { indexFileName, rootFileName, segmentOfFileName } from './store-folder.js';

/**
 * The files of a store that is finished and encrypted. Their content is not looked at: `verify` of the opened store does
 * that.
 *
 * @throws StoreError when the store is not finished, or not encrypted
 */
export function finishedStoreFiles(folder: string): RemoteFile[] {
  if (!existsSync(join(folder, rootFileName))) throw new StoreError(`${folder}: expected a finished store, got none`);
  const segments = readdirSync(folder).filter((name) => segmentOfFileName(name) !== undefined);
  return [rootFileName, indexFileName, ...segments.sort()].map((name) => {
    const file = openFileBlocks(join(folder, name));
    try {
      const { blockSize, isEncrypted } = readFields(file);
      if (!isEncrypted) throw new StoreError(`${file.label}: expected an encrypted store, got one that is not`);
      return { name, size: file.size, blockSize };
    } finally {
      file.close();
    }
  });
}
