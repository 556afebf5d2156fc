/** Where the files of a finished store are: in a folder, or elsewhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockSource } from './page-format.js';
import { type FileBlocks, openFileBlocks } from './paged-file.js';

/** The files of a finished store, for reading. */
export interface StoreSource {
  /** What messages call the store. */
  readonly label: string;
  has(name: string): boolean;
  /** Opens a file that is there. Whoever opens it closes it. */
  open(name: string): BlockSource & { close(): void };
  /**
   * Runs work that reads, and gives its result. The work may be run several times: where its blocks are elsewhere it is
   * ended by a `BlocksNeeded` for each that is not at hand, and begun again when all that it asked for are.
   *
   * @throws StoreUnavailableError when blocks cannot be fetched at the moment
   */
  run<Result>(work: () => Result): Promise<Result>;
  close(): void;
}

/** The store in a folder. */
export function folderSource(folder: string): StoreSource {
  return {
    label: folder,
    has: (name) => existsSync(join(folder, name)),
    open: (name): FileBlocks => openFileBlocks(join(folder, name)),
    run: async (work) => work(),
    close() {},
  };
}
