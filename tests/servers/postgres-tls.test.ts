/**
 * Whoever asks a database that holds private data: the source of a ledger, the stores of holders, the queue of a run. Each
 * asks the server that its settings mean, by TLS, and no other one.
 */
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answered, useQueueServer } from '@solvent/cli/distributed/queue-server';
import { readSettings } from '@solvent/cli/distributed/settings';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores } from '@solvent/postgres-store/postgres-stores';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { findPart, requirePart } from '../support/system-parts.js';

const database = 'private';
const nobody = 65_534;
const folder = mkdtempSync(join(tmpdir(), 'solvent-tls-'));
const at = (name: string) => join(folder, name);
let server: LocalPostgres;

/** Has the server use a certificate, and refuse its private database in the clear. */
async function secure(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const settings = { ssl: 'on', ssl_cert_file: at('server.pem'), ssl_key_file: at('server.key') };
  for (const [name, value] of Object.entries(settings)) await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  const { rows } = await client.query<{ hba_file: string }>('SHOW hba_file');
  await client.end();
  const [{ hba_file: rules }] = rows;
  writeFileSync(rules, `hostnossl ${database} all all reject\n${readFileSync(rules, 'utf8')}`);
  // What is read at the start is in use when it answers again; after a reload that could not be told.
  await server.kill();
  await server.restart();
}

beforeAll(async () => {
  const openssl = findPart('openssl');
  if (openssl === undefined) return;
  chmodSync(folder, 0o755);
  makeCertificate(openssl, folder, 'server', ['localhost', 'db.example']);
  makeCertificate(openssl, folder, 'other', ['localhost']);
  // As root, the server runs as nobody.
  if (process.getuid?.() === 0) chownSync(at('server.key'), nobody, nobody);
  server = await startPostgres();
  await secure(await server.createDatabase(database));
  writeFileSync(at('password'), `${server.password}\n`);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});
beforeEach((context) => void requirePart('openssl', context));

function settingsFile(settings: object): string {
  writeFileSync(at('settings.json'), JSON.stringify(settings));
  return at('settings.json');
}

const place = (more: object) => {
  const { port, user } = server;
  return { host: 'localhost', port, database, user, passwordFile: 'password', ...more };
};

// A busy machine is slow.
const patience = { connectSeconds: 60 };

async function readLedger(more: object): Promise<void> {
  const query = "SELECT 'ann' AS account_id, 'BTC' AS asset, 1 AS balance";
  const file = settingsFile({ kind: 'postgresql', ...place(more), ...patience, query });
  await readLedgerSource(file, [{ symbol: 'BTC', decimals: 8 }]);
}

async function listStores(more: object): Promise<void> {
  const stores = openPostgresStores(
    readPostgresSettings(settingsFile({ kind: 'postgresql', ...place(more), ...patience })),
  );
  try {
    await stores.list();
  } finally {
    await stores.close();
  }
}

async function countJobs(more: object): Promise<void> {
  const queue = { kind: 'postgres', ...place(more) };
  const storage = { kind: 'folder', path: 'objects' };
  const settings = await readSettings(settingsFile({ format: 'solvent-distributed/1', queue, storage }));
  const opened = (await useQueueServer(settings)).open('segments');
  try {
    await answered(opened.count());
  } finally {
    await opened.close().catch(() => {});
  }
}

describe.each([
  ['the source of a ledger', readLedger],
  ['the stores of holders', listStores],
  ['the queue of a run', countJobs],
])('%s', (_, ask) => {
  it('asks a server whose certificate is of the authority in the settings', async () => {
    await ask({ tls: { caFile: 'server.pem' } });
  });

  it.each([
    ['of another authority', { tls: { caFile: 'other.pem' } }, /self-signed|SELF_SIGNED/],
    ['of another name', { tls: { caFile: 'server.pem' }, host: '127.0.0.1' }, /not in the cert's list|ALTNAME/],
    ['by a file that holds no certificates', { tls: { caFile: 'password' } }, /self-signed|SELF_SIGNED/],
    ['that wants TLS, where the settings want none', { tls: false }, /reject|28000/],
  ])('asks no server %s', async (_, more, reason) => {
    await expect(ask(more)).rejects.toThrow(reason);
  });
});

it('the stores of holders say that it is the certificate', async () => {
  const expected = `postgresql localhost:${server.port}/${database}: the server's certificate does not verify`;
  await expect(listStores({ tls: { caFile: 'other.pem' } })).rejects.toThrow(expected);
});

it.each([
  ['the source of a ledger', readLedger, {}],
  ['the stores of holders', listStores, {}],
  ['the queue of a run', countJobs, true],
])('%s trusts no authority that the system does not, unless the settings name it', async (_, ask, tls) => {
  await expect(ask({ tls })).rejects.toThrow(/self-signed|SELF_SIGNED/);
});

it.each(['localhost', '127.0.0.1'])('the queue of a run at %s has the name in the settings', async (host) => {
  const named = (serverName: string) => countJobs({ host, tls: { caFile: 'server.pem', serverName } });
  await named('db.example');
  await expect(named('other.example')).rejects.toThrow(/does not match certificate's altnames/);
});
