import { createHasher } from '@solvent/commitment/blake3';
import { utf8ToBytes } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import type { Random } from '@solvent/ledger/random';
import { accountTag, accountTagSize } from '@solvent/stark/account-tag';
import type { Statement } from '@solvent/stark/statement';
import {
  carryRowCount,
  entriesPerRow,
  limbBits,
  limbCount,
  limbRange,
  minRowCount,
  randomRowCount,
} from '@solvent/stark/table';

/** Asset index and amount in units. */
export type Entry = readonly [asset: number, amount: bigint];

/** One row of one account. */
export interface HolderRow {
  readonly id: string;
  readonly row: number;
  /** At most four. */
  readonly entries: readonly Entry[];
}

/** What a prover starts from. Tests change it at will before they prove. */
export interface Witness {
  readonly statement: Statement;
  readonly columns: readonly Uint32Array[];
  readonly tags: Uint8Array;
}

const entryWidth = limbCount + 1;

/** The column of an entry's asset index. */
export function assetColumn(entry: number): number {
  return entryWidth * entry;
}

/** The column of limb l of an entry. */
export function limbColumn(entry: number, limb: number): number {
  return entryWidth * entry + 1 + limb;
}

/** The seven limbs of an amount below 2^70. */
function amountLimbs(amount: bigint): number[] {
  return Array.from({ length: limbCount }, (_, l) => Number((amount >> BigInt(limbBits * l)) & 1023n));
}

/** The nonce of an account in these tests. */
export function nonceOf(id: string): Uint8Array {
  return createHasher('test nonce').digest(utf8ToBytes(id));
}

/** A statement about a first report of one segment, totals as given. */
export function createStatement(symbols: readonly string[], totals: readonly bigint[], rowCount: number): Statement {
  return {
    context: {
      exchange: 'Example Exchange',
      reportId: '2026-01',
      snapshotTime: '2026-01-31T23:59:59Z',
      previousManifest: new Uint8Array(0),
    },
    segment: 0,
    segmentCount: 1,
    rowCount,
    assets: symbols.map((symbol) => ({ symbol, decimals: 8 })),
    totals,
  };
}

/** An honest table: every holder's row in its place, carry rows filled, all else zero. */
export function createWitness(
  symbols: readonly string[],
  holders: readonly HolderRow[],
  random: Random,
  rowCount = minRowCount,
): Witness {
  const columns = Array.from({ length: entriesPerRow * entryWidth }, () => new Uint32Array(rowCount));
  const tags = new Uint8Array(accountTagSize * rowCount);
  random.fill(tags);
  for (const { id, row, entries } of holders) {
    setRow(columns, row, entries);
    tags.set(accountTag(id, nonceOf(id)), accountTagSize * row);
  }
  const totals = settle(columns, symbols.length);
  return { statement: createStatement(symbols, totals, rowCount), columns, tags };
}

/** Overwrites a row by entries. */
export function setRow(columns: readonly Uint32Array[], row: number, entries: readonly Entry[]): void {
  for (let e = 0; e < entriesPerRow; e++) {
    const [asset, amount] = entries[e] ?? [0, 0n];
    columns[assetColumn(e)][row] = asset;
    amountLimbs(amount).forEach((limb, l) => {
      columns[limbColumn(e, l)][row] = limb;
    });
  }
}

/** The sums S_l of the limbs of an asset over the rows after the carry rows; limbs above p/2 count as negative. */
function limbSums(columns: readonly Uint32Array[], asset: number, assetCount: number): number[] {
  const sums = new Array<number>(limbCount).fill(0);
  const endRow = columns[0].length - randomRowCount(columns[0].length);
  for (let row = carryRowCount(assetCount); row < endRow; row++) {
    for (let e = 0; e < entriesPerRow; e++) {
      if (columns[assetColumn(e)][row] !== asset) continue;
      for (let l = 0; l < limbCount; l++) {
        const limb = columns[limbColumn(e, l)][row];
        sums[l] += limb < modulus / 2 ? limb : limb - modulus;
      }
    }
  }
  return sums;
}

/**
 * Makes carry rows and totals right for what the rows after them hold, whatever that is: S_l + c_{l−1} = t_l + 1024·c_l.
 * Gives the totals.
 */
export function settle(columns: readonly Uint32Array[], assetCount: number): bigint[] {
  return Array.from({ length: assetCount }, (_, i) => {
    const sums = limbSums(columns, i + 1, assetCount);
    const carries: number[] = [];
    for (let l = 0; l + 1 < limbCount; l++) carries.push(Math.floor((sums[l] + (carries[l - 1] ?? 0)) / limbRange));
    const evenEntry = 2 * (i % 2);
    for (const half of [0, 1]) {
      setCarries(columns, Math.floor(i / 2), evenEntry + half, i + 1, carries.slice(3 * half, 3 * half + 3));
    }
    return sums.reduceRight((total, sum) => (total << BigInt(limbBits)) + BigInt(sum), 0n);
  });
}

/** Writes three carries, c₀ to c₂ into an even entry or c₃ to c₅ into an odd one, each as two limbs. */
function setCarries(
  columns: readonly Uint32Array[],
  row: number,
  entry: number,
  asset: number,
  carries: readonly number[],
): void {
  columns[assetColumn(entry)][row] = asset;
  carries.forEach((carry, t) => {
    columns[limbColumn(entry, 2 * t)][row] = carry % limbRange;
    columns[limbColumn(entry, 2 * t + 1)][row] = Math.floor(carry / limbRange);
  });
}

/** A copy whose columns and tags can be changed. */
export function copyWitness(witness: Witness): Witness {
  return { ...witness, columns: witness.columns.map((column) => column.slice()), tags: witness.tags.slice() };
}

/** A witness with other rows, carry rows and totals right again. */
export function settledWitness(witness: Witness, change: (columns: readonly Uint32Array[]) => void): Witness {
  const { columns, tags, statement } = copyWitness(witness);
  change(columns);
  return { columns, tags, statement: { ...statement, totals: settle(columns, statement.assets.length) } };
}
