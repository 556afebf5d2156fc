/** Which asset on which network a row is about, from its columns (spec §13.3, step W2). */
import { quoteExcerpt } from '../amounts.js';
import type { Network } from '../networks/network.js';
import { findNetwork, networks } from '../networks/networks.js';
import { namedCoins, tokens } from './coins.js';

/** An asset and its network, or why there is none: a code of step W2. */
export type ResolvedCoin =
  | { readonly asset: string; readonly network: Network }
  | { readonly code: 'coin' | 'network' | 'coin-network'; readonly detail: string };

/** Ids of the networks of each asset, those where it is native first. */
const networksOfAsset = new Map<string, Set<string>>();
for (const { nativeAsset, id } of networks) addNetworks(nativeAsset, [id]);
for (const { asset, networks: ids } of tokens) addNetworks(asset, ids);

const validators = networks.find(({ family }) => family === 'validator')!;
const namedCoinOf = new Map(namedCoins.map((coin) => [coin.name, coin]));

function addNetworks(asset: string, ids: readonly string[]): void {
  const known = networksOfAsset.get(asset) ?? new Set();
  for (const id of ids) known.add(id);
  networksOfAsset.set(asset, known);
}

/** The ids of the networks on which an asset of the table lives, in the order of the tables. */
export function networkIdsOf(asset: string): readonly string[] {
  return [...(networksOfAsset.get(asset) ?? [])];
}

/** The asset and the network of a row's columns; the column of types is empty in lists without one. */
export function resolveCoin(row: { coin: string; network: string; type: string }): ResolvedCoin {
  const coin = resolveName(row.coin);
  if (coin === undefined) {
    return { code: 'coin', detail: `expected a coin of the table, got ${quoteExcerpt(row.coin)}` };
  }
  const said = isStakingType(row.type) ? validators : coin.network;
  const column = said === validators ? stakingNetwork(row.network) : columnNetwork(row.network);
  if (column === null) {
    return { code: 'network', detail: `expected a network of the table, got ${quoteExcerpt(row.network)}` };
  }
  const network = column ?? said ?? nativeNetwork(coin.asset);
  if (network === undefined) {
    const detail = `expected a network, since ${quoteExcerpt(row.coin)} is native to none or to several, got none`;
    return { code: 'coin-network', detail };
  }
  for (const expected of [said, coin.network]) {
    if (expected !== undefined && expected.id !== network.id) return disagreement(expected, network);
  }
  if (!networksOfAsset.get(coin.asset)?.has(network.id)) {
    const detail = `expected ${networkIdsOf(coin.asset).join(', ')} for ${coin.asset}, got ${network.id}`;
    return { code: 'coin-network', detail };
  }
  return { asset: coin.asset, network };
}

function disagreement(expected: Network, found: Network): ResolvedCoin {
  return { code: 'coin-network', detail: `expected ${expected.id}, as the coin or its type says, got ${found.id}` };
}

/** An asset, with the network that its name says, if it says one. */
interface CoinName {
  readonly asset: string;
  readonly network?: Network;
}

function resolveName(text: string): CoinName | undefined {
  // Upper case beyond ASCII differs between languages, and could make another letter of the alphabet.
  const trimmed = text.trim();
  if (!/^[ -~]*$/.test(trimmed)) return undefined;
  const name = trimmed.toUpperCase();
  const named = namedCoinOf.get(name);
  if (named !== undefined) {
    const network = findNetwork(named.network);
    return network && { asset: named.asset, network };
  }
  if (networksOfAsset.has(name)) return { asset: name };
  const hyphen = name.indexOf('-');
  const asset = name.slice(0, hyphen);
  if (hyphen < 0 || !networksOfAsset.has(asset)) return undefined;
  const network = findNetwork(name.slice(hyphen + 1));
  return network && { asset, network };
}

// Undefined for an empty column, null for an unknown network. Some lists have the coin's name in the column.
function columnNetwork(text: string): Network | undefined | null {
  if (text === '') return undefined;
  return findNetwork(text) ?? resolveName(text)?.network ?? null;
}

function isStakingType(type: string): boolean {
  return /^(?:native|eigenlayer)/i.test(type);
}

// Staked ether is at its validator, though its row may name the chain.
function stakingNetwork(text: string): Network | undefined | null {
  const column = columnNetwork(text);
  return column === undefined || column?.id === 'ethereum' ? validators : column;
}

/** The id of the network that a native asset is named after; on others where it is native it is a bridge's promise. */
export function homeNetworkIdOf(asset: string): string | undefined {
  return nativeNetwork(asset)?.id;
}

function nativeNetwork(asset: string): Network | undefined {
  const native = networks.filter(({ nativeAsset }) => nativeAsset === asset);
  // Ether is native to its rollups too: the network named after the asset is the one that is meant.
  return native.length === 1 ? native[0] : native.find(({ names }) => names.includes(asset));
}
