/**
 * Queues by how much memory their segments take, so that a worker is never given what it cannot hold. The smaller sizes
 * share one: a worker too small for it could not run at all. And each store key has its own, so that no worker is given
 * what it cannot open.
 */
import { createHmac } from 'node:crypto';
import { maxRowCount } from '@solvent/stark/table';
import type { StoreKey } from '@solvent/stark-prover/store-key';

/** Rows of the largest segment in each queue. */
export const classRowCounts: readonly number[] = [2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18, maxRowCount];

/** What a store key is called where everybody may look: 16 hexadecimal digits, which say nothing else of it. */
export function keyName(key: StoreKey): string {
  return createHmac('sha256', key).update('solvent key name/1').digest('hex').slice(0, 16);
}

/** The queue for segments of N rows that are sealed with a key. */
export function queueOf(rowCount: number, key: StoreKey): string {
  return queueName(classRowCounts.find((most) => rowCount <= most)!, key);
}

/** The queue of a class and a key. */
export function queueName(classRowCount: number, key: StoreKey): string {
  return `segments-${keyName(key)}-${classRowCount}`;
}
