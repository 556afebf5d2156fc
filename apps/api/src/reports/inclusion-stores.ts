/** The private stores, open for reading alone, and the inclusion files that are made from them. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { type HolderStore, openHolderStore } from '@solvent/stark-prover/holder-store';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import type { Config } from '../config.js';

/** The stores of all reports whose inclusion files can be made. */
export interface InclusionStores {
  /** Whether there is the store of the report with this manifest. */
  has(manifest: string): boolean;
  /** An account's inclusion file, undefined when the account is not in that report. */
  inclusionFile(manifest: string, accountId: string): Promise<Uint8Array | undefined>;
  close(): void;
}

/** Opens all stores. Throws a StoreError, or a system error, for the first that cannot be opened. */
export async function openInclusionStores(places: Config['privateStores']): Promise<InclusionStores> {
  const stores = new Map<string, HolderStore>();
  const close = () => {
    for (const store of stores.values()) store.close();
  };
  try {
    for (const { folder, keyFile } of places) {
      const key = keyFile === undefined ? undefined : readStoreKey(keyFile);
      const store = await openHolderStore(folder, { key });
      const manifest = bytesToHex(store.manifestDigest);
      stores.get(manifest)?.close();
      stores.set(manifest, store);
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    has: (manifest) => stores.has(manifest),
    async inclusionFile(manifest, accountId) {
      const store = stores.get(manifest);
      const account = await store?.findAccount(accountId);
      return account && store && encodeInclusionFile(await store.inclusionFile(account));
    },
    close,
  };
}
