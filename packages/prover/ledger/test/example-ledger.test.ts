import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { amountBound } from '@solvent/report-format/amounts';
import { parseAssetsJson } from '@solvent/report-format/assets';
import { describe, expect, it } from 'vitest';
import {
  exampleAccountCount,
  exampleAccounts,
  exampleAssets,
  exampleSeed,
  writeExampleLedger,
} from '../src/example-ledger.js';
import { accountCount, countHolders, createLedger, entryCount, entryUnits } from '../src/ledger.js';
import { accountRowCount, planSegments } from '../src/plan-segments.js';
import { readLedger } from '../src/read-ledger.js';
import { seededRandom } from '../src/testing.js';
import { temporaryFile } from './temporary-files.js';

describe('writeExampleLedger', () => {
  it('writes files that read back as the accounts', async () => {
    const accountsFile = temporaryFile('example.csv');
    const assetsFile = temporaryFile('assets.json');
    await writeExampleLedger({ accountsFile, assetsFile, count: 5000 });
    const assets = parseAssetsJson(readFileSync(assetsFile, 'utf8'));
    expect(assets).toEqual(exampleAssets);
    const read = await readLedger(accountsFile, assets);
    expect(read).toEqual(createLedger(exampleAssets, exampleAccounts(exampleSeed, 5000)));
  });

  it('writes the larger exchange in the same way, over several blocks', async () => {
    const accountsFile = temporaryFile('exchange.csv');
    const count = 30_000;
    await writeExampleLedger({ accountsFile, assetsFile: temporaryFile('exchange.json'), count, profile: 'exchange' });
    const read = await readLedger(accountsFile, exampleAssets);
    expect(read).toEqual(createLedger(exampleAssets, exampleAccounts(exampleSeed, count, 'exchange')));
    expect(statSync(accountsFile).size).toBeGreaterThan(2 << 20);
  });

  it.each([
    ['demonstration', '32315eee66c5572b008358b8ae1a509ecf7dc1c5a2380cc53fd65c92cabe78ff'],
    ['exchange', 'bf35ef52bb63e2073e8b3f7efa9f7f302efa76c7ae7d20f6881f8411e6e64481'],
  ] as const)('writes the same bytes on every machine (%s)', async (profile, digest) => {
    const accountsFile = temporaryFile('pinned.csv');
    const assetsFile = temporaryFile('pinned.json');
    await writeExampleLedger({ accountsFile, assetsFile, count: 1000, seed: 'pinned', profile });
    expect(createHash('sha256').update(readFileSync(accountsFile)).digest('hex')).toBe(digest);
  });
});

describe('exampleAccounts', () => {
  it('begin the same however many there are, and differ with the seed', () => {
    for (const profile of ['demonstration', 'exchange'] as const) {
      const list = (seed: string, count: number) => [...exampleAccounts(seed, count, profile)];
      expect(list('a', 300).slice(0, 100)).toEqual(list('a', 100));
      expect(list('a', 100)).not.toEqual(list('b', 100));
    }
  });

  it('are an exchange in full size: 22 assets, 2^17 rows, dust and whales, accounts with many assets and with none', () => {
    const ledger = createLedger(exampleAssets, exampleAccounts(exampleSeed, exampleAccountCount));
    expect(accountCount(ledger)).toBe(120_804);
    expect(ledger.assets).toHaveLength(22);
    const accounts = [...Array(accountCount(ledger)).keys()];
    const share = (wanted: (entries: number) => boolean) =>
      accounts.filter((account) => wanted(entryCount(ledger, account))).length / accounts.length;
    expect(share((entries) => entries >= 1 && entries <= 4)).toBeGreaterThan(0.88);
    expect(share((entries) => entries === 0)).toBeGreaterThan(0.04);
    expect(share((entries) => entries > 8)).toBeGreaterThan(0.004);
    expect(share((entries) => entries === 22)).toBeGreaterThan(0);
    expect(Math.min(...countHolders(ledger))).toBeGreaterThan(100);

    const rows = accounts.reduce((sum, account) => sum + accountRowCount(ledger, account), 0);
    expect(rows).toBeLessThanOrEqual(2 ** 17 - 1024 - 11);
    expect(planSegments(ledger, seededRandom('')).segments.map(({ rowCount }) => rowCount)).toEqual([2 ** 17]);

    const units = ledger.entryAsset.reduce((list, asset, entry) => {
      if (exampleAssets[asset - 1].symbol === 'BTC') list.push(entryUnits(ledger, entry));
      return list;
    }, [] as bigint[]);
    expect(units.filter((value) => value <= 1000n).length / units.length).toBeGreaterThan(0.1);
    expect(units.filter((value) => value > 100n * 10n ** 8n).length).toBeGreaterThan(3);
    const total = units.reduce((sum, value) => sum + value, 0n) / 10n ** 8n;
    expect(total).toBeGreaterThan(500n);
    expect(total).toBeLessThan(100_000n);
    expect(units.every((value) => value > 0n && value < amountBound)).toBe(true);
  });

  it('of the larger exchange have 3 balances each on average, and 1.144 rows', () => {
    const ledger = createLedger(exampleAssets, exampleAccounts(exampleSeed, 100_000, 'exchange'));
    expect(Math.abs(ledger.entryAsset.length / 100_000 - 3)).toBeLessThan(0.03);
    const rows = Array.from({ length: 100_000 }, (_, account) => accountRowCount(ledger, account));
    expect(Math.abs(rows.reduce((sum, count) => sum + count) / 100_000 - 1.144)).toBeLessThan(0.01);
    const held = Array.from({ length: 100_000 }, (_, account) => entryCount(ledger, account));
    expect(held.filter((count) => count === 0).length).toBeGreaterThan(5000);
    expect(held).toContain(22);

    const btc = exampleAssets.findIndex(({ symbol }) => symbol === 'BTC') + 1;
    const units = [...ledger.entryLow]
      .map((_, entry) => (ledger.entryAsset[entry] === btc ? Number(entryUnits(ledger, entry)) : 0))
      .filter((value) => value > 0)
      .sort((a, b) => a - b);
    expect(units[0]).toBeLessThan(10);
    expect(units.at(-1)).toBeGreaterThan(1e10);
    const median = units[Math.floor(units.length / 2)];
    expect(median).toBeGreaterThan(0.004e8 / 2);
    expect(median).toBeLessThan(0.004e8);
  });
});
