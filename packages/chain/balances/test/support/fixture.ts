/**
 * What an interface answers, from a file below `fixtures`. The files are made from the interfaces' documentation: shapes
 * and names are theirs, addresses, blocks and amounts are no chain's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findNetwork } from '@solvent/report-format/networks/networks';
import type { BalanceQuery, Block } from '../../src/balance.js';
import type { Asked, Handler } from './fake-source.js';

const folder = path.join(import.meta.dirname, '..', 'fixtures');

/** One request and its answer. */
export interface Exchange {
  /** Path and query; `/` where it is not there. */
  readonly path?: string;
  /** The JSON that is sent; of JSON-RPC without version and id. */
  readonly body?: unknown;
  readonly status?: number;
  /** The whole answer. */
  readonly answer?: unknown;
  /** Or the result of JSON-RPC. */
  readonly result?: unknown;
  /** Or the error of JSON-RPC. */
  readonly error?: unknown;
}

export interface ExpectedBalance {
  readonly address: string;
  readonly token: string | null;
  readonly decimals: number;
  readonly units: string;
  /** The block that it is of; the snapshot's unless given. */
  readonly tip?: Block;
}

export interface Fixture {
  readonly made: 'from the documentation; not data of a chain';
  /** Names of the documents. */
  readonly documentation: readonly string[];
  readonly network: string;
  readonly kind: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly block: Block;
  readonly balances: readonly ExpectedBalance[];
  readonly exchanges: readonly Exchange[];
  /** Answers to these requests that are not believed, or one that says another balance. */
  readonly wrong: readonly {
    readonly name: string;
    readonly exchanges: readonly Exchange[];
    readonly message: string;
  }[];
  /** Other answers that say another balance: sources then disagree. */
  readonly other: readonly Exchange[];
  /** The newest final block, and the block that is asked for by a height. */
  readonly blocks: {
    readonly finalHeight: number;
    readonly firstHeight?: number;
    readonly asked: number;
    readonly found: Block & { readonly time: number };
    readonly exchanges: readonly Exchange[];
  };
}

export const fixtures: readonly Fixture[] = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

export function queriesOf({ network: id, balances }: Fixture): BalanceQuery[] {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`no network ${id}`);
  return balances.map(({ address, token, decimals }) => ({ network, address, token, decimals }));
}

/** Answers each request with the first exchange of it; what is in no exchange is remembered and answered with an error. */
export function answering(exchanges: readonly Exchange[]): { readonly handler: Handler; readonly unknown: string[] } {
  const unknown: string[] = [];
  const handler: Handler = (asked, response) => {
    const body = asked.body === '' ? undefined : JSON.parse(asked.body);
    const found = exchanges.find((exchange) => isOf(exchange, asked, body));
    if (found === undefined) unknown.push(`${asked.path} ${asked.body}`);
    response.statusCode = found?.status ?? (found === undefined ? 404 : 200);
    response.end(JSON.stringify(found === undefined ? { error: 'unknown request' } : answerTo(found, body)));
  };
  return { handler, unknown };
}

function isOf(exchange: Exchange, asked: Asked, body: unknown): boolean {
  if ((exchange.path ?? '/') !== decodeURIComponent(asked.path)) return false;
  if (exchange.body === undefined || body === undefined) return exchange.body === body;
  const { jsonrpc, id, ...rest } = body as Record<string, unknown>;
  return isDeepStrictEqual(exchange.body, jsonrpc === undefined ? body : rest);
}

function answerTo({ answer, result, error }: Exchange, body: unknown): unknown {
  if (answer !== undefined) return answer;
  const { id } = body as { id: number };
  return error === undefined ? { jsonrpc: '2.0', id, result } : { jsonrpc: '2.0', id, error };
}

/** Exchanges with others in the place of those for the same requests. */
export function instead(exchanges: readonly Exchange[], others: readonly Exchange[]): readonly Exchange[] {
  return [...others, ...exchanges];
}
