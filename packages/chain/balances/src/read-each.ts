/** Reading balances one by one: what all interfaces without answers for many balances at once have in common. */
import {
  type Balance,
  type BalanceQuery,
  type Block,
  describeQuery,
  type ReadBalances,
  unitsLimit,
} from './balance.js';
import type { Connection } from './transport/connection.js';
import { forEachLimited } from './transport/pacer.js';
import { timeText } from './transport/world.js';

/** A balance as an interface says it. */
export interface Reading {
  readonly units: bigint;
  /** The block that it is of, where the interface does not answer for the snapshot's. */
  readonly seen?: Block;
}

/** What an interface has to be able to do. */
export interface BalanceInterface {
  /** Throws a SourceError unless the source is of the network's chain, and has the snapshot's block with its hash. */
  checkBlock(block: Block): Promise<void>;
  /** The decimals that a token says it has; left out where tokens do not say that. */
  readDecimals?(token: string, block: Block): Promise<number>;
  readBalance(query: BalanceQuery, block: Block): Promise<Reading>;
}

/** Reads every balance. The block is compared before and after. */
export function readEach(connection: Connection, source: BalanceInterface): ReadBalances {
  return async ({ queries, block }, onBalances) => {
    await source.checkBlock(block);
    const { readDecimals } = source;
    if (readDecimals !== undefined) {
      await checkDecimals(connection, queries, (token) => readDecimals(token, block));
    }
    await forEachLimited(queries, connection.settings.concurrency, async (query) => {
      const time = timeText(connection.world.now());
      const { units, seen = block } = await source.readBalance(query, block);
      checkUnits(connection, query, units);
      onBalances([{ query, units, ...placeOf(connection, query, seen, block), time }]);
    });
    // Whatever was asked, it was of a block that is still part of the chain.
    await source.checkBlock(block);
  };
}

/** Throws a SourceError for what is no balance, or one that a file of reserves has no room for. */
export function checkUnits(connection: Connection, query: BalanceQuery, units: bigint): void {
  const about = `balance of ${describeQuery(query)}`;
  if (units < 0n) throw connection.error('answer', `${about}: expected at least 0 units, got ${units}`);
  if (units >= unitsLimit) throw connection.error('answer', `${about}: expected less than 10^40 units, got ${units}`);
}

/** Where a balance stands: at the snapshot's block, or at the tip, a later one. */
function placeOf(
  connection: Connection,
  query: BalanceQuery,
  { height, hash }: Block,
  block: Block,
): Pick<Balance, 'at' | 'height' | 'blockHash'> {
  if (height < block.height || (height === block.height && hash !== block.hash)) {
    const expected = `expected block ${block.height} ${block.hash} or a later one`;
    throw connection.error('answer', `balance of ${describeQuery(query)}: ${expected}, got ${height} ${hash}`);
  }
  return { at: height === block.height ? 'height' : 'tip', height, blockHash: hash };
}

/** Throws a SourceError unless each token says of itself the decimals that its mapping says; each is asked once. */
export async function checkDecimals(
  connection: Connection,
  queries: readonly BalanceQuery[],
  readDecimals: (token: string) => Promise<number>,
): Promise<void> {
  const tokens = new Map(
    queries.flatMap(({ token, decimals }) => (token === null ? [] : [[token, decimals] as const])),
  );
  for (const [token, decimals] of tokens) {
    const found = await readDecimals(token);
    if (found === decimals) continue;
    const expected = `expected ${decimals} as in the mapping of tokens`;
    throw connection.error('answer', `the decimals of ${token}: ${expected}, got ${found}`);
  }
}

/** Throws a SourceError unless a block is the one that is meant. */
export function checkSameBlock(connection: Connection, expected: Block, found: Block): void {
  if (found.height !== expected.height) {
    throw connection.error('answer', `expected block ${expected.height}, got block ${found.height}`);
  }
  if (found.hash === expected.hash) return;
  const hash = connection.quote(found.hash);
  throw connection.error('answer', `expected block ${expected.height} to be ${expected.hash}, got ${hash}`);
}

/** Throws a SourceError unless a source is of the chain that is meant; what names a chain differs between networks. */
export function checkChainName(connection: Connection, what: string, expected: readonly string[], found: string): void {
  if (expected.includes(found)) return;
  throw connection.error('answer', `expected ${what} ${expected.join(' or ')}, got ${connection.quote(found)}`);
}
