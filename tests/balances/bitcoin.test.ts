import { findBlocks } from '@solvent/balances/find-blocks';
import { planQueries } from '@solvent/balances/plan-queries';
import { type ReadRequest, readBalances } from '@solvent/balances/read-balances';
import { recheckReserves } from '@solvent/balances/recheck-reserves';
import { parseSources } from '@solvent/balances/source-settings';
import { type BitcoinAddressKind, bitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import { bitcoinNetworks } from '@solvent/report-format/networks/bitcoin-networks';
import type { ReservesEntry } from '@solvent/report-format/reserves';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveEsplora } from '../support/esplora-over-node.js';
import { type Litecoind, startLitecoind } from '../support/litecoind.js';
import type { CallNode } from '../support/local-process.js';
import { findPart, requirePart } from '../support/system-parts.js';

const litecoin = bitcoinNetworks.find(({ id }) => id === 'litecoin')!;

let node: Litecoind | undefined;
let indexer: { url: string; stop(): Promise<void> } | undefined;
let payer: CallNode;
let holder: CallNode;
/** Addresses of the holder by kind, in the spelling of the node's chain. */
const own = new Map<string, string>();
/** The same in the spelling of the main chain. */
const addresses = new Map<string, string>();
let snapshot = { network: 'litecoin', height: 0, hash: '' };
/** Balances at the snapshot and now, by address. */
const atSnapshot = new Map<string, string>();
const atTip = new Map<string, string>();

/** The address of the main chain for a script: the node's own chain spells it in another way. */
function mainSpelling(script: string): string {
  const forms: [BitcoinAddressKind, RegExp][] = [
    ['P2PKH', /^76a914(.{40})88ac$/],
    ['P2SH', /^a914(.{40})87$/],
    ['P2WPKH', /^0014(.{40})$/],
  ];
  for (const [kind, form] of forms) {
    const hash = form.exec(script)?.[1];
    if (hash !== undefined) return bitcoinAddress(kind, Buffer.from(hash, 'hex'), litecoin).canonical;
  }
  throw new Error(`no address for ${script}`);
}

beforeAll(async () => {
  const program = findPart('litecoind');
  if (program === undefined) return;
  node = await startLitecoind(program);
  payer = await node.createWallet('payer');
  // A wallet of its own, so that the payer spends nothing of it.
  holder = await node.createWallet('holder');
  const miner = (await payer('getnewaddress')) as string;
  await payer('generatetoaddress', 110, miner);
  for (const kind of ['legacy', 'p2sh-segwit', 'bech32']) {
    const address = (await holder('getnewaddress', '', kind)) as string;
    const { scriptPubKey } = (await holder('getaddressinfo', address)) as { scriptPubKey: string };
    own.set(kind, address);
    addresses.set(kind, mainSpelling(scriptPubKey));
  }
  await payer('sendtoaddress', own.get('legacy'), 1.5);
  await payer('sendtoaddress', own.get('p2sh-segwit'), 0.1);
  // More transactions than an indexer shows on one page, several of them in one block.
  for (let i = 0; i < 30; i++) {
    await payer('sendtoaddress', own.get('bech32'), (0.00012345 + i / 100).toFixed(8));
    if (i % 4 === 0) await payer('generatetoaddress', 1, miner);
  }
  await payer('generatetoaddress', 1, miner);
  const height = (await payer('getblockcount')) as number;
  snapshot = { network: 'litecoin', height, hash: (await payer('getblockhash', height)) as string };
  atSnapshot.set('legacy', '150000000').set('p2sh-segwit', '10000000');
  atSnapshot.set('bech32', String(30 * 12345 + (1_000_000 * (29 * 30)) / 2));
  indexer = await serveEsplora(node.call);
});

afterAll(async () => {
  await indexer?.stop();
  await node?.stop();
});

/** After the snapshot one address is emptied, and another one gets more. */
async function moveOn(): Promise<void> {
  if (node === undefined || atTip.size > 0) return;
  const unspent = (await holder('listunspent')) as { txid: string; vout: number; scriptPubKey: string }[];
  const legacy = unspent.filter(({ scriptPubKey }) => scriptPubKey.startsWith('76a914'));
  const miner = (await payer('getnewaddress')) as string;
  const raw = await holder('createrawtransaction', legacy, { [miner]: 1.4 });
  const { hex } = (await holder('signrawtransactionwithwallet', raw)) as { hex: string };
  await holder('sendrawtransaction', hex, 0);
  await payer('sendtoaddress', own.get('p2sh-segwit'), 0.25);
  await payer('generatetoaddress', 2, miner);
  atTip.set('legacy', '0').set('p2sh-segwit', '35000000').set('bech32', atSnapshot.get('bech32')!);
}

function request(sources: Record<string, unknown>[], change: Partial<ReadRequest> = {}): ReadRequest {
  const read = readWalletList(
    `coin,network,height,address,amount,message,signature1,script\n${[...addresses.values()]
      .map((address) => `LTC,litecoin,1,${address},0,,,`)
      .join('\n')}\n`,
  );
  if (!read.ok) throw new Error(read.found);
  const file = { format: 'solvent-rpc/1', networks: { litecoin: { sources, agree: sources.length } } };
  const parsed = parseSources(JSON.stringify(file), { NODE_USER: node!.user, NODE_PASSWORD: node!.password });
  if (!parsed.ok) throw new Error(parsed.fault);
  const known = new Set(['litecoin']);
  const plan = planQueries(read.rows, { tokens: [], blocks: known, sources: known });
  expect(plan.leftOut).toEqual([]);
  const signal = new AbortController().signal;
  return { queries: plan.queries, blocks: [snapshot], sources: parsed.value, kept: new Map(), signal, ...change };
}

const core = (change: Record<string, unknown> = {}) => ({
  kind: 'bitcoin-core',
  url: node!.url,
  basic: `\${NODE_USER}:\${NODE_PASSWORD}`,
  chain: 'regtest',
  attempts: 1,
  ...change,
});
const esplora = (change: Record<string, unknown> = {}) => ({
  kind: 'esplora',
  url: indexer!.url,
  attempts: 1,
  requestsPerSecond: 1000,
  ...change,
});

function unitsByKind(entries: readonly ReservesEntry[]): Map<string, string> {
  const byAddress = new Map(entries.map(({ address, units }) => [address, units]));
  return new Map([...addresses].map(([kind, address]) => [kind, byAddress.get(address)!]));
}

describe('a node and an indexer of Bitcoin’s family', () => {
  beforeEach((context) => {
    requirePart('litecoind', context);
  });

  test('the node says what is there at its newest block, which is the snapshot’s', async () => {
    const entries = await readBalances(request([core()]));
    expect(unitsByKind(entries)).toEqual(atSnapshot);
    for (const { at, height, blockHash, source } of entries) {
      expect({ at, height, blockHash, source }).toEqual({
        at: 'height',
        height: snapshot.height,
        blockHash: snapshot.hash,
        source: 'bitcoin-core',
      });
    }
  });

  test('node and indexer agree', async () => {
    const entries = await readBalances(request([core(), esplora()]));
    expect(unitsByKind(entries)).toEqual(atSnapshot);
    expect(entries[0].source).toBe('bitcoin-core + esplora');
  });

  test('of a later block the node says so, with its height and hash', async () => {
    await moveOn();
    const entries = await readBalances(request([core()]));
    expect(unitsByKind(entries)).toEqual(atTip);
    const hash = await node!.call('getbestblockhash');
    for (const { at, height, blockHash } of entries) {
      expect({ at, height, blockHash }).toEqual({ at: 'tip', height: snapshot.height + 2, blockHash: hash });
    }
  });

  test.each(['full', 'recent'])('the indexer’s %s history says what was there at the snapshot', async (history) => {
    await moveOn();
    const entries = await readBalances(request([esplora({ history })]));
    expect(unitsByKind(entries)).toEqual(atSnapshot);
    for (const { at, height, blockHash } of entries) {
      expect({ at, height, blockHash }).toEqual({ at: 'height', height: snapshot.height, blockHash: snapshot.hash });
    }
  });

  test('a later node does not agree with the indexer about the snapshot', async () => {
    await moveOn();
    await expect(readBalances(request([core(), esplora()]))).rejects.toThrow('sources disagree');
  });

  test('balances of a report are asked for again, those at the tip at their own height', async () => {
    await moveOn();
    const { sources, signal } = request([esplora()]);
    const entries = await readBalances(request([core()]));
    const before = { tokens: [], signal, entries };
    expect(await recheckReserves({ ...before, sources })).toEqual({ sameCount: 3, differences: [], unchecked: [] });
    const more = entries.map((entry) => ({ ...entry, units: `1${entry.units}` }));
    const { differences } = await recheckReserves({ ...before, sources, entries: more });
    expect(differences.length).toBe(3);
    await payer('generatetoaddress', 1, await payer('getnewaddress'));
    const { unchecked } = await recheckReserves({ ...before, sources: request([core()]).sources });
    expect(unchecked).toEqual([{ entries, reason: 'the source only knows a later block' }]);
  });

  test('node and indexer agree about the block of a time', async () => {
    const { sources, signal } = request([core(), esplora()]);
    const [newest] = await findBlocks({ sources, time: undefined, signal });
    expect(newest.height).toBe(((await node!.call('getblockcount')) as number) - 5);
    expect(newest.hash).toBe(await node!.call('getblockhash', newest.height));
    const [found] = await findBlocks({ sources, time: newest.time - 1, signal });
    expect(found.height).toBeLessThan(newest.height);
    const header = (hash: unknown) => node!.call('getblockheader', hash) as Promise<{ mediantime: number }>;
    expect((await header(found.hash)).mediantime).toBeLessThan(newest.time);
    const next = await node!.call('getblockhash', found.height + 1);
    expect((await header(next)).mediantime).toBe(newest.time);
  });

  test('the chain and the block must be those that are meant', async () => {
    await expect(readBalances(request([core({ chain: 'main' })]))).rejects.toThrow(
      'expected the chain main, got "regtest"',
    );
    const hash = '0'.repeat(64);
    const blocks = [{ ...snapshot, hash }];
    for (const source of [core(), esplora()]) {
      await expect(readBalances(request([source], { blocks }))).rejects.toThrow(`to be ${hash}`);
    }
    const far = [{ ...snapshot, height: 1_000_000 }];
    await expect(readBalances(request([core()], { blocks: far }))).rejects.toThrow('Block height out of range');
    await expect(readBalances(request([esplora()], { blocks: far }))).rejects.toThrow('expected its hash');
  });

  test('a wrong password is refused, and is not shown', async () => {
    const { sources, ...rest } = request([core()]);
    const [{ network, sources: ones }] = sources;
    const headers = { authorization: 'Basic c2VjcmV0OnNlY3JldA==' };
    const wrong = [{ network, agree: 1, sources: [{ ...ones[0], headers }] }];
    const failure = await readBalances({ ...rest, sources: wrong }).catch((error: Error) => error.message);
    expect(failure).toContain('expected access, got status 401');
    expect(failure).not.toContain('c2VjcmV0');
  });
});
