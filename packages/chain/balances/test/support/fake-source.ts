/** Sources on loopback that answer what a test wants, and the world in which they are asked: waiting takes no time. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Balance, SourceQueries } from '../../src/balance.js';
import { openSource } from '../../src/open-source.js';
import { type Environment, type NetworkSources, parseSources } from '../../src/source-settings.js';
import type { World } from '../../src/transport/world.js';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Handler = (asked: Asked, response: ServerResponse) => void;

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** Serves until the test is over; `asked` grows. */
export async function serve(handler: Handler): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url ?? '', headers: request.headers, body };
    asked.push(one);
    handler(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A node that answers each call with what `results` has for its method: a value, a function of its parameters, an Error. */
export function rpcHandler(results: Readonly<Record<string, unknown>>): Handler {
  const answer = ({ id, method, params }: { id: number; method: string; params: unknown[] }) => {
    const given = results[method];
    const result = typeof given === 'function' ? given(...params) : given;
    if (result instanceof Error) return { jsonrpc: '2.0', id, error: { code: -32000, message: result.message } };
    if (result === undefined) return { jsonrpc: '2.0', id, error: { code: -32601, message: 'no such method' } };
    return { jsonrpc: '2.0', id, result };
  };
  return ({ body }, response) => {
    const sent = JSON.parse(body);
    response.end(JSON.stringify(Array.isArray(sent) ? sent.map(answer) : answer(sent)));
  };
}

/** A world without waiting; `pauses` says how long it would have been. */
export function fakeWorld(): World & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    now: () => Date.UTC(2026, 0, 31),
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      pauses.push(milliseconds);
    },
  };
}

/** The sources of one network, as a file says them; pacing is off unless they say otherwise. */
export function sourcesOf(
  network: string,
  sources: readonly Record<string, unknown>[],
  agree = 1,
  environment: Environment = {},
): NetworkSources {
  const fast = sources.map((source) => ({ requestsPerSecond: 10_000, attempts: 3, ...source }));
  const file = { format: 'solvent-rpc/1', networks: { [network]: { sources: fast, agree } } };
  const parsed = parseSources(JSON.stringify(file), environment);
  if (!parsed.ok) throw new Error(parsed.fault);
  return parsed.value[0];
}

/** Asks one source, and gives all answers. */
export async function askSource(
  sources: NetworkSources,
  asked: SourceQueries,
  world: World = fakeWorld(),
): Promise<Balance[]> {
  const balances: Balance[] = [];
  await openSource(
    sources.sources[0],
    world,
    new AbortController().signal,
  )(asked, (found) => {
    balances.push(...found);
  });
  return balances;
}
