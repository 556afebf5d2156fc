// What a holder store of any size is made of, for benchmarks: rows and digests are random bytes of the right shape, which for
// a store is no different, and every account has an id of 14 bytes and one row.
import { randomBytes, randomFillSync } from 'node:crypto';
import { extensionDegree } from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { fibreSize, maxRowCount, randomRowCount } from '@solvent/stark/table';

/** @typedef {import('@solvent/field/extension-column').ExtensionColumn} ExtensionColumn */

const rowCount = maxRowCount;
const layerCount = 4;
const accountsPerSegment = rowCount - randomRowCount(rowCount) - 20_000;

/**
 * The id of an account, which is a number.
 * @param {number} account
 */
export const idOf = (account) => `user-${String(account * 7).padStart(9, '0')}`;

/**
 * How many segments so many accounts fill.
 * @param {number} accountCount
 */
export const segmentsFor = (accountCount) => Math.ceil(accountCount / accountsPerSegment);

/** A segment's holder data in shared memory, as the engine keeps it. */
export function randomSegment() {
  const bytes = (/** @type {number} */ size) => {
    const block = randomBytes(2 ** 20);
    const array = new Uint8Array(new SharedArrayBuffer(size));
    for (let at = 0; at < size; at += block.length) array.set(block.subarray(0, size - at), at);
    return array;
  };
  const words = (/** @type {number} */ length, /** @type {number} */ range) =>
    new Uint32Array(bytes(4 * length).buffer).map((word) => word % range);
  /** @type {(length: number) => ExtensionColumn} */
  const field = (length) => {
    const [a, b, c, d, e] = Array.from({ length: extensionDegree }, () => words(length, modulus));
    return [a, b, c, d, e];
  };
  const tree = (/** @type {number} */ leafCount) => ({ leafCount, digests: bytes(64 * leafCount) });
  const layers = Array.from({ length: layerCount }, (_, layer) => {
    const size = rowCount / fibreSize ** layer;
    return { words: [field(size)], tree: tree(size / fibreSize) };
  });
  const user = Array.from({ length: 32 }, () => words(rowCount, 1024));
  const rows = { salts: bytes(32 * rowCount), tags: bytes(32), user, mask: field(rowCount), tree: tree(rowCount) };
  return { rowCount, isCurrent: () => true, rows, layers };
}

/**
 * The accounts of a segment, one by one.
 * @param {number} segment
 * @param {number} accountCount
 */
export function* accountsOf(segment, accountCount) {
  const first = segment * accountsPerSegment;
  const end = Math.min(first + accountsPerSegment, accountCount);
  const nonces = randomBytes(32 * 1024);
  for (let account = first; account < end; account++) {
    const at = 32 * (account % 1024);
    if (at === 0) randomFillSync(nonces);
    const row = 10_000 + (((account - first) * 104_729) % accountsPerSegment);
    yield { accountId: idOf(account), nonce: nonces.subarray(at, at + 32), segment, rows: [row] };
  }
}
