/**
 * A digest of what a ledger says, for sources that have no bytes of their own.
 */
import { createHash } from 'node:crypto';
import type { Ledger } from '@solvent/ledger/ledger';

// An update takes less than 2^31 bytes.
const blockSize = 1 << 26;
const separator = 'solvent-ledger/1\n';

/**
 * SHA-256, in hexadecimal, over the accounts in their order, each with its entries by asset.
 *
 * The order is part of it, since a plan that an interrupted run has kept names accounts by their numbers. Two ledgers with
 * the same accounts in the same order and the same balances have the same digest, however the balances were written and in
 * whatever order they came.
 */
export function ledgerDigest({ idBytes, idStart, accountStart, entryAsset, entryLow, entryHigh }: Ledger): string {
  const hash = createHash('sha256').update(separator);
  for (const array of [idStart, accountStart, entryAsset, entryLow, entryHigh, idBytes]) {
    // The lengths part one array from the next one.
    hash.update(`${array.length}\n`);
    for (let at = 0; at < array.byteLength; at += blockSize) {
      const size = Math.min(blockSize, array.byteLength - at);
      hash.update(new Uint8Array(array.buffer, array.byteOffset + at, size));
    }
  }
  return hash.digest('hex');
}
