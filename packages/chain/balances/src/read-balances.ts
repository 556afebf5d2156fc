/** Asks all sources of all networks, compares what several of them say, and makes the entries of a file of reserves. */
import { setMaxListeners } from 'node:events';
import type { SnapshotBlock } from '@solvent/report-format/report';
import { type ReservesEntry, sortEntries } from '@solvent/report-format/reserves';
import { type Balance, type BalanceQuery, type Block, describeQuery } from './balance.js';
import { answerKey, type KeptAnswers } from './kept-answers.js';
import { openSource } from './open-source.js';
import { SourceError } from './source-error.js';
import type { NetworkSources, SourceSettings } from './source-settings.js';
import { realWorld, type World } from './transport/world.js';

export interface ReadRequest {
  readonly queries: readonly BalanceQuery[];
  /** A block for each network of the queries. */
  readonly blocks: readonly SnapshotBlock[];
  /** Sources for each network of the queries. */
  readonly sources: readonly NetworkSources[];
  /** Answers from before, which are not asked for again; takes the new ones. */
  readonly kept: KeptAnswers;
  /** Called after answers came. */
  readonly onProgress?: (answerCount: number) => void;
  /** Called when a source is given up and another one stands in, with the reason. */
  readonly onStandIn?: (reason: string) => void;
  readonly signal: AbortSignal;
  /** Clock and chance; those of the process unless given. */
  readonly world?: World;
}

/** All queries of one network, with its block and its sources. */
interface NetworkTask {
  readonly queries: readonly BalanceQuery[];
  readonly block: Block;
  readonly network: NetworkSources;
}

/** How many answers a request takes: one for each balance and source that has to agree. */
export function countAnswers({ queries, sources }: Pick<ReadRequest, 'queries' | 'sources'>): number {
  const agree = new Map(sources.map((network) => [network.network.id, network.agree]));
  return queries.reduce((count, { network }) => count + (agree.get(network.id) ?? 1), 0);
}

/**
 * Reads all balances, all networks at once.
 *
 * @returns the entries in the order of a file of reserves
 * @throws SourceError when a balance cannot be had, is not believed, or sources disagree; nothing is returned then
 */
export async function readBalances(request: ReadRequest): Promise<ReservesEntry[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  // Every request of every network listens to it, and there may be hundreds.
  setMaxListeners(0, signal);
  const work = groupByNetwork(request).map(async (task) => {
    try {
      return await readNetwork(task, request, signal);
    } catch (error) {
      // The others end as well: nothing is made of an unfinished whole.
      stop.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(work);
  request.signal.throwIfAborted();
  stop.signal.throwIfAborted();
  return sortEntries((await Promise.all(work)).flat());
}

function groupByNetwork({ queries, blocks, sources }: ReadRequest): NetworkTask[] {
  const groups = new Map<string, BalanceQuery[]>();
  for (const query of queries) {
    const group = groups.get(query.network.id);
    if (group === undefined) groups.set(query.network.id, [query]);
    else group.push(query);
  }
  return [...groups].map(([id, group]) => {
    const block = blocks.find(({ network }) => network === id);
    const network = sources.find((entry) => entry.network.id === id);
    if (block === undefined || network === undefined) throw new RangeError(`${id}: expected a block and sources`);
    return { queries: group, block, network };
  });
}

async function readNetwork(task: NetworkTask, request: ReadRequest, signal: AbortSignal): Promise<ReservesEntry[]> {
  const { agree, sources } = task.network;
  const spares = sources.slice(agree);
  const columns = await Promise.all(
    sources.slice(0, agree).map((source) => readFromOne(source, spares, task, request, signal)),
  );
  return task.queries.map((query, i) => {
    return combine(
      query,
      columns.map(({ source, balances }) => ({ source, balance: balances[i] })),
    );
  });
}

interface Column {
  readonly source: SourceSettings;
  /** In the order of the queries. */
  readonly balances: readonly Balance[];
}

/** Reads from a source; where it cannot be reached, from the first spare that nobody else took. */
async function readFromOne(
  source: SourceSettings,
  spares: SourceSettings[],
  task: NetworkTask,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<Column> {
  try {
    return { source, balances: await readAll(source, task, request, signal) };
  } catch (error) {
    // A source that answers wrongly ends it all: whom to believe is not for this program to choose.
    if (!(error instanceof SourceError) || error.kind !== 'unreachable') throw error;
    const spare = spares.shift();
    if (spare === undefined) throw error;
    request.onStandIn?.(`${error.message}; ${spare.title} stands in`);
    return readFromOne(spare, spares, task, request, signal);
  }
}

async function readAll(
  source: SourceSettings,
  { queries, block }: NetworkTask,
  { kept, onProgress, world = realWorld }: ReadRequest,
  signal: AbortSignal,
): Promise<Balance[]> {
  const missing = queries.filter((query) => !kept.has(answerKey(source.id, query)));
  if (missing.length > 0) {
    await openSource(
      source,
      world,
      signal,
    )({ queries: missing, block }, (balances) => {
      for (const balance of balances) kept.set(answerKey(source.id, balance.query), balance);
      onProgress?.(balances.length);
    });
  }
  return queries.map((query) => {
    const balance = kept.get(answerKey(source.id, query));
    if (balance === undefined) throw new Error(`${source.id}: no answer for ${describeQuery(query)}`);
    return balance;
  });
}

interface Answer {
  readonly source: SourceSettings;
  readonly balance: Balance;
}

/** One entry of answers that are all the same. */
function combine(query: BalanceQuery, answers: readonly Answer[]): ReservesEntry {
  const [first, ...others] = answers;
  for (const other of others) {
    if (describeBalance(other.balance) === describeBalance(first.balance)) continue;
    throw new SourceError(
      'answer',
      `${query.network.id}, ${describeQuery(query)}: sources disagree: ${describeAnswer(first)}, ${describeAnswer(other)}`,
    );
  }
  const { units, at, height, blockHash, time } = first.balance;
  const source = answers.map(({ source: { kind } }) => kind).join(' + ');
  const { network, address, token } = query;
  return { network: network.id, address, token, units: units.toString(), height, blockHash, at, source, time };
}

function describeBalance({ units, at, height, blockHash }: Balance): string {
  return `${units} units at ${at === 'tip' ? 'the tip, ' : ''}block ${height} ${blockHash}`;
}

function describeAnswer({ source, balance }: Answer): string {
  return `${source.title} says ${describeBalance(balance)}`;
}
