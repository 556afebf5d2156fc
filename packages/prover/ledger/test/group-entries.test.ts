import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DuplicateBalance } from '../src/group-entries.js';
import { createLedger, entryUnits } from '../src/ledger.js';
import { createLedgerBuilder } from '../src/ledger-builder.js';
import { numberedAssets } from './random-ledgers.js';

interface Balance {
  readonly account: number;
  readonly asset: number;
  readonly low: number;
}

const accountCount = 5;
const assetCount = 60;

// Few accounts, so that some have very many balances and others none.
const balances: fc.Arbitrary<Balance[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: accountCount * assetCount - 1 }), { maxLength: 250, size: 'max' })
  .chain((places) =>
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: places.length, maxLength: places.length }).map((lows) =>
      places.map((place, i) => ({
        account: place % accountCount,
        asset: 1 + Math.floor(place / accountCount),
        low: lows[i],
      })),
    ),
  );

function build(list: readonly Balance[]) {
  const builder = createLedgerBuilder(numberedAssets(assetCount));
  for (let account = 0; account < accountCount; account++) builder.accounts.add(Uint8Array.of(65 + account), 0, 1);
  for (const { account, asset, low } of list) builder.addEntry(account, asset, low, 0);
  return builder.build((duplicate) => Object.assign(new Error('twice'), duplicate));
}

describe('a ledger', () => {
  it('has its entries by account and asset, whatever the order of arrival (property)', () => {
    fc.assert(
      fc.property(balances, (list) => {
        const ledger = build(list);
        const sorted = list.filter(({ low }) => low > 0).sort((a, b) => a.account - b.account || a.asset - b.asset);
        expect([...ledger.entryAsset]).toEqual(sorted.map(({ asset }) => asset));
        expect([...ledger.entryLow]).toEqual(sorted.map(({ low }) => low));
        const starts = Array.from({ length: accountCount + 1 }, (_, i) => sorted.filter((b) => b.account < i).length);
        expect([...ledger.accountStart]).toEqual(starts);
      }),
    );
  });

  it('is refused for the first second balance by order of arrival (property)', () => {
    const repeated = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(balances, repeated, (list, repetitions) => {
        if (list.length === 0) return;
        const all = list.slice();
        for (const [what, where] of repetitions) all.splice(where % (all.length + 1), 0, all[what % all.length]);
        const isSame = (a: Balance, b: Balance) => a.account === b.account && a.asset === b.asset;
        const second = all.findIndex((balance, i) => all.findIndex((other) => isSame(balance, other)) < i);
        const first = all.findIndex((other) => isSame(all[second], other));
        const { account, asset } = all[second];
        const duplicate: DuplicateBalance = { account, asset, first, second };
        expect(() => build(all)).toThrow(expect.objectContaining(duplicate));
      }),
    );
  });

  it('keeps more entries than fit into the first block', () => {
    const assets = numberedAssets(3);
    const accounts = Array.from({ length: 4000 }, (_, i) => ({
      id: `user-${i}`,
      balances: assets.map(({ symbol }, asset) => [symbol, BigInt(3 * i + asset + 1)] as const),
    }));
    const ledger = createLedger(assets, accounts);
    const entries = Array.from({ length: 12_000 }, (_, entry) => entry);
    expect(entries.map((entry) => entryUnits(ledger, entry))).toEqual(entries.map((entry) => BigInt(entry + 1)));
    expect([...ledger.entryAsset]).toEqual(entries.map((entry) => 1 + (entry % 3)));
  });
});
