/** A Redis server on loopback: Debian's, with a password, which writes every change to its disk. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort, startProgram } from './local-process.js';

/** A server that a test may kill, and bring back as it was. */
export interface LocalRedis {
  readonly port: number;
  readonly password: string;
  /** Where its files are. */
  readonly folder: string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on its port and with its data. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts an empty server.
 *
 * @param program what `requirePart('redis-server', …)` gives
 * @param more further lines of its settings
 */
export async function startRedis(program: string, more: readonly string[] = []): Promise<LocalRedis> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-redis-'));
  const port = await freePort();
  const password = 'only-on-loopback';
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${folder}`,
    'appendonly yes',
    'appendfsync always',
    'maxmemory-policy noeviction',
    'save ""',
    'daemonize no',
    ...more,
  ];
  const file = path.join(folder, 'redis.conf');
  fs.writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  const start = () => startProgram(program, [file], () => ping(port, password));
  let server = await start();
  return {
    port,
    password,
    folder,
    kill: () => server.stop(),
    async restart() {
      server = await start();
    },
    async stop() {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ping(port: number, password: string): Promise<void> {
  const client = new Redis({ port, password, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  // What goes wrong is thrown by the calls.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
