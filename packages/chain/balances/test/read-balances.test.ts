import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import type { BalanceQuery } from '../src/balance.js';
import {
  answerKey,
  decodeKeptAnswers,
  digestInputs,
  encodeKeptAnswers,
  type KeptAnswers,
} from '../src/kept-answers.js';
import { countAnswers, readBalances } from '../src/read-balances.js';
import { fakeWorld, type Handler, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const network = findNetwork('ethereum')!;
const hash = `0x${'ab'.repeat(32)}`;
const blocks = [{ network: 'ethereum', height: 16, hash }];
const queries: BalanceQuery[] = [...'1234'].map((digit) => {
  return { network, address: `0x${digit.repeat(40)}`, token: null, decimals: 18 };
});

/** A node that knows one block. */
function node(balance: unknown = '0x5'): Handler {
  const ofBlock = (address: string, { blockHash }: { blockHash: string }) => {
    if (blockHash !== hash) return new Error('unknown block');
    return typeof balance === 'function' ? balance(address) : balance;
  };
  const eth_getBlockByNumber = { number: '0x10', hash };
  return rpcHandler({ eth_chainId: '0x1', eth_getBlockByNumber, eth_getBalance: ofBlock });
}

const away: Handler = (_, response) => void response.writeHead(503).end();

async function prepare(handlers: readonly Handler[], agree: number, source: Record<string, unknown> = {}) {
  const served = await Promise.all(handlers.map(serve));
  const sources = served.map(({ url }) => ({ kind: 'ethereum-json-rpc', url, ...source }));
  const notes: string[] = [];
  const stop = new AbortController();
  const kept: KeptAnswers = new Map();
  const request = { queries, blocks, sources: [sourcesOf('ethereum', sources, agree)], kept, signal: stop.signal };
  const onStandIn = (reason: string) => notes.push(reason);
  return { request: { ...request, world: fakeWorld(), onStandIn }, served, notes, stop };
}

describe('several sources', () => {
  test('that agree make one entry of each balance', async () => {
    const { request } = await prepare([node(), node()], 2);
    const entries = await readBalances(request);
    expect(entries.map(({ units, source }) => `${units} ${source}`)).toEqual(
      Array(4).fill('5 ethereum-json-rpc + ethereum-json-rpc'),
    );
    expect(countAnswers(request)).toBe(8);
  });

  test('that disagree about one balance end it, and both are named', async () => {
    const other = (address: string) => (address === queries[2].address ? '0x6' : '0x5');
    const { request } = await prepare([node(), node(other)], 2);
    const message = expect.stringMatching(
      /0x3333.*: sources disagree: .*source 1.* says 5 units.*source 2.* says 6 units/,
    );
    await expect(readBalances(request)).rejects.toMatchObject({ kind: 'answer', message });
  });

  test('stand in for one that cannot be reached, and that is told', async () => {
    const { request, notes } = await prepare([away, node(), node()], 2);
    expect(await readBalances(request)).toHaveLength(4);
    expect(notes).toEqual([expect.stringMatching(/source 1 .*status 503, after 3 attempts; .*source 3 .*stands in/)]);
  });

  test('must be as many as have to agree', async () => {
    const { request } = await prepare([away, node(), away], 2);
    await expect(readBalances(request)).rejects.toThrow(/source 3 .*status 503/);
  });

  test('do not stand in for one that answers wrongly', async () => {
    const liar = rpcHandler({ eth_chainId: '0x2' });
    const { request, served } = await prepare([liar, node()], 1);
    await expect(readBalances(request)).rejects.toThrow('expected chain id 1, got 2');
    expect(served[1].asked).toHaveLength(0);
  });
});

describe('answers that are kept', () => {
  test('are not asked for again', async () => {
    let count = 0;
    const breaks = () => (++count > 3 ? new Error('the node went away') : '0x5');
    const { request } = await prepare([node(breaks)], 1, { batchSize: 1, concurrency: 1 });
    await expect(readBalances(request)).rejects.toThrow('the node went away');
    expect(request.kept.size).toBe(2);
    const inputs = digestInputs(queries, blocks, request.sources);
    const read = decodeKeptAnswers(encodeKeptAnswers(inputs, request.kept), inputs, queries, request.sources);
    expect(read).toEqual({ ok: true, value: request.kept });
    const asked: unknown[] = [];
    const remember = (address: string) => {
      asked.push(address);
      return '0x7';
    };
    const again = await prepare([node(remember)], 1, { batchSize: 1 });
    const entries = await readBalances({ ...again.request, kept: request.kept });
    expect(entries.map(({ units }) => units)).toEqual(['5', '5', '7', '7']);
    // The first one that is missing is asked for twice: how the node takes blocks is found out by it.
    expect(new Set(asked)).toEqual(new Set([queries[2].address, queries[3].address]));
  });

  test('belong to what was asked of whom', async () => {
    const { request } = await prepare([node()], 1);
    await readBalances(request);
    const digest = (change: Partial<typeof request>) => {
      const { queries: asked, blocks: of, sources } = { ...request, ...change };
      return digestInputs(asked, of, sources);
    };
    const inputs = digest({});
    const text = encodeKeptAnswers(inputs, request.kept);
    const [{ network: one, sources }] = request.sources;
    const others = [
      digest({ queries: queries.slice(1) }),
      digest({ queries: queries.map((query) => ({ ...query, decimals: 6 })) }),
      digest({ blocks: [{ ...blocks[0], height: 17 }] }),
      digest({ sources: [{ network: one, sources: [...sources, ...sources], agree: 2 }] }),
    ];
    expect(new Set([inputs, ...others]).size).toBe(5);
    const refused = decodeKeptAnswers(text, others[0], queries, request.sources);
    expect(refused).toEqual({ ok: false, fault: expect.stringContaining('of another wallet list') });
    const foreign = text.replace(answerKey('ethereum/1', queries[0]), 'ethereum/2 x');
    expect(decodeKeptAnswers(foreign, inputs, queries, request.sources).ok).toBe(false);
    expect(decodeKeptAnswers('{}', inputs, queries, request.sources).ok).toBe(false);
  });
});

test('ends when it is told to', async () => {
  const reason = new Error('told to');
  // Once a request is there, which nobody answers.
  const { request, stop } = await prepare([() => stop.abort(reason)], 1);
  await expect(readBalances(request)).rejects.toBe(reason);
});
