/** A holder store with real trees and random rows, in a folder of its own, made in a second. */
import { randomBytes } from 'node:crypto';
import { seededRandom } from '@solvent/ledger/testing';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { createStoreWriter } from '@solvent/stark-prover/holder-store';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { syntheticSegment } from '@solvent/stark-prover/testing';

/** The ids of a small store's accounts. */
export const smallStoreIds = Array.from({ length: 400 }, (_, i) => `account-${i}`);

/** Writes a store of two segments. */
export async function writeSmallStore(folder: string, key: StoreKey | undefined, seed = 'small'): Promise<void> {
  const random = seededRandom(seed);
  const writer = await createStoreWriter(folder, { key });
  for (const segment of [0, 1]) {
    const accounts = smallStoreIds
      .slice(200 * segment, 200 * (segment + 1))
      .map((accountId, i): StoredAccount => ({ accountId, nonce: randomBytes(32), segment, rows: [i, i + 500] }));
    await writer.addSegment(segment, syntheticSegment(2048, random), accounts);
  }
  await writer.finish(new Uint8Array(randomBytes(32)));
}
