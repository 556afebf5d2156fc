import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountCount,
  accountId,
  accountIdFault,
  countHolders,
  createLedger,
  entryCount,
  entryUnits,
} from '../src/ledger.js';
import { ledgers } from './arbitraries.js';

const assets = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'ETH', decimals: 8 },
];

describe('createLedger', () => {
  it('keeps every nonzero amount exactly, grouped by account and sorted by asset', () => {
    fc.assert(
      fc.property(ledgers, ({ assets, accounts }) => {
        const ledger = createLedger(
          assets,
          accounts.map(({ id, balances }) => ({
            id,
            balances: balances.map(([asset, units]) => [assets[asset].symbol, units] as const),
          })),
        );
        expect(accounts.map((_, i) => accountId(ledger, i))).toEqual(accounts.map(({ id }) => id));
        expect(accountCount(ledger)).toBe(accounts.length);
        const holders = new Uint32Array(assets.length);
        for (const [account, { balances }] of accounts.entries()) {
          const held = balances.filter(([, units]) => units > 0n).sort(([a], [b]) => a - b);
          const start = ledger.accountStart[account];
          expect(entryCount(ledger, account)).toBe(held.length);
          for (const [i, [asset, units]] of held.entries()) {
            expect(ledger.entryAsset[start + i]).toBe(asset + 1);
            expect(entryUnits(ledger, start + i)).toBe(units);
            expect(ledger.entryLow[start + i]).toBeLessThan(2 ** 40);
            expect(ledger.entryHigh[start + i]).toBeLessThan(2 ** 30);
            holders[asset]++;
          }
        }
        expect(countHolders(ledger)).toEqual(holders);
        expect(ledger.accountStart[accounts.length]).toBe(ledger.entryAsset.length);
      }),
    );
  });

  it.each([
    [[{ id: '', balances: [] }], 'account "": expected an account id that is not empty'],
    [[{ id: 'a', balances: [['XRP', 1n]] }], 'account "a": expected a listed asset, got "XRP"'],
    [[{ id: 'a', balances: [['BTC', 1n << 70n]] }], 'units: expected a value in [0, 2^70)'],
    [[{ id: 'a', balances: [['BTC', -1n]] }], 'units: expected a value in [0, 2^70)'],
    [
      [
        {
          id: 'a',
          balances: [
            ['BTC', 0n],
            ['ETH', 1n],
            ['BTC', 0n],
          ],
        },
      ],
      'account "a": expected each asset once, got BTC twice',
    ],
    [
      [
        { id: 'a', balances: [] },
        { id: 'a', balances: [] },
      ],
      'account "a": expected each account once, got it twice',
    ],
  ] as [{ id: string; balances: [string, bigint][] }[], string][])('refuses accounts (%#)', (accounts, message) => {
    expect(() => createLedger(assets, accounts)).toThrow(message);
  });
});

describe('accountIdFault', () => {
  it('takes 256 bytes of UTF-8 and no more', () => {
    expect(accountIdFault('x'.repeat(256))).toBeUndefined();
    expect(accountIdFault('x'.repeat(257))).toContain('at most 256 bytes');
    expect(accountIdFault('é'.repeat(128))).toBeUndefined();
    expect(accountIdFault('é'.repeat(129))).toContain('at most 256 bytes');
    expect(accountIdFault('\u{1f600}'.repeat(64))).toBeUndefined();
    expect(accountIdFault('\u{1f600}'.repeat(65))).toContain('at most 256 bytes');
  });

  it('refuses half a character', () => {
    expect(accountIdFault('a\ud800')).toContain('whole Unicode characters');
  });
});
