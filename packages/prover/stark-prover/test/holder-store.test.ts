import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { seededRandom } from '@solvent/ledger/testing';
import { toyPreset } from '@solvent/stark/preset';
import { holderDataSource } from '@solvent/stark-prover/holder-data';
import { createStoreWriter, openHolderStore, type StoredAccount } from '@solvent/stark-prover/holder-store';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { proveSegment } from '@solvent/stark-prover/prove';
import { afterAll, describe, expect, it } from 'vitest';

const rowCount = 2048;
const folder = mkdtempSync(join(tmpdir(), 'solvent-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A segment with one asset of which nobody holds any. */
function proveEmptyTable() {
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
  const options = { preset: toyPreset, engine: createTypeScriptEngine(), random: seededRandom('store') };
  return proveSegment({ statement, columns, tags: new Uint8Array(32 * rowCount) }, options).holderData;
}

describe('the holder store', () => {
  const accounts: StoredAccount[] = ['alice', '', '../x', 'ünïcode 🎉', 'x'.repeat(256)].map((accountId, i) => ({
    accountId,
    nonce: new Uint8Array(32).fill(i),
    segment: 0,
    rows: [10 + i, 10 + i + rowCount / 8],
  }));
  const manifest = new Uint8Array(32).fill(7);

  it('gives the same inclusion files as the data in memory, for every account and for no other', async () => {
    const data = proveEmptyTable();
    const writer = await createStoreWriter(folder);
    await writer.addSegment(0, data);
    await writer.addAccounts(accounts.slice(0, 2));
    await writer.addAccounts(accounts.slice(2));
    await writer.finish(manifest);

    const store = await openHolderStore(folder);
    expect(store.manifestDigest).toEqual(manifest);
    expect(store.accountCount).toBe(accounts.length);
    for (const account of accounts) {
      expect(await store.findAccount(account.accountId)).toEqual(account);
      const expected = createInclusionFile(holderDataSource(data), { ...account, manifest });
      expect(await store.inclusionFile(account)).toEqual(expected);
    }
    expect(await store.findAccount('bob')).toBeUndefined();
    const listed: StoredAccount[] = [];
    for await (const account of store.accounts()) listed.push(account);
    expect(listed).toEqual(accounts);
    store.close();
  });

  it('is readable by its owner alone', () => {
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('refuses a folder that is not a finished store', async () => {
    await expect(openHolderStore(tmpdir())).rejects.toThrow('store.json');
  });
});
