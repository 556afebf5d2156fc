import { planQueries } from '@solvent/balances/plan-queries';
import { type ReadRequest, readBalances } from '@solvent/balances/read-balances';
import { recheckReserves } from '@solvent/balances/recheck-reserves';
import { parseSources } from '@solvent/balances/source-settings';
import { encodeReserves } from '@solvent/report-format/reserves';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendTransaction, startAnvil } from '../support/anvil.js';
import type { LocalNode } from '../support/local-process.js';
import { multicall3Creation } from '../support/multicall3.js';
import { smallToken, transferCall } from '../support/small-token.js';

const holders = [
  '0x1111111111111111111111111111111111111111',
  '0x2222222222222222222222222222222222222222',
  '0x3333333333333333333333333333333333333333',
] as const;
const supply = 10n ** 15n;

let node: LocalNode;
let token = '';
let multicall = '';
let snapshot = { network: 'ethereum', height: 0, hash: '' };

const send = (transaction: Record<string, string>) => sendTransaction(node.call, transaction);
const pay = (to: string, units: bigint) => send({ to, value: `0x${units.toString(16)}` });
const payToken = (to: string, units: bigint) => send({ to: token, data: transferCall(to, units) });

beforeAll(async () => {
  node = await startAnvil(1);
  token = (await send({ data: smallToken(6, supply) })).contractAddress;
  multicall = (await send({ data: multicall3Creation })).contractAddress;
  await pay(holders[0], 5n * 10n ** 18n);
  await pay(holders[1], 1n);
  await payToken(holders[0], 123_456_789n);
  await payToken(holders[1], 7n);
  const block = (await node.call('eth_getBlockByNumber', 'latest', false)) as { number: string; hash: string };
  snapshot = { network: 'ethereum', height: Number(block.number), hash: block.hash };
  // After the snapshot everything changes.
  await pay(holders[0], 10n ** 18n);
  await payToken(holders[0], 1000n);
  await payToken(holders[2], 99n);
});

afterAll(async () => {
  await node?.stop();
});

const list = () => {
  const rows = holders.flatMap((address) => [`ETH,ethereum,1,${address},0,,,`, `USDT,ethereum,1,${address},0,,,`]);
  const read = readWalletList(`coin,network,height,address,amount,message,signature1,script\n${rows.join('\n')}\n`);
  if (!read.ok) throw new Error(`line ${read.line}: expected ${read.expected}, got ${read.found}`);
  return read;
};

function request(source: Record<string, unknown> = {}, change: Partial<ReadRequest> = {}): ReadRequest {
  const one = { kind: 'ethereum-json-rpc', url: node.url, attempts: 1, ...source };
  const file = { format: 'solvent-rpc/1', networks: { ethereum: { sources: [one] } } };
  const sources = parseSources(JSON.stringify(file), {});
  if (!sources.ok) throw new Error(sources.fault);
  const tokens = [{ network: 'ethereum', token, asset: 'USDT', decimals: 6 }];
  const known = new Set(['ethereum']);
  const plan = planQueries(list().rows, { tokens, blocks: known, sources: known });
  expect(plan.leftOut).toEqual([]);
  const signal = new AbortController().signal;
  return { queries: plan.queries, blocks: [snapshot], sources: sources.value, kept: new Map(), signal, ...change };
}

function expectSnapshot(entries: Awaited<ReturnType<typeof readBalances>>): void {
  const evidence = { network: 'ethereum', height: snapshot.height, blockHash: snapshot.hash, at: 'height' };
  const asked = { ...evidence, source: 'ethereum-json-rpc', time: expect.stringMatching(/Z$/) };
  expect(entries).toEqual([
    { ...asked, address: holders[0], token: null, units: String(5n * 10n ** 18n) },
    { ...asked, address: holders[0], token, units: '123456789' },
    { ...asked, address: holders[1], token: null, units: '1' },
    { ...asked, address: holders[1], token, units: '7' },
    { ...asked, address: holders[2], token: null, units: '0' },
    { ...asked, address: holders[2], token, units: '0' },
  ]);
  expect(encodeReserves({ format: 'solvent-reserves/1', entries }).length).toBeGreaterThan(1000);
}

describe('a node of an EVM chain', () => {
  test('says what was there at the snapshot, own asset and token, though all of it changed since', async () => {
    expectSnapshot(await readBalances(request()));
  });

  test('says the same without batches', async () => {
    expectSnapshot(await readBalances(request({ batchSize: 1 })));
  });

  test('says the same through Multicall3', async () => {
    expectSnapshot(await readBalances(request({ multicall })));
  });

  test('is not believed through a contract that is not Multicall3', async () => {
    await expect(readBalances(request({ multicall: token }))).rejects.toThrow('the node says');
    await expect(readBalances(request({ multicall: holders[2] }))).rejects.toThrow("is not Multicall3's");
  });

  test('is asked again for the balances of a report, and a false one is found', async () => {
    const { queries, sources, signal } = request();
    const entries = await readBalances({ ...request(), queries });
    const tokens = [{ network: 'ethereum', token, asset: 'USDT', decimals: 6 }];
    expect(await recheckReserves({ entries, tokens, sources, signal })).toEqual({
      sameCount: 6,
      differences: [],
      unchecked: [],
    });
    const raised = entries.map((entry, i) => (i === 1 ? { ...entry, units: '223456789' } : entry));
    const { sameCount, differences } = await recheckReserves({ entries: raised, tokens, sources, signal });
    expect(sameCount).toBe(5);
    expect(differences).toMatchObject([{ entry: raised[1], found: { units: '123456789' } }]);
    const other = entries.map((entry) => ({ ...entry, blockHash: `0x${'ab'.repeat(32)}` }));
    const { unchecked } = await recheckReserves({ entries: other, tokens, sources, signal });
    expect(unchecked).toMatchObject([
      { entries: other, reason: expect.stringContaining(`to be 0x${'ab'.repeat(32)}`) },
    ]);
  });

  test('must be of the chain, the block and the token that are meant', async () => {
    const other = await startAnvil(137);
    try {
      await expect(readBalances(request({ url: other.url }))).rejects.toThrow('expected chain id 1, got 137');
    } finally {
      await other.stop();
    }
    const blocks = (change: Partial<typeof snapshot>) => ({ blocks: [{ ...snapshot, ...change }] });
    await expect(readBalances(request({}, blocks({ hash: `0x${'0'.repeat(64)}` })))).rejects.toThrow('to be 0x000');
    await expect(readBalances(request({}, blocks({ height: 1_000_000 })))).rejects.toThrow('does not have');
    const wrong = request().queries.map((query) => ({ ...query, decimals: 8 }));
    await expect(readBalances(request({}, { queries: wrong }))).rejects.toThrow('expected 8 as in the mapping');
    const nowhere = wrong.map((query) => ({ ...query, token: holders[0] }));
    await expect(readBalances(request({}, { queries: nowhere }))).rejects.toThrow('is there such a token');
  });
});
