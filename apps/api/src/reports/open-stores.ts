/** Private stores that were opened together, and are closed together when the last request that uses them has ended. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import { type HolderStore, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { StoreUnavailableError } from '@solvent/stark-prover/store-error';
import { readStoreKey, type StoreKey } from '@solvent/stark-prover/store-key';
import type { StorePlace } from '../config.js';

/** Private stores that are open, and places of others that wait for their database. */
export interface OpenStores {
  /**
   * The store of the report with this manifest, undefined for none. To be asked between `enter` and `leave`.
   *
   * @throws what a store that is still to be opened cannot be opened for, where it may be this one: while a database does
   *   not answer, a StoreUnavailableError
   */
  find(manifest: string): Promise<HolderStore | undefined>;
  enter(): void;
  leave(): void;
  retire(): void;
}

/**
 * Opens all stores. Throws a StoreError, or a system error, for one that cannot be opened.
 *
 * @param onFault told of a database that does not answer, whose stores are then opened when somebody asks for them, and of
 *   what is found of these then, unless it is what `find` throws; where this is not given, stores wait for nothing
 */
export async function openStores(
  places: readonly StorePlace[],
  onFault?: (error: unknown) => void,
): Promise<OpenStores> {
  // Each key is read once, before anything waits: it may come by a pipe, and that it is missing is found out now.
  const waiting = new Map(places.map((place) => [place, readKey(place)]));
  const stores = new Map<string, HolderStore>();
  const databases = new Map<string, PostgresStores>();
  let isClosed = false;
  // Whoever asks late, such as one whose connection was cut at the end, must not close them again.
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    for (const store of stores.values()) store.close();
    for (const database of databases.values()) void database.close();
  };

  // Opens those that wait, and gives what kept the others from it. Of a database that does not answer only one is tried.
  const openWaiting = async (): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const away = new Set<string>();
    for (const [place, key] of waiting) {
      if ('postgres' in place && away.has(place.postgres)) continue;
      try {
        const store = await openStore(place, key, databases);
        waiting.delete(place);
        const manifest = bytesToHex(store.manifestDigest);
        // Two places of one report: either will do, and the one that is there may be in use.
        if (stores.has(manifest)) store.close();
        else stores.set(manifest, store);
      } catch (error) {
        faults.push(error);
        if ('postgres' in place && isAway(error)) away.add(place.postgres);
      }
    }
    return faults;
  };

  for (const fault of await openWaiting()) {
    if (onFault !== undefined && isAway(fault)) onFault(fault);
    else {
      close();
      throw fault;
    }
  }

  // What keeps somebody from a store that may be the one asked for: if any may be there soon, that.
  const tryAgain = async (): Promise<unknown> => {
    const faults = await openWaiting();
    const told = faults.find(isAway) ?? faults[0];
    for (const fault of faults) if (fault !== told) onFault?.(fault);
    return told;
  };

  let opening: Promise<unknown> | undefined;
  let users = 0;
  let isRetired = false;
  return {
    async find(manifest) {
      if (!stores.has(manifest) && waiting.size > 0) {
        opening ??= tryAgain().finally(() => {
          opening = undefined;
        });
        const fault = await opening;
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

const isAway = (error: unknown) => error instanceof StoreUnavailableError;

const readKey = ({ keyFile }: StorePlace) => (keyFile === undefined ? undefined : readStoreKey(keyFile));

async function openStore(
  place: StorePlace,
  key: StoreKey | undefined,
  databases: Map<string, PostgresStores>,
): Promise<HolderStore> {
  if ('folder' in place) return openHolderStore(place.folder, { key });
  const { postgres, store } = place;
  const database = databases.get(postgres) ?? openPostgresStores(readPostgresSettings(postgres));
  databases.set(postgres, database);
  return openStoreSource(await database.source(store), { key });
}
