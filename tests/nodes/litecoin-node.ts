// A node of Litecoin on a chain of its own, for tests: Bitcoin's rules of scripts and messages, from a Debian package.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LitecoinNode {
  /** Calls a method of the node; the node's own error is the message of the Error. */
  call(method: string, ...parameters: unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

const startMsMax = 60_000;

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the node and a wallet in a folder of its own; resolves once it answers. */
export async function startLitecoinNode(command: string): Promise<LitecoinNode> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'litecoin-node-'));
  const port = await freePort();
  const node = spawn(
    command,
    ['-regtest', `-datadir=${folder}`, `-rpcport=${port}`, '-server', '-listen=0', '-dnsseed=0', '-printtoconsole=0'],
    { stdio: 'ignore' },
  );
  const ended = once(node, 'exit');

  async function call(method: string, ...parameters: unknown[]): Promise<unknown> {
    const cookie = fs.readFileSync(path.join(folder, 'regtest', '.cookie'), 'utf8');
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(cookie).toString('base64')}` },
      body: JSON.stringify({ jsonrpc: '1.0', id: 0, method, params: parameters }),
    });
    const { result, error } = (await response.json()) as { result: unknown; error: { message: string } | null };
    if (error !== null) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async function stop(): Promise<void> {
    node.kill();
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  }

  try {
    for (const giveUpAt = Date.now() + startMsMax; ; await sleep(100)) {
      if (node.exitCode !== null) throw new Error(`${command}: ended with ${node.exitCode} before it answered`);
      const answered = await call('getblockcount').catch(() => undefined);
      if (answered !== undefined) break;
      if (Date.now() > giveUpAt) throw new Error(`${command}: no answer within ${startMsMax} ms`);
    }
    await call('createwallet', 'test');
    return { call, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
