/** Asks the chains again for the balances of a file of reserves, as anybody with nodes of their own can. */
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type SnapshotBlock, type TokenMapping, tokenKey } from '@solvent/report-format/report';
import { entryKey, type ReservesEntry } from '@solvent/report-format/reserves';
import { nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import { isCanonicalToken } from '@solvent/reserves-verifier/canonical-token';
import type { BalanceQuery } from './balance.js';
import { readBalances } from './read-balances.js';
import { SourceError } from './source-error.js';
import type { NetworkSources } from './source-settings.js';
import type { World } from './transport/world.js';

/** A balance that a chain does not agree with. */
export interface ReservesDifference {
  readonly entry: ReservesEntry;
  /** What the sources say of the same block. */
  readonly found: ReservesEntry;
}

/** Balances that could not be compared, all for one reason. */
export interface UncheckedEntries {
  readonly entries: readonly ReservesEntry[];
  readonly reason: string;
}

export interface RecheckedReserves {
  /** How many balances are what the chains say. */
  readonly sameCount: number;
  readonly differences: readonly ReservesDifference[];
  readonly unchecked: readonly UncheckedEntries[];
}

export interface RecheckRequest {
  readonly entries: readonly ReservesEntry[];
  /** The report's mapping of tokens. */
  readonly tokens: readonly TokenMapping[];
  readonly sources: readonly NetworkSources[];
  readonly signal: AbortSignal;
  readonly world?: World;
}

/**
 * Compares balances with the chains, each at the block that its entry names.
 *
 * A source that fails leaves the entries of its network and block unchecked; nothing is thrown for that.
 */
export async function recheckReserves(request: RecheckRequest): Promise<RecheckedReserves> {
  const differences: ReservesDifference[] = [];
  const unchecked: UncheckedEntries[] = [];
  let sameCount = 0;
  const asked: AskedEntry[] = [];
  for (const entry of request.entries) {
    const query = queryOf(entry, request);
    if (typeof query === 'string') unchecked.push({ entries: [entry], reason: query });
    else asked.push({ entry, query });
  }
  for (const group of groupByBlock(asked)) {
    const outcome = await recheckBlock(group, request);
    if (typeof outcome === 'string') {
      unchecked.push({ entries: group.map(({ entry }) => entry), reason: outcome });
      continue;
    }
    const later: ReservesEntry[] = [];
    for (const { entry } of group) {
      const found = outcome.get(entryKey(entry))!;
      if (found.height !== entry.height || found.blockHash !== entry.blockHash) later.push(entry);
      else if (found.units === entry.units) sameCount++;
      else differences.push({ entry, found });
    }
    if (later.length > 0) unchecked.push({ entries: later, reason: 'the source only knows a later block' });
  }
  return { sameCount, differences, unchecked };
}

interface AskedEntry {
  readonly entry: ReservesEntry;
  readonly query: BalanceQuery;
}

function groupByBlock(asked: readonly AskedEntry[]): AskedEntry[][] {
  const groups = new Map<string, AskedEntry[]>();
  for (const one of asked) {
    const { network, height, blockHash } = one.entry;
    const key = `${network} ${height} ${blockHash}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** What the sources say of one block's entries, by `entryKey`; a text when they say nothing. */
async function recheckBlock(
  asked: readonly AskedEntry[],
  { sources, signal, world }: RecheckRequest,
): Promise<ReadonlyMap<string, ReservesEntry> | string> {
  const { network, height, blockHash: hash } = asked[0].entry;
  const queries = asked.map(({ query }) => query);
  const blocks: SnapshotBlock[] = [{ network, height, hash }];
  try {
    const found = await readBalances({ queries, blocks, sources, kept: new Map(), signal, ...(world && { world }) });
    return new Map(found.map((entry) => [entryKey(entry), entry]));
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}

/** What to ask for an entry, or why that cannot be asked. The entry may be anybody's. */
function queryOf({ network: id, address, token }: ReservesEntry, request: RecheckRequest): BalanceQuery | string {
  const network = findNetwork(id);
  if (network?.id !== id) return `no network has the id ${id}`;
  if (!request.sources.some((one) => one.network.id === id)) return `no source for ${id}`;
  const decoded = familyOf(network).decodeAddress(address, network);
  if (isVerdict(decoded) || decoded.canonical !== address) {
    return `${address} is not an address of ${network.title} in its canonical spelling`;
  }
  if (token === null) return { network, address, token, decimals: network.nativeDecimals };
  if (token === nativeToken) return `${token} is not a token of ${network.title}`;
  const mapping = request.tokens.find((one) => tokenKey(one) === tokenKey({ network: id, token }));
  if (mapping === undefined) return `no mapping of the token ${token}`;
  if (!isCanonicalToken(network, token)) return `${token} is not how a token of ${network.title} is written`;
  return { network, address, token, decimals: mapping.decimals };
}
