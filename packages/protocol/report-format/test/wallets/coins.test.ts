import { findNetwork, networks } from '@solvent/report-format/networks/networks';
import { namedCoins, tokens } from '@solvent/report-format/wallets/coins';
import { networkIdsOf, resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import { describe, expect, it } from 'vitest';

function resolve(coin: string, network = '', type = ''): string {
  const resolved = resolveCoin({ coin, network, type });
  return 'code' in resolved ? resolved.code : `${resolved.asset} on ${resolved.network.id}`;
}

describe('the table of coins', () => {
  it('names networks that exist, by their ids', () => {
    const ids = networks.map(({ id }) => id);
    const named = [...tokens.flatMap(({ networks: list }) => list), ...namedCoins.map(({ network }) => network)];
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has each name and each asset once, in upper case', () => {
    for (const names of [tokens.map(({ asset }) => asset), namedCoins.map(({ name }) => name)]) {
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(names.map((name) => name.toUpperCase()));
    }
  });

  it('has the asset of every named coin on its network', () => {
    for (const { name, asset, network } of namedCoins) expect(networkIdsOf(asset), name).toContain(network);
  });

  it('resolves each native asset by itself on one network at most', () => {
    for (const { id, nativeAsset } of networks) expect(resolve(nativeAsset, id)).toBe(`${nativeAsset} on ${id}`);
  });
});

describe('resolving a coin', () => {
  it.each([
    ['BTC', '', 'BTC on bitcoin'],
    ['BTC', 'BTC', 'BTC on bitcoin'],
    ['btc', ' bitcoin ', 'BTC on bitcoin'],
    ['ETH', 'ETH', 'ETH on ethereum'],
    ['ETH', '', 'ETH on ethereum'],
    ['ETH', 'ARBITRUM', 'ETH on arbitrum'],
    ['ETH-ARBITRUM', '', 'ETH on arbitrum'],
    ['ETH-ARBITRUM', 'ETH-ARBITRUM', 'ETH on arbitrum'],
    ['ETH-OPTIMISM', 'Optimism', 'ETH on optimism'],
    ['ETH-LINEA', '', 'ETH on linea'],
    ['ETH-ZKSYNC2', '', 'ETH on zksync-era'],
    ['USDT-ERC20', 'ETH', 'USDT on ethereum'],
    ['USDT-TRC20', 'TRX', 'USDT on tron'],
    ['USDT-TRC20', 'TRON', 'USDT on tron'],
    ['USDT-POLY', '', 'USDT on polygon'],
    ['USDT-AVAXC', '', 'USDT on avalanche-c'],
    ['USDT-OKC20', 'OKC', 'USDT on oktc'],
    ['USDT-OMNI', 'BTC', 'USDT on bitcoin'],
    ['USDT-TON', 'TON', 'USDT on ton'],
    ['USDC-SPL', 'SOL', 'USDC on solana'],
    ['USDC-TRC', '', 'USDC on tron'],
    ['POLY-USDC', '', 'USDC on polygon'],
    ['OKB-X1', 'X1', 'OKB on x-layer'],
    ['OKB-X1-ETH', '', 'ETH on x-layer'],
    ['USDG-XLAYER', '', 'USDG on x-layer'],
    ['LTCK-OKC20', 'OKC', 'LTC on oktc'],
    ['BABYDOGE-BSC', 'BSC', 'BABYDOGE on bnb-smart-chain'],
    ['BABYDOGE-KIP20', '', 'BABYDOGE on oktc'],
    ['BCHN', 'BCHN', 'BCH on bitcoin-cash'],
    ['BCHA', '', 'XEC on ecash'],
    ['TONCOIN-NEW', 'TON', 'TON on ton'],
    ['APTOS', 'APTOS', 'APT on aptos'],
    ['APTOS-FA', '', 'APT on aptos'],
    ['RIPPLE', 'XRP', 'XRP on xrp-ledger'],
    ['BETH', 'ETH', 'BETH on ethereum-validators'],
    ['FIL-EVM', '', 'FIL on filecoin-evm'],
  ])('%s in network %j is %s', (coin, network, expected) => {
    expect(resolve(coin, network)).toBe(expected);
  });

  it.each([
    ['Native ETH Staking', 'ETH', 'ETH on ethereum-validators'],
    ['Eigenlayer Staking', 'ETH', 'ETH on ethereum-validators'],
    ['Native ETH Staking', '', 'ETH on ethereum-validators'],
    ['Non Staking', 'ETH', 'ETH on ethereum'],
    ['Native ETH Staking', 'ARBITRUM', 'coin-network'],
  ])('type %s in network %j is %s', (type, network, expected) => {
    expect(resolve('ETH', network, type)).toBe(expected);
  });

  it.each([
    ['USDT-TRC20', 'ETH', 'coin-network'],
    ['ETH-ARBITRUM', 'ETH', 'coin-network'],
    ['BTC', 'ETH', 'coin-network'],
    ['USDT', '', 'coin-network'],
    ['USDT', 'BTG', 'coin-network'],
    ['DOGE-LTC', '', 'coin-network'],
    ['BTC', 'Nowhere', 'network'],
    ['NOSUCH', 'ETH', 'coin'],
    ['NOSUCH-ERC20', 'ETH', 'coin'],
    ['-ERC20', 'ETH', 'coin'],
    ['ETH-', 'ETH', 'coin'],
    ['constructor', '', 'coin'],
    ['__proto__', '', 'coin'],
  ])('%s in network %j is refused: %s', (coin, network, code) => {
    expect(resolve(coin, network)).toBe(code);
  });

  it('knows no name with white space alone', () => {
    expect(findNetwork(' ')).toBeUndefined();
  });
});

it('takes no letter for another that has the same upper case', () => {
  for (const coin of ['uſdt', 'BTC\u0131', 'ﬂow']) expect(resolve(coin)).toBe('coin');
  expect(findNetwork('ſolana')).toBeUndefined();
  expect(resolve('BTC', 'bıtcoin')).toBe('network');
});
