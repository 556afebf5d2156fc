/**
 * Queues by how much memory their segments take, so that a worker is never given what it cannot hold. The smaller sizes
 * share one: a worker too small for it could not run at all.
 */
import { maxRowCount } from '@solvent/stark/table';

/** Rows of the largest segment in each queue. */
export const classRowCounts: readonly number[] = [2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18, maxRowCount];

/** The queue for segments of N rows. */
export function queueOf(rowCount: number): string {
  return queueName(classRowCounts.find((most) => rowCount <= most)!);
}

/** The queue of a class. */
export function queueName(classRowCount: number): string {
  return `segments-${classRowCount}`;
}
