/** The private stores, open for reading alone, and the inclusion files that are made from them. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { type HolderStore, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import type { StorePlace } from '../config.js';

/** The stores of all reports whose inclusion files can be made. */
export interface InclusionStores {
  /** Of how many reports. */
  readonly count: number;
  /** Whether there is the store of the report with this manifest. */
  has(manifest: string): boolean;
  /**
   * An account's inclusion file, undefined when the account is not in that report.
   *
   * @throws StoreUnavailableError when the store is in a database that does not answer at the moment
   */
  inclusionFile(manifest: string, accountId: string): Promise<Uint8Array | undefined>;
  /** Opens the stores of other places and then uses those; if one cannot be opened, throws and goes on with what it has. */
  replace(places: readonly StorePlace[]): Promise<void>;
  close(): void;
}

/** Opens all stores. Throws a StoreError, or a system error, for the first that cannot be opened. */
export async function openInclusionStores(places: readonly StorePlace[]): Promise<InclusionStores> {
  let current = await openAll(places);
  let isClosed = false;
  return {
    get count() {
      return current.stores.size;
    },
    has: (manifest) => current.stores.has(manifest),
    async inclusionFile(manifest, accountId) {
      const used = current;
      const store = used.stores.get(manifest);
      if (store === undefined) return undefined;
      used.enter();
      try {
        const account = await store.findAccount(accountId);
        return account && encodeInclusionFile(await store.inclusionFile(account));
      } finally {
        used.leave();
      }
    },
    async replace(others) {
      const opened = await openAll(others);
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

/** Stores that were opened together, and are closed together when the last request that uses them has ended. */
interface OpenStores {
  /** By manifest. */
  readonly stores: ReadonlyMap<string, HolderStore>;
  enter(): void;
  leave(): void;
  retire(): void;
}

async function openAll(places: readonly StorePlace[]): Promise<OpenStores> {
  const stores = new Map<string, HolderStore>();
  const databases = new Map<string, PostgresStores>();
  const close = () => {
    for (const store of stores.values()) store.close();
    for (const database of databases.values()) void database.close();
  };
  try {
    for (const place of places) {
      const store = await openStore(place, databases);
      const manifest = bytesToHex(store.manifestDigest);
      stores.get(manifest)?.close();
      stores.set(manifest, store);
    }
  } catch (error) {
    close();
    throw error;
  }
  let users = 0;
  let isRetired = false;
  return {
    stores,
    enter() {
      users++;
    },
    leave() {
      users--;
      if (isRetired && users === 0) close();
    },
    retire() {
      isRetired = true;
      if (users === 0) close();
    },
  };
}

async function openStore(place: StorePlace, databases: Map<string, PostgresStores>): Promise<HolderStore> {
  const key = place.keyFile === undefined ? undefined : readStoreKey(place.keyFile);
  if ('folder' in place) return openHolderStore(place.folder, { key });
  const { postgres, store } = place;
  const database = databases.get(postgres) ?? openPostgresStores(readPostgresSettings(postgres));
  databases.set(postgres, database);
  return openStoreSource(await database.source(store), { key });
}
