import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeRoot } from '@solvent/commitment/merkle';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { seededRandom } from '@solvent/ledger/testing';
import { toyPreset } from '@solvent/stark/preset';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { type HolderData, holderDataSource } from '@solvent/stark-prover/holder-data';
import { createStoreWriter, openHolderStore } from '@solvent/stark-prover/holder-store';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { proveSegment } from '@solvent/stark-prover/prove';
import { parseStoreKey, type StoreKey } from '@solvent/stark-prover/store-key';
import { inSharedMemory, syntheticSegment } from '@solvent/stark-prover/testing';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const rowCount = 2048;
const folder = temporaryFolder();
const key = parseStoreKey('ab'.repeat(32));
const otherKey = parseStoreKey('cd'.repeat(32));
const manifest = new Uint8Array(32).fill(7);
const random = seededRandom('store');
const segments = [syntheticSegment(rowCount, random), syntheticSegment(rowCount, random)];

let count = 0;
const freshFolder = () => join(folder, `store-${count++}`);

function accountsOf(segment: number, ids: readonly string[]): StoredAccount[] {
  const rows = (i: number) => [10 + i, 10 + i + rowCount / 8, 900 + i];
  return ids.map((accountId, i) => ({ accountId, nonce: randomBytes(32), segment, rows: rows(i) })).map(plainNonce);
}

// Equality of arrays minds their class.
function plainNonce(account: StoredAccount): StoredAccount {
  return { ...account, nonce: new Uint8Array(account.nonce) };
}

const firstAccounts = accountsOf(0, ['alice', ' ', '../x', 'ünïcode 🎉', 'x'.repeat(256)]);
const secondAccounts = accountsOf(1, ['Alice', 'alicE', 'bob']);

async function writeStore(storeKey: StoreKey | undefined, data: readonly HolderData[] = segments): Promise<string> {
  const store = freshFolder();
  const writer = await createStoreWriter(store, { key: storeKey });
  await writer.addSegment(0, data[0], firstAccounts);
  await writer.addSegment(1, data[1], secondAccounts.values());
  await writer.finish(manifest);
  return store;
}

async function verifyStore(store: string, storeKey: StoreKey | undefined): Promise<void> {
  const opened = await openHolderStore(store, { key: storeKey });
  try {
    await opened.verify();
  } finally {
    opened.close();
  }
}

/** A segment with one asset of which nobody holds any. */
function proveEmptyTable(): HolderData {
  const columns = Array.from({ length: 32 }, () => new Uint32Array(rowCount));
  columns[0][0] = 1;
  columns[8][0] = 1;
  const context = {
    exchange: 'E',
    reportId: 'R',
    snapshotTime: '2026-01-01T00:00:00Z',
    previousManifest: new Uint8Array(0),
  };
  const assets = [{ symbol: 'BTC', decimals: 8 }];
  const statement = { context, segment: 0, segmentCount: 1, rowCount, assets, totals: [0n] };
  const options = { preset: toyPreset, engine: createTypeScriptEngine(), random };
  return proveSegment({ statement, columns, tags: new Uint8Array(32 * rowCount) }, options).holderData;
}

describe.each([
  ['encrypted', key],
  ['plain', undefined],
])('a holder store, %s', (_, storeKey) => {
  it('gives the same inclusion files as the data in memory, for every account and for no other', async () => {
    const data = [proveEmptyTable(), segments[1]];
    const store = await openHolderStore(await writeStore(storeKey, data), { key: storeKey });
    expect(store.manifestDigest).toEqual(manifest);
    const accounts = [...firstAccounts, ...secondAccounts];
    expect(store.accountCount).toBe(accounts.length);
    for (const account of accounts) {
      expect(await store.findAccount(account.accountId)).toEqual(account);
      const expected = createInclusionFile(holderDataSource(data[account.segment]), { ...account, manifest });
      expect(await store.inclusionFile(account)).toEqual(expected);
    }
    for (const id of ['', 'ALICE', 'alice ', 'x'.repeat(255)]) expect(await store.findAccount(id)).toBeUndefined();
    const listed: StoredAccount[] = [];
    for await (const account of store.accounts()) listed.push(account);
    expect(listed).toEqual(accounts);
    store.close();
  });

  it('opens every row that an account can have', async () => {
    const store = await openHolderStore(await writeStore(storeKey), { key: storeKey });
    for (let row = 0; row < rowCount - 512; row += 37) {
      const place = { nonce: manifest, segment: 1, rows: [row, rowCount - 513] };
      const expected = createInclusionFile(holderDataSource(segments[1]), { ...place, manifest });
      expect(await store.inclusionFile({ ...place, accountId: 'any' })).toEqual(expected);
    }
    const randomRow = { accountId: 'any', nonce: manifest, segment: 1, rows: [rowCount - 512] };
    await expect(store.inclusionFile(randomRow)).rejects.toThrow('before the random zone');
    store.close();
  });

  it('takes data in shared memory', async () => {
    const fromShared = await openHolderStore(await writeStore(storeKey, segments.map(inSharedMemory)), {
      key: storeKey,
    });
    const expected = createInclusionFile(holderDataSource(segments[0]), { ...firstAccounts[0], manifest });
    expect(await fromShared.inclusionFile(firstAccounts[0])).toEqual(expected);
    fromShared.close();
  });

  it('finds a changed byte anywhere in any of its files', async () => {
    const store = await writeStore(storeKey);
    for (const name of readdirSync(store)) {
      const path = join(store, name);
      const bytes = readFileSync(path);
      const edges = [0, 15, 16, 20, 24, 32, 64, 16319, 16320, 16352, 16383, 16384, bytes.length - 17, bytes.length - 1];
      const drawn = Array.from({ length: 60 }, () => randomBytes(6).readUIntLE(0, 6) % bytes.length);
      for (const position of [...edges, ...drawn]) {
        const changed = Buffer.from(bytes);
        changed[position] ^= 1 + (randomBytes(1)[0] % 255);
        writeFileSync(path, changed);
        await expect(verifyStore(store, storeKey)).rejects.toThrow(path);
      }
      writeFileSync(path, bytes.subarray(0, -1));
      await expect(verifyStore(store, storeKey)).rejects.toThrow(path);
      writeFileSync(path, bytes);
    }
    await verifyStore(store, storeKey);
  });

  it('does not take files of other segments or of other stores with the same key', async () => {
    const store = await writeStore(storeKey);
    const other = await writeStore(storeKey);
    for (const name of ['segment-0000.bin', 'accounts.idx']) {
      const mixed = freshFolder();
      cpSync(store, mixed, { recursive: true });
      cpSync(join(other, name), join(mixed, name));
      await expect(verifyStore(mixed, storeKey)).rejects.toThrow(`${name}: expected the file that this store`);
    }
    renameSync(join(other, 'segment-0000.bin'), join(other, 'x'));
    renameSync(join(other, 'segment-0001.bin'), join(other, 'segment-0000.bin'));
    renameSync(join(other, 'x'), join(other, 'segment-0001.bin'));
    await expect(verifyStore(other, storeKey)).rejects.toThrow('segment-0000.bin');
  });

  it('is for its owner alone', async () => {
    const store = await writeStore(storeKey);
    expect(statSync(store).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(store)) expect(statSync(join(store, name)).mode & 0o777).toBe(0o600);
  });
});

describe('the key of a holder store', () => {
  it('must be the one that it was written with', async () => {
    const encrypted = await writeStore(key);
    await expect(openHolderStore(encrypted, { key: otherKey })).rejects.toThrow('the key does not open this store');
    await expect(openHolderStore(encrypted, { key: undefined })).rejects.toThrow('there is no key');
    await expect(openHolderStore(await writeStore(undefined), { key })).rejects.toThrow('not encrypted');
  });

  it('hides ids, salts and the manifest', async () => {
    const files = (store: string) => readdirSync(store).map((name) => readFileSync(join(store, name)));
    const secrets = ['alice', 'x'.repeat(100), segments[0].rows.salts.subarray(0, 32), 'manifest'].map((secret) =>
      Buffer.from(secret as string),
    );
    const encrypted = files(await writeStore(key));
    const plain = files(await writeStore(undefined));
    for (const secret of secrets) {
      expect(plain.some((bytes) => bytes.includes(secret))).toBe(true);
      expect(encrypted.some((bytes) => bytes.includes(secret))).toBe(false);
    }
  });
});

describe('a holder store that is not finished', () => {
  it('cannot be opened, and says why', async () => {
    const store = freshFolder();
    await expect(openHolderStore(store, { key })).rejects.toThrow('store.bin, written last, is not there');
    const writer = await createStoreWriter(store, { key });
    await writer.addSegment(0, segments[0], firstAccounts);
    await expect(openHolderStore(store, { key })).rejects.toThrow('expected a finished store, got none');
  });

  it('is continued by another run, which keeps whole segments only', async () => {
    const store = freshFolder();
    const interrupted = await createStoreWriter(store, { key });
    await interrupted.addSegment(0, segments[0], firstAccounts);
    writeFileSync(join(store, 'segment-0001.bin.partial'), 'of a run that was killed');

    const writer = await createStoreWriter(store, { key });
    expect(existsSync(join(store, 'segment-0001.bin.partial'))).toBe(false);
    expect(await writer.findSegment(0)).toEqual({
      rowCount,
      accountCount: firstAccounts.length,
      accountsRoot: treeRoot(segments[0].rows.tree),
    });
    expect(await writer.findSegment(1)).toBeUndefined();
    await expect(writer.addSegment(0, segments[0], firstAccounts)).rejects.toThrow('expected no such file, got one');
    await writer.addSegment(1, segments[0], accountsOf(1, ['of an attempt that is not kept']));
    await writer.removeSegment(1);
    await writer.addSegment(1, segments[1], secondAccounts);
    await writer.finish(manifest);

    const opened = await openHolderStore(store, { key });
    expect(await opened.findAccount('bob')).toEqual(secondAccounts[2]);
    expect(await opened.findAccount('alice')).toEqual(firstAccounts[0]);
    opened.close();
    await expect(createStoreWriter(store, { key })).rejects.toThrow('expected no finished store, got one');
  });

  it('is not continued with another key, or over damage', async () => {
    const store = freshFolder();
    await (await createStoreWriter(store, { key })).addSegment(0, segments[0], firstAccounts);
    const other = await createStoreWriter(store, { key: otherKey });
    await expect(other.findSegment(0)).rejects.toThrow('the key does not open this store');
    await expect(other.finish(manifest)).rejects.toThrow('the key does not open this store');
    const path = join(store, 'segment-0000.bin');
    const bytes = readFileSync(path);
    bytes[100_000] ^= 1;
    writeFileSync(path, bytes);
    const writer = await createStoreWriter(store, { key });
    await expect(writer.findSegment(0)).rejects.toThrow(/segment-0000\.bin: page \d+ is damaged/);
    expect(existsSync(join(store, 'store.bin'))).toBe(false);
  });

  it('leaves nothing of a segment that fails', async () => {
    const store = freshFolder();
    const writer = await createStoreWriter(store, { key });
    const stopping = function* () {
      yield firstAccounts[0];
      throw new Error('disk full');
    };
    await expect(writer.addSegment(0, segments[0], stopping())).rejects.toThrow('disk full');
    const stale = { ...segments[0], isCurrent: () => false };
    await expect(writer.addSegment(0, stale, firstAccounts)).rejects.toThrow('another segment');
    await expect(writer.addSegment(0, segments[0], secondAccounts)).rejects.toThrow('got one of segment 1');
    expect(readdirSync(store)).toEqual([]);
    await expect(writer.finish(manifest)).rejects.toThrow('expected a segment, got none');
  });

  it('is not finished without a segment, or with an id twice', async () => {
    const store = freshFolder();
    mkdirSync(store);
    const writer = await createStoreWriter(store, { key });
    await writer.addSegment(1, segments[1], secondAccounts);
    await expect(writer.finish(manifest)).rejects.toThrow('expected segment 0, got none');
    await writer.addSegment(0, segments[0], accountsOf(0, ['carol', 'bob']));
    await expect(writer.finish(manifest)).rejects.toThrow('got one in segment 0 and in 1');
    expect(existsSync(join(store, 'store.bin'))).toBe(false);
  });
});
