/**
 * Queues by how much memory their segments take, so that a worker is never given what it cannot hold. The smaller sizes
 * share one: a worker too small for it could not run at all. And each store key has its own, so that no worker is given
 * what it cannot open.
 */
import { createHmac } from 'node:crypto';
import { maxRowCount } from '@solvent/stark/table';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { formatSize } from '../human-text.js';
import { InputError } from '../input-error.js';
import type { MemoryBudget } from '../prove/memory-budget.js';

/** Rows of the largest segment in each queue. */
export const classRowCounts: readonly number[] = [2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18, maxRowCount];

/** The class of a segment of N rows. */
export function classOf(rowCount: number): number {
  return classRowCounts.find((most) => rowCount <= most)!;
}

/** The classes that a worker takes, ascending. Throws an InputError when its memory holds none. */
export function fittingClasses(budget: MemoryBudget): number[] {
  const fitting = classRowCounts.filter((rows) => budget.plannedForTask(rows) <= budget.limit);
  if (fitting.length > 0) return fitting;
  const least = formatSize(budget.plannedForTask(classRowCounts[0]));
  const found = `${formatSize(budget.limit)} (--memory, or what is free)`;
  throw new InputError(`memory: expected at least ${least} for a worker, got ${found}`);
}

/** What a store key is called where everybody may look: 16 hexadecimal digits, which say nothing else of it. */
export function keyName(key: StoreKey): string {
  return createHmac('sha256', key).update('solvent key name/1').digest('hex').slice(0, 16);
}

/** The queue for segments of N rows that are sealed with a key. */
export function queueOf(rowCount: number, key: StoreKey): string {
  return queueName(classOf(rowCount), key);
}

/** The queue of a class and a key. */
export function queueName(classRowCount: number, key: StoreKey): string {
  return `segments-${keyName(key)}-${classRowCount}`;
}
