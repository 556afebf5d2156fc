/**
 * The carry rows: they turn the sums of limbs of each asset into the limbs of its total, so that the totals are all that
 * is published.
 *
 * With S_l the sum of limb l over all entries of an asset, c_l the carry out of limb l and t_l the limbs of the total,
 * S_l + c_{l−1} = t_l + 1024·c_l, where c_{−1} = c_6 = 0.
 */
import { limbBits, limbCount, limbRange } from '@solvent/stark/table';

/** The carries c_0 … c_5 of one asset, and the limbs t_0 … t_6 of its total; t_6 may be 1024 or more. */
export interface Carries {
  readonly carries: readonly number[];
  readonly totalLimbs: readonly number[];
}

const carryCount = limbCount - 1;
const carryLimit = limbRange ** 2;
const entryWidth = limbCount + 1;

/** The carries of an asset from its seven sums of limbs. */
export function carriesOf(limbSums: ArrayLike<number>): Carries {
  const carries: number[] = [];
  const totalLimbs: number[] = [];
  let carry = 0;
  for (let l = 0; l < carryCount; l++) {
    const sum = limbSums[l] + carry;
    carry = Math.floor(sum / limbRange);
    totalLimbs.push(sum % limbRange);
    carries.push(carry);
  }
  totalLimbs.push(limbSums[carryCount] + carry);
  return { carries, totalLimbs };
}

/**
 * Fills the first ⌈A/2⌉ rows of the user columns.
 *
 * Entries 0 and 1 of row j belong to asset 2j + 1, entries 2 and 3 to asset 2j + 2 (asset 0 past the end). The even
 * entry's limbs (0, 1), (2, 3), (4, 5) are c_0, c_1, c_2, each as a low and a high limb; the odd entry's are c_3, c_4, c_5.
 *
 * @param limbSums seven sums for each asset, one asset after the other
 * @param totals   the exact totals, found in another way; a difference is a defect of the caller, and throws
 */
export function fillCarryRows(
  columns: readonly Uint32Array[],
  limbSums: Float64Array,
  totals: readonly bigint[],
): void {
  for (let i = 0; i < totals.length; i++) {
    const { carries, totalLimbs } = carriesOf(limbSums.subarray(i * limbCount, (i + 1) * limbCount));
    assertCarries(i + 1, carries, totalLimbs, totals[i]);
    const row = Math.floor(i / 2);
    const evenEntry = (i % 2) * 2;
    fillCarries(columns, row, evenEntry, i + 1, carries.slice(0, 3));
    fillCarries(columns, row, evenEntry + 1, i + 1, carries.slice(3));
  }
}

function fillCarries(
  columns: readonly Uint32Array[],
  row: number,
  entry: number,
  asset: number,
  carries: readonly number[],
): void {
  const column = entry * entryWidth;
  columns[column][row] = asset;
  for (const [i, carry] of carries.entries()) {
    columns[column + 1 + 2 * i][row] = carry % limbRange;
    columns[column + 2 + 2 * i][row] = Math.floor(carry / limbRange);
  }
}

function assertCarries(asset: number, carries: readonly number[], totalLimbs: readonly number[], total: bigint): void {
  const tooLarge = carries.find((carry) => carry >= carryLimit);
  if (tooLarge !== undefined) throw new RangeError(`asset ${asset}: expected carries below 2^20, got ${tooLarge}`);
  const sum = totalLimbs.reduceRight((value, limb) => (value << BigInt(limbBits)) + BigInt(limb), 0n);
  if (sum !== total) throw new RangeError(`asset ${asset}: expected limbs of the total ${total}, got those of ${sum}`);
}
