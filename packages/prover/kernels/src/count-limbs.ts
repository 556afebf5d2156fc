/** The multiplicities of the range table, in TypeScript (spec §6.3). */
import type { Shape } from '@solvent/stark/shape';
import { entriesPerRow, limbCount, limbRange } from '@solvent/stark/table';

/** The columns of the 28 limbs among the 32 user columns. */
export function limbColumns(user: readonly Uint32Array[]): Uint32Array[] {
  return user.slice(0, (limbCount + 1) * entriesPerRow).filter((_, column) => column % (limbCount + 1) !== 0);
}

/** See `Engine.countLimbs`. */
export function countLimbs(user: readonly Uint32Array[], shape: Shape): Uint32Array {
  const counts = new Uint32Array(shape.rowCount);
  const activeRowCount = shape.rowCount - shape.randomRowCount;
  for (const limbs of limbColumns(user)) {
    for (let row = 0; row < activeRowCount; row++) {
      if (limbs[row] < limbRange) counts[limbs[row]]++;
    }
  }
  return counts;
}
