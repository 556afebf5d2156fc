/** What a run may take of the machine's memory, and what it will take: both known before it is allocated. */
import { freemem, totalmem } from 'node:os';
import { plannedKernelMemory } from '@solvent/kernels/memory-plan';
import { accountCount, type Ledger } from '@solvent/ledger/ledger';
import { maxRowCount, minRowCount } from '@solvent/stark/table';
import { formatCount, formatSize } from '../human-text.js';
import { InputError } from '../input-error.js';

/*
 * Measured as peak resident size less kernel memory and ledger: 107 MiB with one thread at 2^11 rows (Node with all
 * modules, the proving thread, blocks of the file), up to 60 MiB more of memory that is free but not yet given back; 8 MiB
 * for each further thread. The table of a segment, its tags and what places them are 300 bytes a row.
 */
const mebibyte = 2 ** 20;
const nodeMemory = 160 * mebibyte;
const threadMemory = 8 * mebibyte;
const tableBytesPerRow = 300;
/**
 * A task comes sealed, is opened and becomes a ledger: a row of four entries and an account with an id of 40 bytes are about
 * 100 bytes in each of the three.
 */
const taskBytesPerRow = 300;
/** Where an account goes and the index of the store, 40 bytes in all, and what of it waits to be given back. */
const bytesPerAccount = 64;

/** How much memory there is, and how it is used. */
export interface MemoryBudget {
  /** Most bytes that the process may take. */
  readonly limit: number;
  /** Bytes at the peak of a run with segments of at most so many rows. */
  planned(rowCount: number, ledger?: Ledger): number;
  /** Bytes at the peak of a worker that proves a segment of so many rows, whatever its accounts hold. */
  plannedForTask(rowCount: number): number;
  /**
   * The most rows of a segment that fit, a power of two, at most `wanted`.
   *
   * @throws InputError that proposes a size when `wanted` is the operator's and does not fit, or nothing does
   */
  fittingRowCount(wanted: number | undefined, ledger?: Ledger): number;
  /** Throws an InputError when the process already takes more than it may. */
  assertWithin(what: string): void;
}

/**
 * @param limit what the operator allows; what is free unless given
 * @param threads how many threads prove here; 0 where segments are proven elsewhere
 */
export function createMemoryBudget(limit: number = availableMemory(), threads: number): MemoryBudget {
  const planned = (rowCount: number, ledger?: Ledger) =>
    nodeMemory +
    threadMemory * threads +
    (threads === 0 ? 0 : plannedKernelMemory(rowCount, threads)) +
    tableBytesPerRow * rowCount +
    (ledger === undefined ? 0 : ledgerSize(ledger) + bytesPerAccount * accountCount(ledger));
  return {
    limit,
    planned,
    plannedForTask: (rowCount) => planned(rowCount) + taskBytesPerRow * rowCount,
    fittingRowCount(wanted, ledger) {
      let rowCount = wanted ?? maxRowCount;
      while (rowCount >= minRowCount && planned(rowCount, ledger) > limit) rowCount /= 2;
      if (rowCount < minRowCount) {
        const least = formatSize(planned(minRowCount, ledger));
        throw new InputError(
          `memory: expected at least ${least}, for segments of ${formatCount(minRowCount)} rows, ${got(limit)}`,
        );
      }
      if (wanted === undefined || rowCount === wanted) return rowCount;
      const needed = formatSize(planned(wanted, ledger));
      throw new InputError(
        `--max-rows: expected at most ${rowCount}, which fits into the memory; ${wanted} rows take ${needed}, ${got(limit)}`,
      );
    },
    assertWithin(what) {
      const { rss } = process.memoryUsage();
      if (rss > limit) throw new InputError(`memory: expected ${what} to fit, ${got(limit)}`);
    },
  };
}

function got(limit: number): string {
  return `got ${formatSize(limit)} (--memory, or what is free)`;
}

function ledgerSize(ledger: Ledger): number {
  const { idBytes, idStart, accountStart, entryAsset, entryLow, entryHigh } = ledger;
  const arrays = [idBytes, idStart, accountStart, entryAsset, entryLow, entryHigh];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** What the machine has free, with what this process takes already, or what its control group allows if that is less. */
function availableMemory(): number {
  const free = freemem() + process.memoryUsage.rss();
  const allowed = process.constrainedMemory();
  return allowed > 0 && allowed < totalmem() ? Math.min(free, allowed) : free;
}

/** Bytes that a text such as `4GiB`, `800MiB` or `500000000` says, undefined for any other. */
export function parseMemorySize(text: string): number | undefined {
  const match = /^([1-9]\d{0,14})(\.\d{1,3})?(KiB|MiB|GiB|TiB)?$/.exec(text);
  if (match === null || (match[2] !== undefined && match[3] === undefined)) return undefined;
  const power = match[3] === undefined ? 0 : 1 + ['KiB', 'MiB', 'GiB', 'TiB'].indexOf(match[3]);
  return Math.floor(Number(`${match[1]}${match[2] ?? ''}`) * 1024 ** power);
}
