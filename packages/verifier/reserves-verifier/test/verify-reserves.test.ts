import { aptosPairedAssetOf } from '@solvent/ownership-verifier/addresses/aptos-address';
import { associatedTokenAddresses } from '@solvent/ownership-verifier/addresses/solana-address';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type ReservesEntry, sortEntries } from '@solvent/report-format/reserves';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JudgedWallet, type ReservesContext, verifyReserves } from '../src/verify-reserves.js';
import { bitcoin, context, tether, tronToken, verify, wallets } from './small-reserves.js';

describe('reserves', () => {
  test('are the sums of the verified wallets, in the finest decimals', () => {
    const verdict = verify([bitcoin('a', '150000000'), tether]);
    expect(verdict).toMatchObject({
      ok: true,
      uncounted: [],
      assets: [
        { asset: 'BTC', total: { units: 150_000_000n, decimals: 8 }, entryCount: 1, tipCount: 0 },
        { asset: 'USDT', total: { units: 7_000_000n, decimals: 6 }, parts: [{ network: 'tron', token: tronToken }] },
      ],
    });
  });

  test('of a wallet that does not verify are shown, and count for nothing', () => {
    const verdict = verify([bitcoin('a', '1'), bitcoin('b', '500')]);
    expect(verdict).toMatchObject({ ok: true, assets: [{ asset: 'BTC', total: { units: 1n } }] });
    expect(verdict.ok && verdict.uncounted).toMatchObject([{ line: 3, verdict: 'unproven', entry: { address: 'b' } }]);
  });

  test('of an address with several rows count once', () => {
    const rows: JudgedWallet[] = [
      ...wallets,
      { ...wallets[0], line: 9 },
      { ...wallets[0], line: 10, verdict: 'unsupported' },
    ];
    expect(verify([bitcoin('a', '11')], {}, rows)).toMatchObject({ ok: true, assets: [{ total: { units: 11n } }] });
  });

  test('at the tip are counted and marked', () => {
    const later: ReservesEntry = { ...bitcoin('a', '3'), at: 'tip', height: 901, blockHash: 'ff' };
    expect(verify([later])).toMatchObject({ ok: true, assets: [{ tipCount: 1 }] });
    const rows: JudgedWallet[] = [...wallets, { ...wallets[0], address: 'c' }];
    const muchLater: ReservesEntry = { ...later, address: 'c', height: 4000 };
    expect(verify([later, muchLater, tether], {}, rows)).toMatchObject({
      tips: [{ network: 'bitcoin', entryCount: 2, from: 901, to: 4000 }],
    });
  });

  test('do not depend on the order in which the balances were asked for', () => {
    const entry = fc.record({ address: fc.constantFrom('a', 'b', 'c'), units: fc.bigInt(0n, 10n ** 30n) });
    const entries = fc.uniqueArray(entry, { selector: ({ address }) => address });
    const rows = ['a', 'b', 'c'].map((address, i): JudgedWallet => ({ ...wallets[0], address, line: i }));
    fc.assert(
      fc.property(entries, (list) => {
        const verdict = verify(
          sortEntries(list.map(({ address, units }) => bitcoin(address, String(units)))),
          {},
          rows,
        );
        const sum = list.reduce((total, { units }) => total + units, 0n);
        expect(verdict).toMatchObject({ ok: true });
        expect(verdict.ok && (verdict.assets[0]?.total.units ?? 0n)).toBe(sum);
      }),
    );
  });

  test.each<[string, readonly ReservesEntry[], Partial<ReservesContext>, string, string]>([
    ['a balance that is there twice', [bitcoin('a', '1'), bitcoin('a', '1')], {}, 'R1', 'entry-order'],
    ['balances out of order', [tether, bitcoin('a', '1')], {}, 'R1', 'entry-order'],
    ['a block of an unknown network', [], { blocks: [{ network: 'nowhere', height: 1, hash: 'ab' }] }, 'R2', 'network'],
    [
      'a network by another name than its id',
      [],
      { blocks: [{ network: 'btc', height: 1, hash: 'ab' }] },
      'R2',
      'network',
    ],
    ['a token of an unknown network', [], { tokens: [{ ...context.tokens[0], network: 'nowhere' }] }, 'R2', 'network'],
    [
      'a token in another spelling',
      [],
      { tokens: [{ ...context.tokens[0], token: tronToken.toLowerCase() }] },
      'R2',
      'token-spelling',
    ],
    [
      'a token on a network without tokens',
      [],
      { tokens: [{ ...context.tokens[0], network: 'bitcoin' }] },
      'R2',
      'token-spelling',
    ],
    ['a balance on an unknown network', [{ ...bitcoin('a', '1'), network: 'nowhere' }], {}, 'R3', 'network'],
    ['a balance without a block', [bitcoin('a', '1')], { blocks: [] }, 'R3', 'snapshot-block'],
    ['a balance of another height', [{ ...bitcoin('a', '1'), height: 901 }], {}, 'R3', 'snapshot-block'],
    [
      'a balance of another block of that height',
      [{ ...bitcoin('a', '1'), blockHash: 'ac' }],
      {},
      'R3',
      'snapshot-block',
    ],
    [
      'a balance at a tip before the snapshot',
      [{ ...bitcoin('a', '1'), at: 'tip', height: 899 }],
      {},
      'R3',
      'snapshot-block',
    ],
    [
      'a balance at the tip of a network whose nodes know the past',
      [{ ...bitcoin('e', '1'), network: 'ethereum', at: 'tip', height: 2301, blockHash: '0xce' }],
      {},
      'R3',
      'snapshot-block',
    ],
    ['a token that counts as nothing', [{ ...tether, token: 'T-other' }], {}, 'R4', 'token-unmapped'],
    ['a wallet that is not on the list', [bitcoin('z', '1')], {}, 'R5', 'wallet-unlisted'],
    ['a wallet that is on the list for another asset', [{ ...tether, token: null }], {}, 'R5', 'wallet-unlisted'],
    ['a wallet that is on the list for another network', [{ ...bitcoin('e', '1') }], {}, 'R5', 'wallet-unlisted'],
  ])('with %s are refused', (_, entries, change, step, code) => {
    expect(verify(entries, change)).toMatchObject({ ok: false, step, code });
  });

  test.each([
    ['polygon', `0x${'1010'.padStart(40, '0')}`],
    ['moonbeam', `0x${'802'.padStart(40, '0')}`],
    ['zksync-era', `0x${'800a'.padStart(40, '0')}`],
    ['celo', '0x471ece3750da237f93b8e339c536989b8978a438'],
    ['metis', '0xdeaddeaddeaddeaddeaddeaddeaddeaddead0000'],
    ['iota-evm', '0x1074010000000000000000000000000000000000'],
    ['ethereum', `0x${'e'.repeat(40)}`],
    ['ethereum', `0x${'0'.repeat(40)}`],
    ['aptos', `0x${'1'.padStart(64, '0')}::aptos_coin::AptosCoin`],
    ['aptos', `0x${'a'.padStart(64, '0')}`],
    ['sui', `0x${'2'.padStart(64, '0')}::sui::SUI`],
    ['evmos', '0xd4949664cd82660aae99bedc034a0dea8a0bd517'],
    ['meter', '0x687a6294d0d6d63e751a059bf1ca68e4ae7b13e2'],
    ['boba', '0x4200000000000000000000000000000000000006'],
  ])('never count the own asset of %s again as the token %s', (network, token) => {
    const tokens = [{ network, token, asset: 'USDT', decimals: 18 }];
    expect(verify([], { tokens })).toMatchObject({ ok: false, step: 'R2', code: 'token-native' });
  });

  test.each([
    // Wrapped ether on other chains of Boba's kind; on Boba any contract but that one.
    ['optimism', '0x4200000000000000000000000000000000000006', true],
    ['boba', '0x4200000000000000000000000000000000000007', true],
    ['sui', `0x${'ab'.repeat(32)}::usdc::USDC`, true],
    ['sui', `0x${'ab'.repeat(32)}`, false],
    ['sui', '0xab::usdc::USDC', false],
    ['sui', `0x${'AB'.repeat(32)}::usdc::USDC`, false],
    ['sui', `0x${'ab'.repeat(32)}::pool::LP<A>`, false],
    ['cosmos-hub', `ibc/${'AB'.repeat(32)}`, true],
    ['cosmos-hub', `ibc/${'ab'.repeat(32)}`, false],
    ['cosmos-hub', 'uatom', false],
    ['cosmos-hub', 'factory/cosmos1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3w9t6nu/gold', false],
    ['cosmos-hub', 'factory/cosmos1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3pahzj0/gold', true],
    ['osmosis', 'factory/cosmos1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3pahzj0/gold', false],
    ['osmosis', 'uosmo', false],
    ['polkadot-asset-hub', '1984', true],
    ['polkadot-asset-hub', '01984', false],
    ['polkadot-asset-hub', '-1', false],
    ['polkadot', '1984', false],
    ['filecoin', '1984', false],
    ['algorand', '31566704', true],
    ['algorand', '0', false],
    ['cardano', `${'21'.repeat(28)}.55534454`, true],
    ['cardano', '21'.repeat(28), true],
    ['cardano', `${'21'.repeat(28)}.`, false],
    ['cardano', `${'2A'.repeat(28)}.55`, false],
    ['near', 'usdt.tether-token.near', true],
    ['near', 'USDT.tether-token.near', false],
    // Names of accounts like any other.
    ['near', 'null', true],
    ['near', 'undefined', true],
    ['stellar', 'USDC:GAQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCB5Q', true],
    ['stellar', 'USDC:GAQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCB5A', false],
    ['stellar', 'GAQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCIJBEEQSCB5Q', false],
  ])('on %s know %s as a token: %s', (network, token, isOne) => {
    const tokens = [{ network, token, asset: 'USDC', decimals: 6 }];
    expect(verify([], { tokens })).toMatchObject(isOne ? { ok: true } : { ok: false, code: 'token-spelling' });
  });

  test.each(['xrp-ledger', 'aptos', 'sui', 'ethereum-validators', 'cosmos-hub', 'polkadot', 'filecoin', 'near'])(
    'at the tip of %s are refused: its nodes know the past',
    (network) => {
      const entry = { ...bitcoin('a', '1'), network, at: 'tip', height: 901 } as const;
      const blocks = [{ network, height: 900, hash: 'ab' }];
      expect(verify([entry], { blocks })).toMatchObject({ ok: false, step: 'R3', code: 'snapshot-block' });
    },
  );

  test('count tokens of Solana at their owner or at the token account, never at both', () => {
    const mint = 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB';
    const wrapped = 'So11111111111111111111111111111111111111112';
    const owner = '7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9';
    const [account] = associatedTokenAddresses(owner, mint);
    const [wrapping] = associatedTokenAddresses(owner, wrapped);
    const change = {
      blocks: [{ network: 'solana', height: 5, hash: 'aa' }],
      tokens: [
        { network: 'solana', token: mint, asset: 'USDT', decimals: 6 },
        { network: 'solana', token: wrapped, asset: 'SOL', decimals: 9 },
      ],
    };
    const rows = [owner, account, wrapping].flatMap((address, line) =>
      ['USDT', 'SOL'].map((asset): JudgedWallet => ({ line, network: 'solana', asset, address, verdict: 'verified' })),
    );
    const entry = (address: string, token: string | null): ReservesEntry => {
      return { ...tether, network: 'solana', address, token, height: 5, blockHash: 'aa' };
    };
    const sumOf = (...entries: ReservesEntry[]) => verify(sortEntries(entries), change, rows);
    const twice = { ok: false, step: 'R5', code: 'token-account' };
    expect(sumOf(entry(owner, mint), entry(account, mint))).toMatchObject(twice);
    expect(sumOf(entry(owner, wrapped), entry(wrapping, null))).toMatchObject(twice);
    expect(sumOf(entry(owner, wrapped), entry(wrapping, wrapped))).toMatchObject({
      ...twice,
      detail: `${wrapped} of ${owner} is at ${wrapping}, which is an entry of its own`,
    });
    // Rent in lamports lies at a token account beside its tokens, and is counted once.
    expect(sumOf(entry(owner, mint), entry(account, null))).toMatchObject({ ok: true });
    expect(sumOf(entry(account, mint))).toMatchObject({ ok: true, assets: [{ asset: 'USDT' }] });
    expect(sumOf(entry(owner, mint), entry(owner, null), entry(wrapping, null))).toMatchObject({ ok: true });
  });

  test.each([
    ['sei', 'sei-evm', 'SEI'],
    ['astar', 'astar-evm', 'ASTR'],
    ['peaq', 'peaq-substrate', 'PEAQ'],
  ])('are counted on %s or on %s, which are one ledger, never on both', (home, other, asset) => {
    const { nativeDecimals } = findNetwork(other)!;
    const change = {
      blocks: [home, other].map((network) => ({ network, height: 5, hash: 'aa' })),
      tokens: [{ network: other, token: 'native', asset, decimals: nativeDecimals }],
    };
    const rows = [home, other].map(
      (network, line): JudgedWallet => ({ line, network, asset, address: 'a', verdict: 'verified' }),
    );
    const entry = (network: string, units: string) => ({ ...bitcoin('a', units), network, height: 5, blockHash: 'aa' });
    const sumOf = (...entries: ReservesEntry[]) => verify(sortEntries(entries), change, rows);
    expect(sumOf(entry(home, '7'), entry(other, '7'))).toMatchObject({ ok: false, step: 'R5', code: 'token-account' });
    expect(sumOf(entry(home, '7'))).toMatchObject({ ok: true, assets: [{ asset }] });
    expect(sumOf(entry(other, '7'))).toMatchObject({ ok: true, assets: [{ asset }] });
    // Nothing cannot count twice, and what is not shown to be owned counts not once.
    expect(sumOf(entry(home, '7'), entry(other, '0'))).toMatchObject({ ok: true });
    const unproven = rows.map((row): JudgedWallet => (row.network === home ? { ...row, verdict: 'unproven' } : row));
    expect(verify(sortEntries([entry(home, '7'), entry(other, '7')]), change, unproven)).toMatchObject({ ok: true });
  });

  test('name a token of Aptos as a coin or as the asset that it is paired with, never as both', () => {
    const mapped = { network: 'aptos', asset: 'USDC', decimals: 6 };
    // The types of two coins, and the assets that the chain has for them.
    const pairs = [
      [
        'f22bede237a07e121b56d91a491eb7bcdfd1f5907926a9e58338f964a01b17fa::asset::USDC',
        '2b3be0a97a73c87ff62cbdd36837a9fb5bbd1d7f06a73b7ed62ec15c5326c1b8',
      ],
      [
        '6f986d146e4a90b828d8c12c14b6f4e003fdff11a8eecceceb63744363eaac01::mod_coin::MOD',
        '94ed76d3d66cb0b6e7a3ab81acf830e3a50b8ae3cfb9edc0abea635a11185ff4',
      ],
    ];
    for (const pair of pairs) {
      const tokens = pair.map((token) => ({ ...mapped, token: `0x${token}` }));
      const twice = { ok: false, step: 'R2', code: 'token-spelling' };
      expect(verify([], { tokens })).toMatchObject(twice);
      expect(verify([], { tokens: [...tokens].reverse() })).toMatchObject(twice);
      for (const token of tokens) expect(verify([], { tokens: [token] })).toMatchObject({ ok: true });
    }
    // An asset is paired with nothing.
    const asset = `0x${'ab'.repeat(32)}`;
    const tokens = [asset, aptosPairedAssetOf(asset)].map((token) => ({ ...mapped, token }));
    expect(verify([], { tokens })).toMatchObject({ ok: true });
  });

  test('in any bytes give a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(verifyReserves(bytes, context, wallets)).toMatchObject({
          ok: false,
          step: 'R1',
          code: 'reserves-encoding',
        });
      }),
    );
  });
});

describe('what counts where', () => {
  test('a wallet counts on its own network alone', () => {
    const elsewhere = wallets.map((wallet) => ({ ...wallet, network: 'litecoin' }));
    expect(verify([bitcoin('a', '5')], {}, elsewhere)).toMatchObject({
      ok: false,
      step: 'R5',
      code: 'wallet-unlisted',
    });
  });

  test('two wallets of one asset on one network make one part, with their sum', () => {
    const both = wallets.map((wallet) => ({ ...wallet, verdict: 'verified' as const }));
    expect(verify([bitcoin('a', '5'), bitcoin('b', '7')], {}, both)).toMatchObject({
      ok: true,
      assets: [{ total: { units: 12n }, parts: [{ network: 'bitcoin', total: { units: 12n } }] }],
    });
  });

  test("a network's own asset and a token that counts as it are parts of their own", () => {
    const ether = { ...bitcoin('e', '3'), network: 'ethereum', height: 2300, blockHash: '0xcd' };
    const wrapped = `0x${'34'.repeat(20)}`;
    const tokens = [{ network: 'ethereum', token: wrapped, asset: 'ETH', decimals: 18 }];
    const verdict = verify([ether, { ...ether, token: wrapped, units: '4' }], { tokens });
    expect(verdict).toMatchObject({
      ok: true,
      assets: [
        {
          total: { units: 7n },
          parts: [
            { token: null, total: { units: 3n } },
            { token: wrapped, total: { units: 4n } },
          ],
        },
      ],
    });
  });

  test('a token of NEAR has a part of its own whatever its contract is called', () => {
    const coins = { ...bitcoin('e', '3'), network: 'near' };
    const tokens = [{ network: 'near', token: 'null', asset: 'NEAR', decimals: 24 }];
    const list: JudgedWallet[] = [{ line: 2, network: 'near', asset: 'NEAR', address: 'e', verdict: 'verified' }];
    const blocks = [{ network: 'near', height: 900, hash: 'ab' }];
    expect(verify([coins, { ...coins, token: 'null', units: '4' }], { tokens, blocks }, list)).toMatchObject({
      ok: true,
      assets: [
        {
          parts: [
            { token: null, total: { units: 3n } },
            { token: 'null', total: { units: 4n } },
          ],
        },
      ],
    });
  });

  test('a row that verifies counts, also after one of the same wallet that does not', () => {
    const again: JudgedWallet = { line: 9, network: 'bitcoin', asset: 'BTC', address: 'b', verdict: 'verified' };
    const verdict = verify([bitcoin('b', '5')], {}, [...wallets, again]);
    expect(verdict).toMatchObject({ ok: true, uncounted: [], assets: [{ total: { units: 5n } }] });
  });

  test('an asset without decimals stays one, and assets are in byte order whatever the networks', () => {
    const tokens = [{ network: 'tron', token: tronToken, asset: 'AAA', decimals: 0 }];
    const list = [...wallets, { ...wallets[2], asset: 'AAA' }];
    const verdict = verify([bitcoin('a', '5'), tether], { tokens }, list);
    expect(verdict.ok && verdict.assets.map(({ asset, total }) => [asset, total.decimals])).toEqual([
      ['AAA', 0],
      ['BTC', 8],
    ]);
  });

  test('a rejection names the entry', () => {
    expect(verify([bitcoin('a', '5'), bitcoin('z', '5')])).toMatchObject({
      detail: expect.stringMatching(/^entry 1: no wallet z of BTC/),
    });
  });
});
