/** The private stores, open for reading alone, and the inclusion files that are made from them. */
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import type { StorePlace } from '../config.js';
import { openStores } from './open-stores.js';

/** The stores of all reports whose inclusion files can be made. */
export interface InclusionStores {
  /**
   * An account's inclusion file; or that there is no store of the report with this manifest, or no such account in it.
   *
   * @throws StoreUnavailableError when the store is in a database that does not answer at the moment, or may be
   */
  inclusionFile(manifest: string, accountId: string): Promise<Uint8Array | 'no-store' | 'no-account'>;
  /** Opens the stores of other places and then uses those; if one cannot be opened, throws and goes on with what it has. */
  replace(places: readonly StorePlace[]): Promise<void>;
  close(): void;
}

/**
 * Opens all stores. Throws a StoreError, or a system error, for one that cannot be opened.
 *
 * @param onFault told of a database that does not answer, whose stores are opened when somebody asks for them, and of what
 *   is found of these then
 */
export async function openInclusionStores(
  places: readonly StorePlace[],
  onFault: (error: unknown) => void,
): Promise<InclusionStores> {
  let current = await openStores(places, onFault);
  let isClosed = false;
  return {
    async inclusionFile(manifest, accountId) {
      const used = current;
      used.enter();
      try {
        const store = await used.find(manifest);
        if (store === undefined) return 'no-store';
        const account = await store.findAccount(accountId);
        return account === undefined ? 'no-account' : encodeInclusionFile(await store.inclusionFile(account));
      } finally {
        used.leave();
      }
    },
    async replace(others) {
      const opened = await openStores(others);
      // It may have been told to close while they were opened.
      if (isClosed) return opened.retire();
      const before = current;
      current = opened;
      before.retire();
    },
    close() {
      isClosed = true;
      current.retire();
    },
  };
}
