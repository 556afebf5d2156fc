import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { describe, expect, test } from 'vitest';
import { findTokenFault } from '../src/check-tokens.js';
import { planQueries } from '../src/plan-queries.js';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const canonical = address.toLowerCase();
const usdt = { network: 'ethereum', token: `0x${'aa'.repeat(20)}`, asset: 'USDT', decimals: 6 };
const old = { ...usdt, token: `0x${'bb'.repeat(20)}` };
const wrapped = { network: 'ethereum', token: `0x${'cc'.repeat(20)}`, asset: 'ETH', decimals: 18 };

function plan(rows: string[], tokens = [usdt]) {
  const header = 'coin,network,height,address,amount,message,signature1,script';
  const list = readWalletList(`${header}\n${rows.map((row) => `${row},0,,,`).join('\n')}\n`);
  if (!list.ok) throw new Error(list.found);
  const known = new Set(['ethereum', 'bitcoin', 'arbitrum']);
  const { queries, leftOut } = planQueries(list.rows, {
    tokens,
    blocks: known,
    sources: new Set(['ethereum', 'tron', 'arbitrum']),
  });
  const asked = queries.map(({ network, address: of, token, decimals }) => [network.id, of, token, decimals]);
  return { asked, leftOut };
}

describe('what a wallet list asks for', () => {
  test('is each address once, whatever its spelling and however many rows name it', () => {
    const rows = [address, canonical, address].flatMap((one) => [`ETH,ethereum,1,${one}`, `USDT,ethereum,1,${one}`]);
    expect(plan(rows)).toEqual({
      asked: [
        ['ethereum', canonical, null, 18],
        ['ethereum', canonical, usdt.token, 6],
      ],
      leftOut: [],
    });
  });

  test('is every token that counts as the asset of the row, and no other', () => {
    const tokens = [usdt, old, wrapped, { ...usdt, asset: 'USDC', token: `0x${'dd'.repeat(20)}` }];
    const { asked } = plan([`USDT,ethereum,1,${address}`, `ETH,ethereum,1,${canonical.replace('d8', 'd9')}`], tokens);
    expect(asked.map(([, , token]) => token)).toEqual([usdt.token, old.token, null, wrapped.token]);
  });

  test("is a network's own asset that is at home elsewhere only where a mapping says that it counts", () => {
    const row = [`ETH,arbitrum,1,${address}`];
    const bridged = { network: 'arbitrum', token: 'native', asset: 'ETH', decimals: 18 };
    expect(plan(row, [bridged]).asked).toEqual([['arbitrum', canonical, null, 18]]);
    const token = { ...bridged, token: wrapped.token };
    expect(plan(row, [bridged, token]).asked).toEqual([
      ['arbitrum', canonical, null, 18],
      ['arbitrum', canonical, wrapped.token, 18],
    ]);
    for (const tokens of [[], [token], [{ ...bridged, network: 'optimism' }]]) {
      expect(plan(row, tokens)).toEqual({
        asked: [],
        leftOut: [{ line: 2, reason: expect.stringContaining('ETH of arbitrum is at home elsewhere') }],
      });
    }
  });

  test.each([
    ['NOSUCH,ethereum', address, 'expected a coin of the table'],
    ['ETH,ethereum', '0x12', 'expected 0x and 40 hexadecimal digits'],
    ['USDC,ethereum', address, 'no token of ethereum counts as USDC'],
    ['BTC,bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'no source for bitcoin'],
    ['TRX,tron', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8', 'the snapshot names no block of tron'],
  ])('leaves out %s %s, and says why', (coin, one, reason) => {
    expect(plan([`${coin},1,${one}`])).toEqual({
      asked: [],
      leftOut: [{ line: 2, reason: expect.stringContaining(reason) }],
    });
  });
});

test.each([
  [[usdt, wrapped], undefined],
  [[usdt, usdt], 'expected each token once'],
  [[{ ...usdt, token: usdt.token.toUpperCase().replace('0X', '0x') }], 'is not how a token is written'],
  [[{ ...usdt, network: 'ether' }], 'no network has the id'],
  [[{ ...usdt, network: 'bitcoin' }], 'is not how a token is written'],
  [[{ ...usdt, token: `0x${'ee'.repeat(20)}` }], 'is its own asset ETH under another name'],
  [[{ network: 'arbitrum', token: 'native', asset: 'ETH', decimals: 18 }], undefined],
  [
    [{ network: 'arbitrum', token: 'native', asset: 'ETH', decimals: 8 }],
    'expected its own asset as ETH with 18 decimals',
  ],
  [
    [
      '0x2b3be0a97a73c87ff62cbdd36837a9fb5bbd1d7f06a73b7ed62ec15c5326c1b8',
      '0xf22bede237a07e121b56d91a491eb7bcdfd1f5907926a9e58338f964a01b17fa::asset::USDC',
    ].map((token) => ({ network: 'aptos', token, asset: 'USDC', decimals: 6 })),
    'are one token',
  ],
])('a mapping of tokens is what a report can have', (tokens, fault) => {
  const found = findTokenFault(tokens);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});
