/** A store whose blocks are fetched when they are asked for, all that a piece of work lacks at once. */
import { BlocksNeeded } from './blocks-needed.js';
import { StoreError } from './store-error.js';
import type { StoreSource } from './store-source.js';

/** A file whose blocks are elsewhere. */
export interface RemoteFile {
  readonly name: string;
  /** Bytes of all blocks together. */
  readonly size: number;
  /** Bytes of a block but the last. */
  readonly blockSize: number;
}

/** Where blocks are fetched from. What it gives need not be trusted: every page is sealed. */
export interface RemoteBlocks {
  /** What messages call the store. */
  readonly label: string;
  readonly files: readonly RemoteFile[];
  /** Fetches blocks of a file by their numbers; those that are not there are left out. */
  fetch(name: string, blocks: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>;
  close(): void;
}

/** What a piece of work has fetched, and what it lacked when it was run last. */
interface Work {
  readonly fetched: Map<string, ReadonlyMap<number, Uint8Array>>;
  readonly missing: Map<string, Set<number>>;
}

/** The store that is made of such blocks. */
export function fetchingSource(remote: RemoteBlocks): StoreSource {
  const { label } = remote;
  const files = new Map(remote.files.map((file) => [file.name, file]));
  // Work is synchronous, so while it runs there is no other.
  let current: Work | undefined;
  return {
    label,
    has: (name) => files.has(name),
    open(name) {
      const file = files.get(name);
      if (file === undefined) throw new StoreError(`${label}: expected ${name}, got none`);
      return {
        label: `${label}: ${name}`,
        size: file.size,
        read: (into, size, position) => readBlock(current, file, into, size, position),
        close() {},
      };
    },
    async run(work) {
      const fetched: Work['fetched'] = new Map();
      for (;;) {
        const missing: Work['missing'] = new Map();
        current = { fetched, missing };
        try {
          return work();
        } catch (error) {
          if (!(error instanceof BlocksNeeded) || missing.size === 0) throw error;
        } finally {
          current = undefined;
        }
        await Promise.all([...missing].map(([name, blocks]) => fetchInto(remote, fetched, name, [...blocks])));
      }
    },
    close: remote.close,
  };
}

function readBlock(
  current: Work | undefined,
  { name, blockSize }: RemoteFile,
  into: Buffer,
  size: number,
  position: number,
): number {
  if (current === undefined) throw new Error(`${name}: expected to be read by work that is run`);
  const number = Math.floor(position / blockSize);
  const block = current.fetched.get(name)?.get(number);
  if (block !== undefined) {
    into.set(block.subarray(0, size));
    return Math.min(size, block.length);
  }
  const missing = current.missing.get(name) ?? new Set<number>();
  current.missing.set(name, missing.add(number));
  throw new BlocksNeeded();
}

// One that is not there is as one without a byte: whoever opens it finds it damaged, and names it.
async function fetchInto(
  remote: RemoteBlocks,
  fetched: Work['fetched'],
  name: string,
  numbers: readonly number[],
): Promise<void> {
  const found = await remote.fetch(name, numbers);
  const blocks = new Map(fetched.get(name));
  for (const number of numbers) blocks.set(number, found.get(number) ?? new Uint8Array(0));
  fetched.set(name, blocks);
}
