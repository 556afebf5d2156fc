/** Counts the balances of owned wallets: each once, only the verified ones, only by published mappings (spec §14.3). */
import type { VerdictName } from '@solvent/ownership-verifier/verdict';
import { addQuantities, type Quantity } from '@solvent/report-format/fraction';
import type { Network } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type Report, type SnapshotBlock, type TokenMapping, tokenKey } from '@solvent/report-format/report';
import { decodeReserves, entryKey, type Reserves, type ReservesEntry } from '@solvent/report-format/reserves';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { isBridgedCoin, nativeToken } from './bridged-coin.js';
import { findJoinedAccounts } from './joined-accounts.js';
import { findSharedTokenAccount } from './token-accounts.js';
import { findMappingFault } from './token-mappings.js';

/** One row of the wallet list with what its verification said. */
export interface JudgedWallet {
  /** Line of the list, from 1. */
  readonly line: number;
  /** Id of the network. */
  readonly network: string;
  /** Symbol of the asset. */
  readonly asset: string;
  /** Canonical spelling of the address. */
  readonly address: string;
  readonly verdict: VerdictName;
}

/** A balance that is there, and counts for nothing because its wallet is not shown to be owned. */
export interface UncountedEntry {
  readonly entry: ReservesEntry;
  /** The line of the wallet list that does not verify. */
  readonly line: number;
  readonly verdict: VerdictName;
}

/** The reserves of one asset. */
export interface AssetReserves {
  readonly asset: string;
  readonly total: Quantity;
  /** How many balances it is the sum of. */
  readonly entryCount: number;
  /** How many of them are of a later block than the snapshot's, since their source does not know the past. */
  readonly tipCount: number;
  /** The same by network and token; the token is null for the network's own asset. */
  readonly parts: readonly ReservesPart[];
}

/** The counted balances of one network that are of later blocks than the snapshot's, each perhaps of another one. */
export interface TipRange {
  readonly network: string;
  readonly entryCount: number;
  /** Lowest and highest number of a block. */
  readonly from: number;
  readonly to: number;
}

/** The reserves of one token on one network. */
export interface ReservesPart {
  readonly network: string;
  readonly token: string | null;
  readonly total: Quantity;
}

/** Reserves that were counted by the rules. Whether the chains agree with the entries is not part of it. */
export interface VerifiedReserves {
  readonly ok: true;
  /** Sorted by symbol. */
  readonly assets: readonly AssetReserves[];
  readonly uncounted: readonly UncountedEntry[];
  /** By network: between its blocks the same coins can have been at two addresses. */
  readonly tips: readonly TipRange[];
}

/** What the report says of blocks and tokens. */
export type ReservesContext = Pick<Report, 'blocks' | 'tokens'>;

/** Verifies a file of reserves against the judged wallets and the report's context. Never throws because of the bytes. */
export function verifyReserves(
  bytes: Uint8Array,
  context: ReservesContext,
  wallets: readonly JudgedWallet[],
): VerifiedReserves | Rejection {
  // R1: the file is in its format, each balance once.
  const decoded = decodeReserves(bytes);
  if (!decoded.ok) return reject('R1', 'reserves-encoding', decoded.fault);
  const orderFault = findOrderFault(decoded.value);
  if (orderFault !== undefined) return reject('R1', 'entry-order', orderFault);

  // R2: the context names each network and token in one spelling only, and so no balance can stand under two names.
  const contextFault = findContextFault(context);
  if (contextFault !== undefined) return contextFault;

  // R3 to R5: each balance is of the snapshot, of a token that counts, and of a wallet on the list.
  const judge = createJudge(context, wallets);
  const counted: CountedEntry[] = [];
  const uncounted: UncountedEntry[] = [];
  for (const [i, entry] of decoded.value.entries.entries()) {
    const judged = judge(entry, `entry ${i}`);
    if ('ok' in judged) return judged;
    if ('line' in judged) uncounted.push(judged);
    else counted.push(judged);
  }
  const shared = findSharedTokenAccount(counted.map(({ entry }) => entry)) ?? findJoinedAccounts(counted);
  if (shared !== undefined) return reject('R5', 'token-account', shared);
  return { ok: true, assets: sumByAsset(counted), uncounted, tips: findTips(counted) };
}

interface CountedEntry {
  readonly entry: ReservesEntry;
  readonly asset: string;
  readonly quantity: Quantity;
}

function findOrderFault({ entries }: Reserves): string | undefined {
  for (let i = 1; i < entries.length; i++) {
    const [before, key] = [entryKey(entries[i - 1]), entryKey(entries[i])];
    if (before >= key) return `entry ${i}: expected each balance once, in byte order, found ${key} after ${before}`;
  }
  return undefined;
}

function findContextFault({ blocks, tokens }: ReservesContext): Rejection | undefined {
  for (const { network } of blocks) {
    if (findNetwork(network)?.id !== network) return reject('R2', 'network', `no network has the id ${network}`);
  }
  return findMappingFault(tokens);
}

type Judge = (entry: ReservesEntry, where: string) => CountedEntry | UncountedEntry | Rejection;

function createJudge(context: ReservesContext, wallets: readonly JudgedWallet[]): Judge {
  const blocks = new Map(context.blocks.map((block) => [block.network, block]));
  const tokens = new Map(context.tokens.map((mapping) => [tokenKey(mapping), mapping]));
  const walletsByKey = indexWallets(wallets);
  return (entry, where) => {
    const network = findNetwork(entry.network);
    if (network?.id !== entry.network)
      return reject('R3', 'network', `${where}: no network has the id ${entry.network}`);
    // R3: the balance is of the snapshot's block, or says that it is of a later one.
    const blockFault = findBlockFault(entry, network, blocks.get(entry.network));
    if (blockFault !== undefined) return reject('R3', 'snapshot-block', `${where}: ${blockFault}`);
    // R4: the token counts as an asset by the network's own table or by the report's published mapping.
    const meaning = meaningOf(entry, network, tokens);
    if (meaning === undefined) {
      const what = entry.token ?? `the own asset of ${network.title}, which is at home elsewhere,`;
      return reject('R4', 'token-unmapped', `${where}: the report does not say which asset ${what} counts as`);
    }
    // R5: the wallet is on the list under that asset; it counts if its row verifies.
    const rows = walletsByKey.get(walletKey({ ...entry, asset: meaning.asset })) ?? [];
    if (rows.length === 0) {
      return reject('R5', 'wallet-unlisted', `${where}: no wallet ${entry.address} of ${meaning.asset} is on the list`);
    }
    const row = rows.find(({ verdict }) => verdict === 'verified');
    if (row === undefined) return { entry, line: rows[0].line, verdict: rows[0].verdict };
    return { entry, asset: meaning.asset, quantity: { units: BigInt(entry.units), decimals: meaning.decimals } };
  };
}

/** Families whose nodes answer for a block that they are asked about: there is no need for the newest one. */
const knowThePast: ReadonlySet<Network['family']> = new Set([
  'evm',
  'xrp',
  'aptos',
  'sui',
  'validator',
  'cosmos',
  'ss58',
  'filecoin',
  'near',
]);

function findBlockFault(entry: ReservesEntry, network: Network, block: SnapshotBlock | undefined): string | undefined {
  if (block === undefined) return `the report names no block of ${entry.network}`;
  if (entry.at === 'tip') {
    // Who may choose the block after the snapshot can borrow for it.
    if (knowThePast.has(network.family))
      return `expected a balance at block ${block.height}: nodes of ${network.title} know it`;
    if (entry.height > block.height) return undefined;
    return `expected a block after ${block.height} for a balance at the tip, found ${entry.height}`;
  }
  if (entry.height === block.height && entry.blockHash === block.hash) return undefined;
  return `expected block ${block.height} ${block.hash}, found ${entry.height} ${entry.blockHash}`;
}

function meaningOf(
  entry: ReservesEntry,
  network: Network,
  tokens: ReadonlyMap<string, TokenMapping>,
): { asset: string; decimals: number } | undefined {
  if (entry.token === null && !isBridgedCoin(network)) {
    return { asset: network.nativeAsset, decimals: network.nativeDecimals };
  }
  if (entry.token === nativeToken) return undefined;
  return tokens.get(tokenKey({ network: entry.network, token: entry.token ?? nativeToken }));
}

function walletKey({ network, address, asset }: Pick<JudgedWallet, 'network' | 'address' | 'asset'>): string {
  return `${network} ${address} ${asset}`;
}

function indexWallets(wallets: readonly JudgedWallet[]): ReadonlyMap<string, JudgedWallet[]> {
  const byKey = new Map<string, JudgedWallet[]>();
  for (const wallet of wallets) {
    const key = walletKey(wallet);
    const rows = byKey.get(key);
    if (rows === undefined) byKey.set(key, [wallet]);
    else rows.push(wallet);
  }
  return byKey;
}

function sumByAsset(counted: readonly CountedEntry[]): AssetReserves[] {
  const byAsset = new Map<string, CountedEntry[]>();
  for (const one of counted) {
    const entries = byAsset.get(one.asset);
    if (entries === undefined) byAsset.set(one.asset, [one]);
    else entries.push(one);
  }
  const symbols = [...byAsset.keys()].sort();
  return symbols.map((asset) => sumEntries(asset, byAsset.get(asset)!));
}

function findTips(counted: readonly CountedEntry[]): TipRange[] {
  const tips = new Map<string, TipRange>();
  for (const { entry } of counted) {
    const { network, height, at } = entry;
    if (at !== 'tip') continue;
    const { entryCount, from, to } = tips.get(network) ?? { entryCount: 0, from: height, to: height };
    const range = { from: Math.min(from, height), to: Math.max(to, height) };
    tips.set(network, { network, entryCount: entryCount + 1, ...range });
  }
  return [...tips.values()];
}

function sumEntries(asset: string, entries: readonly CountedEntry[]): AssetReserves {
  const parts = new Map<string, ReservesPart>();
  let total: Quantity = { units: 0n, decimals: 0 };
  for (const { entry, quantity } of entries) {
    const { network, token } = entry;
    const key = tokenKey({ network, token: token ?? '' });
    const part = parts.get(key);
    parts.set(key, { network, token, total: part === undefined ? quantity : addQuantities(part.total, quantity) });
    total = addQuantities(total, quantity);
  }
  const tipCount = entries.filter(({ entry }) => entry.at === 'tip').length;
  return { asset, total, entryCount: entries.length, tipCount, parts: [...parts.values()] };
}
