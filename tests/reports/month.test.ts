/** A whole month by the command, with wallets on a node of their own: from a ledger to a report that asks the chain again. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { evmSigner } from '@solvent/cli/wallets/signing/account-signers';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { decodeReserves, encodeReserves } from '@solvent/report-format/reserves';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendTransaction, startAnvil } from '../support/anvil.js';
import type { LocalNode } from '../support/local-process.js';
import { runSolvent } from '../support/run-command.js';
import { smallToken, transferCall } from '../support/small-token.js';

const ether = 10n ** 18n;
const secretKeys = ['11', '22'].map((digits) => digits.repeat(32));
const addresses = secretKeys.map((key) => evmSigner.addressOf(Buffer.from(key, 'hex'), findNetwork('ethereum')!));

let node: LocalNode;
let folder = '';
const at = (name: string) => path.join(folder, name);

function write(name: string, contents: unknown): string {
  fs.writeFileSync(at(name), typeof contents === 'string' ? contents : JSON.stringify(contents));
  return at(name);
}

async function solvent(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runSolvent(...args);
  if (exitCode !== 0) throw new Error(`solvent ${args.join(' ')} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}

const title = ['--exchange', 'Example', '--report-id', '2026-01', '--time', '2026-01-31T23:59:59Z'];
const makeArgs = (out: string, reserves: string) => {
  const inputs = ['--wallets', at('signed.csv'), '--reserves', reserves, '--tokens', at('tokens.json')];
  return ['report', 'make', at(`${out}/public`), ...inputs, '--snapshot', at('snapshot.json')];
};

async function prove(out: string): Promise<void> {
  const files = ['--accounts', at('ledger.csv'), '--assets', at('assets.json'), '--out', at(out)];
  await solvent('prove', ...files, ...title, '--plain-store', '--allow-small-groups', '1');
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-month-'));
  node = await startAnvil(1);
  const send = (transaction: Record<string, string>) => sendTransaction(node.call, transaction);
  const token = (await send({ data: smallToken(6, 10n ** 12n) })).contractAddress;
  for (const to of addresses) await send({ to, value: `0x${(3n * ether).toString(16)}` });
  await send({ to: token, data: transferCall(addresses[1], 500_000_000n) });
  const { number, hash } = (await node.call('eth_getBlockByNumber', 'latest', false)) as Record<string, string>;
  // After the snapshot everything changes.
  await send({ to: addresses[0], value: `0x${ether.toString(16)}` });
  await send({ to: token, data: transferCall(addresses[0], 1n) });

  const block = { network: 'ethereum', height: Number(number), hash };
  write('snapshot.json', { format: 'solvent-snapshot/1', exchange: 'Example', reportId: '2026-01', blocks: [block] });
  write('tokens.json', [{ network: 'ethereum', token, asset: 'USDT', decimals: 6 }]);
  const sources = [{ kind: 'ethereum-json-rpc', url: node.url, requestsPerSecond: 1000 }];
  write('rpc.json', { format: 'solvent-rpc/1', networks: { ethereum: { sources } } });
  const rows = addresses.flatMap((address) => ['ETH', 'USDT'].map((coin) => `${coin},ethereum,0,${address},0,,,`));
  write('wallets.csv', ['coin,network,height,address,amount,message,signature1,script', ...rows, ''].join('\n'));
  const wallets = addresses.map((address, i) => ({ network: 'ethereum', address, secretKeys: [secretKeys[i]] }));
  write('keys.json', { format: 'solvent-wallet-keys/1', wallets });
  write('ledger.csv', 'account_id,ETH,USDT\nalice,2.5,100\nbob,3,400\n');
  write('assets.json', '[{"symbol":"ETH","decimals":18},{"symbol":"USDT","decimals":6}]');

  const files = ['--rpc', at('rpc.json'), '--snapshot', at('snapshot.json'), '--tokens', at('tokens.json')];
  await solvent('wallets', 'challenge', at('wallets.csv'), '--report', at('snapshot.json'), '--out', at('to-sign.csv'));
  await solvent('wallets', 'sign', at('to-sign.csv'), '--keys', at('keys.json'), '--out', at('signed.csv'));
  await solvent('wallets', 'balances', at('signed.csv'), ...files, '--out', at('reserves.json'));
  await prove('month');
});

afterAll(async () => {
  await node?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a month', () => {
  test('is proven, signed for, asked for, made, published and verified, and the chain agrees', async () => {
    await solvent(...makeArgs('month', at('reserves.json')));
    await solvent('report', 'publish', at('month/public'), '--to', at('reports'));
    const page = await solvent('verify', at('reports/2026-01'), '--min-ratio', '100', '--rpc', at('rpc.json'));
    // 6 of 5.5 ether and 500 of 500 dollars: what the wallets held at the snapshot, not what they hold now.
    expect(page).toContain('│ ETH   │  5.5 │    6 │ 109.09 % │');
    expect(page).toContain('│ USDT  │  500 │  500 │ 100.00 % │');
    expect(page).toContain('The chains were asked again: 4 balances as the exchange says.');
  });

  test('whose exchange says more than the chain is found by whoever asks the chain', async () => {
    const decoded = decodeReserves(fs.readFileSync(at('reserves.json')));
    if (!decoded.ok) throw new Error(decoded.fault);
    const entries = decoded.value.entries.map((entry, i) => (i === 0 ? { ...entry, units: `${entry.units}0` } : entry));
    fs.writeFileSync(at('more.json'), encodeReserves({ ...decoded.value, entries }));
    await prove('lie');
    await solvent(...makeArgs('lie', at('more.json')));
    // Offline nothing contradicts it.
    await solvent('verify', at('lie'), '--min-ratio', '100');
    const { exitCode, stdout } = await runSolvent('verify', at('lie'), '--rpc', at('rpc.json'));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/its own asset at 0x[0-9a-f]{40} on ethereum: the report says 30\.0+, the chain 3\.0+/);
  });
});
