/** A node of Bitcoin's family on loopback: Debian's litecoind with a chain of its own (regtest). */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type CallNode, freePort, type LocalNode, nodeCaller, startProgram } from './local-process.js';

export interface Litecoind extends LocalNode {
  readonly user: string;
  readonly password: string;
  /** Creates a wallet, whose calls go to it. */
  createWallet(name: string): Promise<CallNode>;
}

/** Starts a node with an empty chain and no wallet; `stop` ends it and removes its files. */
export async function startLitecoind(program: string): Promise<Litecoind> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-litecoind-'));
  const port = await freePort();
  const [user, password] = ['tester', 'only-on-loopback'];
  const url = `http://127.0.0.1:${port}`;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const call = nodeCaller(url, { authorization });
  const args = [
    '-regtest',
    `-datadir=${folder}`,
    `-rpcport=${port}`,
    `-rpcuser=${user}`,
    `-rpcpassword=${password}`,
    '-rpcbind=127.0.0.1',
    '-rpcallowip=127.0.0.1',
    '-listen=0',
    '-fallbackfee=0.0001',
    '-printtoconsole=0',
  ];
  try {
    const node = await startProgram(program, args, () => call('getblockchaininfo'));
    const stop = async () => {
      await node.stop();
      fs.rmSync(folder, { recursive: true });
    };
    const createWallet = async (name: string) => {
      await call('createwallet', name);
      return nodeCaller(`${url}/wallet/${name}`, { authorization });
    };
    return { url, call, user, password, createWallet, stop };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
