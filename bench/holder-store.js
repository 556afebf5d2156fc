// The holder store at an exchange's size: time to write and to read it, and bytes for each account.
//
//     node bench/holder-store.js [--plain] [--accounts COUNT]… [--postgres SETTINGS] [--out FILE]
//
// With the settings of a PostgreSQL database, the store is loaded there as well, read from there, and removed.
// Rows and digests are random bytes of the right shape, which for a store is no different. Needs a build, and 230 bytes
// of disk for each account in the folder for temporary files. Times are of the processor, but those that say wall.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores } from '@solvent/postgres-store/postgres-stores';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { createStoreWriter, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { accountsOf, idOf, randomSegment, segmentsFor } from './lib/random-store.js';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    postgres: { type: 'string' },
    plain: { type: 'boolean', default: false },
    accounts: { type: 'string', multiple: true, default: ['1000000', '10000000'] },
    out: { type: 'string', default: 'bench/results/holder-store.json' },
  },
});

/** @typedef {import('@solvent/stark-prover/holder-store').HolderStore} HolderStore */
/** @typedef {import('@solvent/stark-prover/store-key').StoreKey} StoreKey */
/** @typedef {{ seconds: number, wall: number }} Timed */

const sampleSize = 5000;

/**
 * Loads a store into a database, reads it there, and removes it.
 * @param {string} settingsFile
 * @param {string} folder
 * @param {StoreKey | undefined} key
 * @param {number} accountCount
 */
async function inDatabase(settingsFile, folder, key, accountCount) {
  const stores = openPostgresStores(readPostgresSettings(settingsFile));
  const name = `bench ${process.pid}`;
  try {
    const loaded = await timed(() => stores.load(name, folder));
    const read = await readStore(async () => openStoreSource(await stores.source(name), { key }), accountCount);
    return { loadedS: round(loaded.wall, 2), ...lookUps(read), listS: round(read.listing.wall, 1) };
  } finally {
    await stores.remove(name).catch(() => {});
    await stores.close();
  }
}

/**
 * Milliseconds for each account of the sample: of the processor in this process, and of the clock.
 * @param {{ finding: Timed, making: Timed }} read
 */
function lookUps({ finding, making }) {
  const eachMs = (/** @type {number} */ seconds) => round((1000 * seconds) / sampleSize, 3);
  return {
    lookUpMs: eachMs(finding.seconds),
    lookUpWallMs: eachMs(finding.wall),
    fileMs: eachMs(making.seconds),
    fileWallMs: eachMs(making.wall),
  };
}

/**
 * Runs some work and gives its result and how long it took, in seconds: of the processor, and of the clock.
 * @template Value
 * @param {() => Value | Promise<Value>} work
 */
async function timed(work) {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const wall = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6, wall };
}

/**
 * @param {string} folder
 * @param {StoreKey | undefined} key
 * @param {number} accountCount
 */
async function writeStore(folder, key, accountCount) {
  const data = randomSegment();
  const segmentCount = segmentsFor(accountCount);
  const writer = await createStoreWriter(folder, { key });
  const rows = await timed(async () => {
    for (let segment = 0; segment < segmentCount; segment++) {
      await writer.addSegment(segment, data, accountsOf(segment, accountCount));
    }
  });
  const finish = await timed(() => writer.finish(randomBytes(32)));
  // What it takes to invent the accounts is no part of storing them.
  const inventing = await timed(() => {
    for (let segment = 0; segment < segmentCount; segment++) for (const _ of accountsOf(segment, accountCount));
  });
  return { segmentCount, seconds: rows.seconds - inventing.seconds, finishSeconds: finish.seconds };
}

/**
 * @param {() => HolderStore | Promise<HolderStore>} open
 * @param {number} accountCount
 */
async function readStore(open, accountCount) {
  const opened = await timed(open);
  const store = opened.value;
  const sample = Array.from({ length: sampleSize }, () => randomBytes(6).readUIntLE(0, 6) % accountCount);
  /** @type {NonNullable<Awaited<ReturnType<HolderStore['findAccount']>>>[]} */
  const places = [];
  const finding = await timed(async () => {
    for (const account of sample) {
      const place = await store.findAccount(idOf(account));
      if (place?.accountId !== idOf(account)) throw new Error(`the account ${idOf(account)} was not found`);
      places.push(place);
    }
  });
  let size = 0;
  const making = await timed(async () => {
    for (const place of places) size += encodeInclusionFile(await store.inclusionFile(place)).length;
  });
  let listed = 0;
  const listing = await timed(async () => {
    for await (const _ of store.accounts()) listed++;
  });
  if (listed !== accountCount) throw new Error(`expected ${accountCount} accounts, got ${listed}`);
  const verifying = await timed(() => store.verify());
  store.close();
  return { opened, finding, making, listing, verifying, fileSize: size / sampleSize };
}

/** @param {number} accountCount */
async function measure(accountCount) {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-'));
  try {
    const key = values.plain ? undefined : parseStoreKey(randomBytes(32).toString('hex'));
    const written = await writeStore(folder, key, accountCount);
    const sizeOf = (/** @type {string} */ name) => statSync(join(folder, name)).size;
    const size = readdirSync(folder).reduce((sum, name) => sum + sizeOf(name), 0);
    const read = await readStore(() => openHolderStore(folder, { key }), accountCount);
    if (values.postgres) {
      databases.push({ accounts: accountCount, ...(await inDatabase(values.postgres, folder, key, accountCount)) });
    }
    return {
      accounts: accountCount,
      segments: written.segmentCount,
      MB: round(size / 1e6, 0),
      'bytes/account': round(size / accountCount),
      'index bytes/account': round(sizeOf('accounts.idx') / accountCount),
      writeS: round(written.seconds, 2),
      'MB/s': round(size / 1e6 / written.seconds, 0),
      indexS: round(written.finishSeconds, 2),
      ...lookUps(read),
      fileBytes: round(read.fileSize, 0),
      listS: round(read.listing.seconds, 2),
      verifyS: round(read.verifying.seconds, 2),
      MiB: round(process.resourceUsage().maxRSS / 1024, 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const results = [];
/** @type {Record<string, unknown>[]} */
const databases = [];
for (const count of values.accounts) results.push(await measure(Number(count)));
printTable(`The holder store, ${values.plain ? 'plain' : 'encrypted'}: seconds of processor time`, results);
if (databases.length > 0) printTable('In PostgreSQL: loaded and listed in seconds of the clock', databases);
writeResults(values.out, { holderStore: results, ...(databases.length > 0 && { inPostgres: databases }) });
