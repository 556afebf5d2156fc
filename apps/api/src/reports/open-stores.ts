/** Private stores that were opened together, and are closed together when the last request that uses them has ended. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import { type HolderStore, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { StoreUnavailableError } from '@solvent/stark-prover/store-error';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import type { StorePlace } from '../config.js';

/** Private stores that are open, and places of others that wait for their database. */
export interface OpenStores {
  /**
   * The store of the report with this manifest, undefined for none. To be asked between `enter` and `leave`.
   *
   * @throws what a store that is still to be opened cannot be opened for, where it may be this one: while its database
   *   does not answer, a StoreUnavailableError
   */
  find(manifest: string): Promise<HolderStore | undefined>;
  enter(): void;
  leave(): void;
  retire(): void;
}

/**
 * Opens all stores. Throws a StoreError, or a system error, for one that cannot be opened.
 *
 * @param onAway told of a database that does not answer, whose stores are then opened when somebody asks for them; unless
 *   given, that is thrown as well
 */
export async function openStores(
  places: readonly StorePlace[],
  onAway?: (error: StoreUnavailableError) => void,
): Promise<OpenStores> {
  const stores = new Map<string, HolderStore>();
  const databases = new Map<string, PostgresStores>();
  const waiting = new Set(places);
  const close = () => {
    for (const store of stores.values()) store.close();
    for (const database of databases.values()) void database.close();
  };

  // Opens those that wait, and gives what kept the others from it. Of a database that does not answer only one is tried.
  const openWaiting = async (): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const away = new Set<string>();
    for (const place of waiting) {
      if ('postgres' in place && away.has(place.postgres)) continue;
      try {
        const store = await openStore(place, databases);
        waiting.delete(place);
        const manifest = bytesToHex(store.manifestDigest);
        // Two places of one report: either will do, and the one that is there may be in use.
        if (stores.has(manifest)) store.close();
        else stores.set(manifest, store);
      } catch (error) {
        faults.push(error);
        if ('postgres' in place && error instanceof StoreUnavailableError) away.add(place.postgres);
      }
    }
    return faults;
  };

  for (const fault of await openWaiting()) {
    if (onAway !== undefined && fault instanceof StoreUnavailableError) onAway(fault);
    else {
      close();
      throw fault;
    }
  }

  let opening: Promise<unknown[]> | undefined;
  let users = 0;
  let isRetired = false;
  return {
    async find(manifest) {
      if (!stores.has(manifest) && waiting.size > 0) {
        opening ??= openWaiting().finally(() => {
          opening = undefined;
        });
        const [fault] = await opening;
        if (fault !== undefined && !stores.has(manifest)) throw fault;
      }
      return stores.get(manifest);
    },
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
