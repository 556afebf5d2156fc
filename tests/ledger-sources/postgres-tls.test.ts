// Encrypted connections: to a server whose certificate is of an authority that the settings name, and to no other one.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import { describeLedger } from '@solvent/ledger-sources/testing';
import type { Asset } from '@solvent/report-format/assets';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { requirePart } from '../support/system-parts.js';
import { temporaryFile } from './temporary-files.js';

const assets: Asset[] = [{ symbol: 'BTC', decimals: 8 }];
const nobody = 65_534;

let server: LocalPostgres;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'solvent-tls-'));
  chmodSync(folder, 0o755);
  server = await startPostgres();
  client = new pg.Client({ connectionString: await server.createDatabase('ledger') });
  client.on('error', () => {});
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client?.end();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

/** Has the server use a certificate for a name, signed by itself, and gives the certificate's path. */
async function useCertificate(name: string, context: TestContext): Promise<string> {
  const openssl = requirePart('openssl', context);
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  execFileSync(openssl, [...making, ...names, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  // As root, the server runs as nobody.
  if (process.getuid?.() === 0) chownSync(key, nobody, nobody);
  await client.query(`ALTER SYSTEM SET ssl_cert_file = '${certificate}'`);
  await client.query(`ALTER SYSTEM SET ssl_key_file = '${key}'`);
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rows } = await client.query(
      "SELECT current_setting('ssl_cert_file') AS file, current_setting('ssl') AS ssl",
    );
    if (rows[0].file === certificate && rows[0].ssl === 'on') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return certificate;
}

function read(tls: object | undefined) {
  const { port, user, password } = server;
  const query = `SELECT 'ann' AS account_id, 'BTC' AS asset, 1 AS balance
    FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl`;
  const where = { kind: 'postgresql', host: 'localhost', port, database: 'ledger', user, query };
  const file = temporaryFile('tls.json', JSON.stringify({ ...where, ...(tls && { tls }) }));
  return readLedgerSource(file, assets, { environment: { PGPASSWORD: password } });
}

describe('a connection', () => {
  it('is encrypted to a server whose certificate is of the authority in the settings', async (context) => {
    const caFile = await useCertificate('localhost', context);
    expect(describeLedger((await read({ caFile })).ledger)).toEqual([['ann', { BTC: 100_000_000n }]]);
    // The query gives its row on an encrypted connection alone.
    await expect(read(undefined)).rejects.toThrow('got no rows');
  });

  it('is not made to a server of an unknown authority, or of another name', async (context) => {
    const caFile = await useCertificate('localhost', context);
    await expect(read({})).rejects.toThrow(/tls\.json: expected the ledger from ledger at localhost:.*self-signed/);
    const other = await useCertificate('db.example', context);
    await expect(read({ caFile: other })).rejects.toThrow(/does not match certificate's altnames/);
    await expect(read({ caFile })).rejects.toThrow(/self-signed|certificate/);
  });

  it('is not made with a certificate file that is none', async (context) => {
    await useCertificate('localhost', context);
    temporaryFile('none.pem', 'not a certificate\n');
    temporaryFile('empty.pem', '\n');
    await expect(read({ caFile: 'none.pem' })).rejects.toThrow('tls.json');
    await expect(read({ caFile: 'empty.pem' })).rejects.toThrow('expected a file with contents, got an empty one');
    await expect(read({ caFile: 'absent.pem' })).rejects.toThrow('expected a readable file, got ENOENT');
  });
});
