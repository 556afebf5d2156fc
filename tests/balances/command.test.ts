/** `solvent wallets balances` from files to file, with a node of its own, and what happens when that goes away. */
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { decodeReserves } from '@solvent/report-format/reserves';
import { verifyReserves } from '@solvent/reserves-verifier/verify-reserves';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sendTransaction, startAnvil } from '../support/anvil.js';
import type { LocalNode } from '../support/local-process.js';
import { runSolvent } from '../support/run-command.js';
import { smallToken, transferCall } from '../support/small-token.js';

const holders = Array.from({ length: 12 }, (_, i) => `0x${(i + 16).toString(16).repeat(20)}`);
const key = 'a-key-that-nobody-may-see';

let node: LocalNode;
let token = '';
let block = { network: 'ethereum', height: 0, hash: '' };
let folder = '';
/** What stands between the command and the node: it counts requests, and can go away after some. */
let proxy: { url: string; count: number; answersLeft: number; close(): void };

beforeAll(async () => {
  node = await startAnvil(1);
  const send = (transaction: Record<string, string>) => sendTransaction(node.call, transaction);
  token = (await send({ data: smallToken(6, 10n ** 12n) })).contractAddress;
  for (const [i, to] of holders.entries()) {
    await send({ to, value: `0x${(i + 1).toString(16)}` });
    await send({ to: token, data: transferCall(to, BigInt(1_000_000 * (i + 1))) });
  }
  const { number, hash } = (await node.call('eth_getBlockByNumber', 'latest', false)) as Record<string, string>;
  block = { network: 'ethereum', height: Number(number), hash };
  await send({ to: holders[0], value: '0xffff' });
  proxy = await startProxy(node.url);
});

afterAll(async () => {
  delete process.env.SOLVENT_TEST_NODE_KEY;
  proxy?.close();
  await node?.stop();
});

beforeEach((context) => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-balances-'));
  context.onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  proxy.count = 0;
  proxy.answersLeft = Number.POSITIVE_INFINITY;
  process.env.SOLVENT_TEST_NODE_KEY = key;
  const rows = holders.flatMap((address) => [`ETH,ethereum,1,${address},0,,,`, `USDT,ethereum,1,${address},0,,,`]);
  write('wallets.csv', ['coin,network,height,address,amount,message,signature1,script', ...rows, ''].join('\n'));
  write('snapshot.json', { format: 'solvent-snapshot/1', exchange: 'Example', reportId: '2026-01', blocks: [block] });
  write('tokens.json', [{ network: 'ethereum', token, asset: 'USDT', decimals: 6 }]);
  const url = `${proxy.url}/v1/\${SOLVENT_TEST_NODE_KEY}`;
  const source = { kind: 'ethereum-json-rpc', url, batchSize: 2, concurrency: 1, attempts: 1, requestsPerSecond: 1000 };
  write('rpc.json', { format: 'solvent-rpc/1', networks: { ethereum: { sources: [source] } } });
});

function startProxy(to: string): Promise<typeof proxy> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    state.count++;
    if (request.url !== `/v1/${key}` || state.answersLeft-- <= 0) return void response.writeHead(503).end();
    const answer = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    response.end(await answer.text());
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const state = { url: '', count: 0, answersLeft: 0, close };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve(state);
    });
  });
}

function write(name: string, contents: unknown): void {
  fs.writeFileSync(path.join(folder, name), typeof contents === 'string' ? contents : JSON.stringify(contents));
}

async function balances(...more: string[]) {
  const at = (name: string) => path.join(folder, name);
  const files = ['--rpc', at('rpc.json'), '--snapshot', at('snapshot.json'), '--tokens', at('tokens.json')];
  const ended = await runSolvent(
    'wallets',
    'balances',
    at('wallets.csv'),
    ...files,
    '--out',
    at('reserves.json'),
    ...more,
  );
  expect(JSON.stringify(ended)).not.toContain(key);
  return ended;
}

describe('solvent wallets balances', () => {
  test('writes what the wallets held at the snapshot, and a report can count it', async () => {
    const { exitCode, stdout, stderr } = await balances();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`ethereum, block ${block.height} ${block.hash}: 24 balances by ethereum-json-rpc`);
    const bytes = fs.readFileSync(path.join(folder, 'reserves.json'));
    const decoded = decodeReserves(bytes);
    expect(decoded.ok && decoded.value.entries.length).toBe(24);
    const wallets = holders.flatMap((address, i) =>
      ['ETH', 'USDT'].map((asset) => ({ line: i, network: 'ethereum', asset, address, verdict: 'verified' as const })),
    );
    const tokens = [{ network: 'ethereum', token, asset: 'USDT', decimals: 6 }];
    expect(verifyReserves(bytes, { blocks: [block], tokens }, wallets)).toMatchObject({
      ok: true,
      assets: [
        { asset: 'ETH', total: { units: 78n, decimals: 18 }, entryCount: 12, tipCount: 0 },
        { asset: 'USDT', total: { units: 78_000_000n, decimals: 6 }, entryCount: 12, tipCount: 0 },
      ],
    });
    expect(fs.readdirSync(folder)).not.toContain('reserves.json.unfinished');
    const again = await balances();
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('none is overwritten')]);
  });

  test('goes on where it was, when the node went away', async () => {
    proxy.answersLeft = 10;
    const broken = await balances();
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toMatch(
      /^solvent: ethereum, source 1 \(ethereum-json-rpc at 127\.0\.0\.1:[0-9]+\): status 503, after 1 attempts; 10 answers are kept, --resume goes on from them\n$/,
    );
    expect(fs.readdirSync(folder)).not.toContain('reserves.json');
    expect((await balances()).stderr).toContain('got an unfinished run; --resume continues it');
    proxy.answersLeft = Number.POSITIVE_INFINITY;
    proxy.count = 0;
    const resumed = await balances('--resume');
    expect([resumed.exitCode, resumed.stderr]).toEqual([0, '10 of 24 answers from before\n']);
    // The chain, its block, two for how to name it, the token's decimals, 14 balances in pairs, the block again.
    expect(proxy.count).toBe(5 + 7 + 1);
    const decoded = decodeReserves(fs.readFileSync(path.join(folder, 'reserves.json')));
    expect(decoded.ok && decoded.value.entries.length).toBe(24);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('reserves'))).toEqual(['reserves.json']);
    expect((await balances('--resume')).exitCode).toBe(2);
  });

  test('does not go on with other inputs', async () => {
    proxy.answersLeft = 9;
    await balances();
    proxy.answersLeft = Number.POSITIVE_INFINITY;
    write('tokens.json', []);
    const { exitCode, stderr } = await balances('--resume', '--partial');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('of another wallet list, snapshot')]);
  });

  test('asks for nothing when a row cannot be asked for, unless that is wanted', async () => {
    write('tokens.json', []);
    const refused = await balances();
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('line 3: no token of ethereum counts as USDT (and 11 rows more); --partial');
    expect(proxy.count).toBe(0);
    const { exitCode, stdout, stderr } = await balances('--partial');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('12 balances')]);
    expect(stderr).toContain('left out: line 3: no token of ethereum counts as USDT\n');
  });

  test('shows no variable that is missing or wrong, and says which', async () => {
    delete process.env.SOLVENT_TEST_NODE_KEY;
    const missing = await balances();
    expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('variable SOLVENT_TEST_NODE_KEY')]);
    process.env.SOLVENT_TEST_NODE_KEY = 'another-key';
    const wrong = await balances();
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).not.toContain('another-key');
  });

  test('leaves no file when the node is of another block', async () => {
    const blocks = [{ ...block, hash: `0x${'00'.repeat(32)}` }];
    write('snapshot.json', { format: 'solvent-snapshot/1', exchange: 'Example', reportId: '2026-01', blocks });
    const { exitCode, stderr } = await balances();
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`to be ${blocks[0].hash}`)]);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('reserves'))).toEqual([]);
  });
});

describe('solvent wallets snapshot', () => {
  test('names a final block, of which balances can be had', async () => {
    const { hash: before } = (await node.call('eth_getBlockByNumber', 'latest', false)) as Record<string, string>;
    // Blocks twelve seconds apart, as many as make earlier ones final.
    await node.call('anvil_mine', '0x100', '0xc');
    const at = (name: string) => path.join(folder, name);
    fs.rmSync(at('snapshot.json'));
    const args = [
      '--rpc',
      at('rpc.json'),
      '--exchange',
      'Example',
      '--report-id',
      '2026-01',
      '--out',
      at('snapshot.json'),
    ];
    const { exitCode, stdout, stderr } = await runSolvent('wallets', 'snapshot', ...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    const { blocks } = JSON.parse(fs.readFileSync(at('snapshot.json'), 'utf8'));
    const [{ network, height, hash }] = blocks;
    expect(stdout).toContain(`  ethereum, block ${height} ${hash}, 20`);
    expect([network, blocks.length]).toEqual(['ethereum', 1]);
    const tag = `0x${height.toString(16)}`;
    expect(await node.call('eth_getBlockByNumber', tag, false)).toMatchObject({ hash });
    expect(hash).not.toBe(before);
    expect((await balances()).stdout).toContain(`ethereum, block ${height} ${hash}: 24 balances`);
    const again = await runSolvent('wallets', 'snapshot', ...args);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('none is overwritten')]);
  });

  test('takes no time that is not over', async () => {
    const out = path.join(folder, 'other.json');
    const args = ['--rpc', path.join(folder, 'rpc.json'), '--exchange', 'E', '--report-id', '1', '--out', out];
    const late = await runSolvent('wallets', 'snapshot', ...args, '--time', '2100-01-01T00:00:00Z');
    expect([late.exitCode, late.stderr]).toEqual([
      2,
      expect.stringContaining('its newest final block, got 2100-01-01'),
    ]);
    const none = await runSolvent('wallets', 'snapshot', ...args, '--time', '2026-02-30T00:00:00Z');
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('Expected a time such as')]);
    expect(fs.existsSync(out)).toBe(false);
  });
});
