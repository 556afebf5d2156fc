/** Which balances a wallet list asks for: each address of each network once for each token, whatever rows name it. */
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import type { Network } from '@solvent/report-format/networks/network';
import type { TokenMapping } from '@solvent/report-format/report';
import { entryKey } from '@solvent/report-format/reserves';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { isBridgedCoin, nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import type { BalanceQuery } from './balance.js';

/** A row that asks for nothing, and why. */
export interface LeftOutRow {
  readonly line: number;
  readonly reason: string;
}

export interface QueryPlan {
  /** In the order of the list. */
  readonly queries: readonly BalanceQuery[];
  readonly leftOut: readonly LeftOutRow[];
}

/** What can be asked for. */
export interface QueryContext {
  readonly tokens: readonly TokenMapping[];
  /** Ids of the networks of which the snapshot names a block. */
  readonly blocks: ReadonlySet<string>;
  /** Ids of the networks with sources. */
  readonly sources: ReadonlySet<string>;
}

/**
 * The balances of all rows. A row is of one asset: the network's own asset is asked for as such, and every token is asked
 * for that the mapping counts as the row's asset.
 */
export function planQueries(rows: readonly WalletRow[], context: QueryContext): QueryPlan {
  const queries = new Map<string, BalanceQuery>();
  const leftOut: LeftOutRow[] = [];
  for (const row of rows) {
    const asked = queriesOfRow(row, context);
    if (typeof asked === 'string') leftOut.push({ line: row.line, reason: asked });
    else for (const query of asked) queries.set(entryKey({ ...query, network: query.network.id }), query);
  }
  return { queries: [...queries.values()], leftOut };
}

function queriesOfRow(row: WalletRow, { tokens, blocks, sources }: QueryContext): BalanceQuery[] | string {
  if (row.fault !== undefined) return row.fault.detail;
  const coin = resolveCoin(row);
  if ('code' in coin) return coin.detail;
  const { asset, network } = coin;
  const address = canonicalAddress(row.address, network);
  if (typeof address !== 'object') return address;
  if (!blocks.has(network.id)) return `the snapshot names no block of ${network.id}`;
  if (!sources.has(network.id)) return `no source for ${network.id}`;
  const mappings = tokens.filter((mapping) => mapping.network === network.id && mapping.asset === asset);
  const queries = mappings
    .filter(({ token }) => token !== nativeToken)
    .map(({ token, decimals }) => ({ network, address: address.canonical, token, decimals }));
  if (asset !== network.nativeAsset) {
    return queries.length > 0 ? queries : `no token of ${network.id} counts as ${asset}`;
  }
  // The report could not count it (spec §14.3, step R4), and none of its other balances either.
  if (isBridgedCoin(network) && mappings.length === queries.length) {
    return `${asset} of ${network.id} is at home elsewhere, and no mapping of \`${nativeToken}\` says that it counts`;
  }
  return [{ network, address: address.canonical, token: null, decimals: network.nativeDecimals }, ...queries];
}

function canonicalAddress(text: string, network: Network): { canonical: string } | string {
  const address = familyOf(network).decodeAddress(text, network);
  return isVerdict(address) ? address.detail : address;
}
