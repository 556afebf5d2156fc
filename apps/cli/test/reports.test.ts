/** Reports of ledgers that nobody here made up in advance: what goes in comes out, and verifies for everybody. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hexToBytes } from '@solvent/commitment/bytes';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { decodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { parseAmount } from '@solvent/report-format/amounts';
import { accountTag } from '@solvent/stark/account-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyReportFolder } from '../src/verify/report-folder.js';
import { filesBelow, proveArgs, useTemporaryFolder, write } from './support/folder.js';
import { hostileBalances, longCsv, manyAssets, quoted } from './support/ledgers.js';
import { run, runWell } from './support/run.js';

useTemporaryFolder();

const sentences = {
  report: 'Total sum and non-negative constraint validation passed\n',
  included: 'Inclusion constraint validation passed\n',
  notIncluded: 'Inclusion constraint validation failed\n',
};

const balances = hostileBalances();

/** The index that `inclusion --all` writes: file by id. */
function readIndex(folder: string): Map<string, string> {
  const text = readFileSync(join(folder, 'index.csv'), 'utf8');
  const entries = [...text.matchAll(/^(?:"((?:[^"]|"")*)"|([^",\n]*)),(files\/.*)$/gm)];
  return new Map(
    entries.map(([, inQuotes, plain, file]) => [inQuotes?.replaceAll('""', '"') ?? plain, join(folder, file)]),
  );
}

let index: Map<string, string>;

beforeAll(async () => {
  write('one-assets.json', '\ufeff[{"symbol": "POINT", "decimals": 0}]');
  write('one.csv', '\ufeffaccount_id,POINT\r\n"only",42\r\n');
  await runWell(proveArgs('one.csv', 'one-assets.json', 'one'));
  write('assets.json', JSON.stringify([...manyAssets].reverse()));
  write('ledger.csv', longCsv(balances, manyAssets));
  const later = proveArgs('ledger.csv', 'assets.json', 'many', '--previous', 'one/public');
  await runWell(later.map((argument) => argument.replace('2026-01-31', '2026-02-28')));
  await runWell(['inclusion', 'many', '--all', '--out', 'holders']);
  index = readIndex('holders');
});

describe('one account, one asset of precision 0, CRLF and a byte-order mark', () => {
  test('verifies, with a table that a person can read', async () => {
    const text = await runWell(['verify', 'one']);
    expect(text).toContain('│ POINT │         42 │');
    expect(text).toContain(sentences.report);
  });

  test('includes the account', async () => {
    await runWell(['inclusion', 'one', '--account', 'only', '--out', 'only.json']);
    const text = await runWell(['verify', 'one', 'only.json', '--account', 'only', '--balance', 'POINT=42']);
    expect(text).toContain(sentences.included);
  });
});

describe('200 assets of all precisions, accounts of every kind, hostile ids', () => {
  test('the report follows the one before it', async () => {
    const [before, after] = await Promise.all(['one', 'many'].map((out) => runWell(['verify', out, '--json'])));
    const { report } = JSON.parse(after);
    expect(report.previousManifest).toBe(JSON.parse(before).report.manifestDigest);
  });

  test('every total is the sum of the balances', async () => {
    const { report } = JSON.parse(await runWell(['verify', 'many', '--json']));
    for (const { symbol, decimals, units } of report.totals) {
      const held = [...balances.values()].map((list) => parseAmount(list.get(symbol) ?? '0', decimals));
      expect(units, symbol).toBe(String(held.reduce((sum, value) => sum + value, 0n)));
    }
  });

  test('every account has one file, which verifies with its balances', async () => {
    expect([...index.keys()]).toEqual([...balances.keys()]);
    for (const [id, held] of balances) {
      write('mine.csv', `asset,balance\n${[...held].map(([symbol, text]) => `${symbol},${text}\n`).join('')}`);
      const args = ['verify', 'many', index.get(id)!, '--account', id, '--balances', 'mine.csv', '--json'];
      const { inclusions } = JSON.parse(await runWell(args));
      expect(inclusions[0], id).toMatchObject({ ok: true, balancesCheck: 'compared', accountId: id });
    }
  });

  test('an account of 200 assets takes 50 rows, one without balances a row of its own', async () => {
    const rowCount = (id: string) => JSON.parse(readFileSync(index.get(id)!, 'utf8')).rows.length;
    expect(rowCount('holder of everything')).toBe(50);
    expect(rowCount('holder of nothing')).toBe(1);
    expect(rowCount('holder of zeros')).toBe(1);
  });

  test('one file alone is the file that --all makes', async () => {
    const out = await runWell(['inclusion', 'many', '--account', '../x']);
    expect(out).toMatch(/^[0-9a-f]{16}_inclusion_proof\.json\n$/);
    expect(index.get('../x')).toContain(out.slice(0, 16));
    expect(readFileSync(out.trim())).toEqual(readFileSync(index.get('../x')!));
    expect((await run(['inclusion', 'many', '--account', '../x'])).exitCode).toBe(2);
  });

  test('several files of one person are checked together', async () => {
    const files = [index.get('padded')!, index.get(' padded ')!];
    const ids = ['--account', 'padded', '--account', ' padded '];
    const text = await runWell(['verify', 'many', ...files, ...ids]);
    expect(text.split(sentences.included)).toHaveLength(3);
    const twice = await run(['verify', 'many', files[0], files[0], '--account', 'padded']);
    expect(twice.exitCode).toBe(1);
    expect(twice.stdout).toContain('rejected at I7, shared-row');
    expect(twice.stdout).toContain(sentences.notIncluded);
  });

  test('a person is asked for the id and for the balances', async () => {
    const args = ['verify', 'many', index.get('padded')!];
    const yes = await run(args, ['padded', 'y']);
    expect(yes).toMatchObject({ exitCode: 0 });
    expect(yes.stderr).toContain('│ A005  │ 2.00000 │');
    const no = await run(args, ['padded', 'n']);
    expect(no.exitCode).toBe(1);
    expect(no.stdout).toContain(sentences.notIncluded);
    expect((await run(args, [''])).exitCode).toBe(2);
  });

  test('without paths, the current folder is looked through', async () => {
    const folder = process.cwd();
    process.chdir('one');
    try {
      const { stdout, exitCode } = await run(['verify']);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(sentences.report);
      write('mine_inclusion_proof.json', readFileSync('../only.json'));
      const both = await runWell(['verify', '--account', 'only']);
      expect(both).toContain(sentences.report);
      expect(both).toContain(sentences.included);
    } finally {
      process.chdir(folder);
    }
  });
});

describe('an inclusion file fails with its sentence', () => {
  const cases: [string, () => string[]][] = [
    ['against another report', () => ['one', index.get('padded')!, '--account', 'padded']],
    ['under another id', () => ['many', index.get('padded')!, '--account', ' padded ']],
    ['with another balance', () => ['many', index.get('padded')!, '--account', 'padded', '--balance', 'A005=1']],
    ['with a balance left out', () => ['many', index.get('0')!, '--account', '0', '--balance', 'A001=0']],
    ['with an asset that is not listed', () => ['many', index.get('0')!, '--account', '0', '--balance', 'FOO=1']],
    ['with another index', () => ['many', changed('index', (file) => file.rows[0].index++), '--account', 'padded']],
    [
      'with another amount',
      () => ['many', changed('amount', (file) => (file.rows[0].entries[0].amount = '1')), '--account', 'padded'],
    ],
    ['with bytes that are no file', () => ['many', write('garbage', new Uint8Array(100)), '--account', 'padded']],
    ['as an empty file', () => ['many', write('empty', ''), '--account', 'padded']],
    ['as a file that is too large', () => ['many', write('large', new Uint8Array(2 ** 23 + 1)), '--account', 'padded']],
    [
      'with a byte more',
      () => ['many', write('longer', `${readFileSync(index.get('padded')!, 'utf8')} `), '--account', 'padded'],
    ],
  ];

  // biome-ignore lint/suspicious/noExplicitAny: the point is to break the file.
  function changed(name: string, change: (file: any) => void): string {
    const file = JSON.parse(readFileSync(index.get('padded')!, 'utf8'));
    change(file);
    return write(`${name}.json`, JSON.stringify(file));
  }

  test.each(cases)('%s', async (_, args) => {
    const { exitCode, stdout } = await run(['verify', ...args()]);
    expect(stdout).toContain(sentences.report);
    expect(stdout).toContain(sentences.notIncluded);
    expect(exitCode).toBe(1);
  });

  test('and without a report it gets none', async () => {
    const { exitCode, stdout } = await run(['verify', index.get('padded')!, '--account', 'padded']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('header-unverified');
    expect(stdout).not.toContain('Inclusion constraint validation');
  });
});

describe('nothing private is in the public folder', () => {
  test('no id, nonce, tag, salt or mask of any account', () => {
    const published = Buffer.concat(filesBelow('many/public').map((file) => readFileSync(file)));
    const ids = [...balances.keys()].filter((id) => id.length > 3);
    for (const id of ids) expect(published.includes(id), id).toBe(false);
    for (const [id, path] of index) {
      const file = decodeInclusionFile(readFileSync(path));
      if (!file.ok) throw new Error(file.fault);
      const { nonce, rows } = file.value;
      const tag = Buffer.from(accountTag(id, hexToBytes(nonce)));
      for (const hex of [nonce, tag.toString('hex'), ...rows.flatMap(({ salt, mask }) => [salt, mask])]) {
        expect(published.includes(hex), id).toBe(false);
        expect(published.includes(Buffer.from(hex, 'hex')), id).toBe(false);
      }
    }
  });

  test('it holds the manifest and the proofs alone, for everybody to read', () => {
    expect(filesBelow('many/public')).toEqual([
      'many/public/proofs/segment-0000.bin',
      'many/public/sum_proof_data.json',
    ]);
    for (const file of filesBelow('many/public')) expect(statSync(file).mode & 0o444).toBe(0o444);
  });

  test('private files are for their owner alone', () => {
    expect(statSync('many/private').mode & 0o777).toBe(0o700);
    expect(statSync('holders').mode & 0o777).toBe(0o700);
    for (const file of [...filesBelow('many/private'), ...filesBelow('holders')]) {
      expect(statSync(file).mode & 0o777, file).toBe(0o600);
    }
  });

  test('file names tell nothing of ids', () => {
    for (const file of filesBelow('holders/files')) {
      expect(file).toMatch(/^holders\/files\/([0-9a-f]{2})\/\1[0-9a-f]{62}_inclusion_proof\.json$/);
    }
  });
});

test('one verified report serves for every account', async () => {
  const { verdict } = await verifyReportFolder('many/public');
  if (!verdict.ok) throw new Error(verdict.detail);
  for (const [accountId, path] of index) {
    expect(verifyInclusion({ file: readFileSync(path), report: verdict, accountId }), quoted(accountId)).toMatchObject({
      ok: true,
    });
  }
});
