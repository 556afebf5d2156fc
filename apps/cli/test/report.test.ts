/** Whole reports: made, signed, published, followed from month to month, and every change of them found. */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesBelow, useTemporaryFolder, write } from './support/folder.js';
import { makeArgs, makeWallets, prepareMonth } from './support/month.js';
import { run, runWell } from './support/run.js';

useTemporaryFolder();

const sentence = 'Total sum and non-negative constraint validation passed';

async function json(...args: string[]) {
  const { exitCode, stdout } = await run([...args, '--json']);
  return { exitCode, ...JSON.parse(stdout) };
}

/** A copy of a folder, to be damaged. */
function copyOf(folder: string): string {
  rmSync('copy', { recursive: true, force: true });
  cpSync(folder, 'copy', { recursive: true });
  return 'copy';
}

beforeAll(async () => {
  await makeWallets();
  await runWell(await prepareMonth('2026-01'));
  const { privateKey } = generateKeyPairSync('ed25519');
  write('exchange.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  await runWell(['report', 'sign', '2026-01/public', '--key', 'exchange.pem']);
  await runWell(['report', 'publish', '2026-01/public', '--to', 'reports']);
  await runWell(await prepareMonth('2026-02', '2026-01'));
  await runWell(['report', 'publish', '2026-02/public', '--to', 'reports']);
});

describe('a whole report', () => {
  test('verifies in all its parts, on one page', async () => {
    const text = await runWell(['verify', 'reports/2026-01']);
    expect(text).toContain(sentence);
    for (const line of [
      'BTC   │  1.4 │  1.5 │ 107.14 %',
      'ETH   │  2.5 │    3 │ 120.00 %',
      'XRP   │  1.6 │  1.5 │  93.75 %',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toContain('XRP: only 93.75 %, 0.100000 less than is owed');
  });

  test('fails a ratio that the caller asks for, and names the asset', async () => {
    expect(await json('verify', 'reports/2026-01', '--min-ratio', '93.75')).toMatchObject({ exitCode: 0, ok: true });
    const asked = await json('verify', 'reports/2026-01', '--min-ratio', '93.750001');
    expect(asked).toMatchObject({ exitCode: 1, ok: false, report: { full: { parts: { ratio: { ok: false } } } } });
    expect(asked.report.full.parts.ratio.rejection).toMatchObject({ step: 'P6', code: 'ratio' });
    expect(asked.report.full.parts.ratio.rejection.detail).toBe('expected at least 93.750001 %, found XRP 93.75 %');
    expect(asked.report.sentence).toBe(sentence);
  });

  test('gives every ratio as two integers', async () => {
    const { report } = await json('verify', 'reports/2026-01');
    expect(report.full.ratios[0]).toEqual({
      asset: 'BTC',
      liabilities: '1.40000000',
      reserves: '1.50000000',
      ratio: { numerator: '150000000', denominator: '140000000' },
      percent: '107.14 %',
      covered: true,
      shortfall: '0.00000000',
    });
  });

  test('is found by each form of its anchor, and by no other', async () => {
    const text = await runWell(['report', 'anchor', '2026-01/public']);
    const forms = text
      .trim()
      .split('\n')
      .map((line) => line.slice(12));
    expect(forms).toHaveLength(4);
    for (const form of forms) await runWell(['verify', 'reports/2026-01', '--anchor', form]);
    const other = await json('verify', 'reports/2026-02', '--anchor', forms[0]);
    expect(other.report.full.parts.binding.rejection).toMatchObject({ step: 'P1', code: 'anchor' });
    const short = await run(['verify', 'reports/2026-01', '--anchor', forms[0].slice(0, 16)]);
    expect(short).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('shows who signed it, and is refused where another signature is asked for', async () => {
    const { report } = await json('verify', 'reports/2026-01');
    const key: string = report.full.signedBy;
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    await runWell(['verify', 'reports/2026-01', '--exchange-key', key]);
    const other = await json('verify', 'reports/2026-01', '--exchange-key', '0'.repeat(64));
    expect(other.report.full.parts.binding.rejection).toMatchObject({ step: 'P2', code: 'signature-key' });
    const unsigned = await json('verify', 'reports/2026-02', '--exchange-key', key);
    expect(unsigned.report.full.parts.binding.rejection).toMatchObject({ step: 'P2', code: 'signature-missing' });
  });

  test.each([1024, 1025, 5_000_000])('is refused with %s bytes that are no signature', async (size) => {
    const folder = copyOf('reports/2026-01');
    writeFileSync(join(folder, 'report-signature.json'), new Uint8Array(size));
    const { exitCode, report } = await json('verify', folder);
    expect(exitCode).toBe(1);
    expect(report.full.parts.binding.rejection).toMatchObject({ step: 'P2', code: 'signature-encoding' });
  });

  test('with a byte changed anywhere is refused, and the file is named', async () => {
    const folder = copyOf('reports/2026-01');
    const paths = filesBelow(folder);
    expect(paths).toHaveLength(6);
    const place = fc.record({ path: fc.constantFrom(...paths), at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) });
    await fc.assert(
      fc.asyncProperty(place, async ({ path, at, bit }) => {
        const bytes = readFileSync(path);
        const good = Buffer.from(bytes);
        bytes[at % bytes.length] ^= 1 << bit;
        writeFileSync(path, bytes);
        try {
          const { exitCode, stdout } = await run(['verify', folder, '--json']);
          expect(exitCode).toBe(1);
          const { rejection } = JSON.parse(stdout).report.full.parts.binding;
          const name = path.slice(folder.length + 1);
          if (name === 'report.json') expect(['P1', 'P2']).toContain(rejection.step);
          else if (name === 'report-signature.json') expect(rejection.step).toBe('P2');
          else
            expect(rejection).toMatchObject({ step: 'P3', code: 'file-digest', detail: expect.stringContaining(name) });
        } finally {
          writeFileSync(path, good);
        }
      }),
      { numRuns: 40 },
    );
    await runWell(['verify', folder]);
  });

  test.each(['wallets.csv', 'reserves.json', 'sum_proof_data.json', 'proofs/segment-0000.bin'])(
    'without %s is refused, and the file is named',
    async (name) => {
      const folder = copyOf('reports/2026-02');
      rmSync(join(folder, name));
      const { exitCode, report } = await json('verify', folder);
      expect(exitCode).toBe(1);
      expect(report.full.parts.binding.rejection).toMatchObject({
        step: 'P3',
        code: 'file-missing',
        detail: expect.stringContaining(name),
      });
    },
  );

  test('without its report file is refused as long as any other file of one is there', async () => {
    const folder = copyOf('reports/2026-02');
    for (const name of ['report.json', 'wallets.csv', 'reserves.json']) {
      const { exitCode, report } = await json('verify', folder);
      expect([exitCode, report.full.parts.binding.ok]).toEqual(name === 'report.json' ? [0, true] : [1, false]);
      if (name !== 'report.json') {
        expect(report.full.parts.binding.rejection).toMatchObject({ step: 'P1', code: 'report-missing' });
      }
      rmSync(join(folder, name));
    }
    const { report } = await json('verify', folder, '--min-ratio', '1');
    expect(report.full.parts.binding.rejection).toMatchObject({ step: 'P1', code: 'report-missing' });
    // Alone, the liabilities are proven, and the page says that nothing else is.
    expect(await runWell(['verify', folder])).toContain('What the exchange holds is not part of this proof.');
  });

  test('that is faulty does not let another manifest than the one asked for count for a holder', async () => {
    const folder = copyOf('reports/2026-01');
    write(join(folder, 'stray.txt'), 'hello');
    const known = await json('verify', folder);
    expect(known.report.full.parts.binding.rejection.code).toBe('file-unlisted');
    const same = await json('verify', folder, '--manifest', known.report.manifestDigest);
    expect(same.report.sentence).toBe(sentence);
    const other = await json('verify', folder, '--manifest', 'ab'.repeat(32));
    expect(other).toMatchObject({ exitCode: 1, report: { rejection: { code: 'manifest-digest' } } });
  });

  test('shows the blocks, and every coin that counts as what it is not', async () => {
    const text = await runWell(['verify', 'reports/2026-01']);
    expect(text).toContain('of the own coin on arbitrum counted as ETH');
    expect(text).not.toContain('of the own coin on ethereum ');
    expect(text).toMatch(/block [0-9]+ of bitcoin: [0-9a-f]+/);
    const { report } = await json('verify', 'reports/2026-01');
    const { reserves, ownership } = report.full.parts;
    const bitcoin = reserves.assets.find(({ asset }: { asset: string }) => asset === 'BTC');
    expect(bitcoin).toMatchObject({ total: '1.50000000', parts: [{ network: 'bitcoin' }] });
    expect([reserves.tips, ownership.fixedMessage]).toEqual([[], null]);
  });

  test('with a file that it does not bind is refused', async () => {
    const folder = copyOf('reports/2026-02');
    write(join(folder, 'proofs/notes.txt'), 'hello');
    const { report } = await json('verify', folder);
    expect(report.full.parts.binding.rejection).toMatchObject({ step: 'P3', code: 'file-unlisted' });
    expect(report.sentence).toBe(sentence);
  });

  test('shows a valuation by prices that somebody states, and says that it is outside the proof', async () => {
    write('prices.json', '{"currency": "USD", "prices": {"BTC": "100000", "ETH": "4000.5"}}');
    const text = await runWell(['verify', 'reports/2026-01', '--prices', 'prices.json']);
    expect(text).toContain('no part of the proof: owed 150,001 USD, held 162,001 USD');
    expect(text).toContain('Without a price, and not in these sums: XRP');
  });
});

describe('asking the chains again', () => {
  test('says which balances could not be compared, and does not pass', async () => {
    // Nothing listens there, and the other networks have no source at all.
    const source = { kind: 'ethereum-json-rpc', url: 'http://127.0.0.1:9', attempts: 1 };
    write('rpc.json', JSON.stringify({ format: 'solvent-rpc/1', networks: { ethereum: { sources: [source] } } }));
    const { exitCode, ok, report } = await json('verify', 'reports/2026-01', '--rpc', 'rpc.json');
    expect([exitCode, ok, report.ok, report.full.parts.reserves.ok]).toEqual([1, false, false, true]);
    expect(report.chains).toMatchObject({ sameCount: 0, differences: [] });
    const { stdout } = await run(['verify', 'reports/2026-01', '--rpc', 'rpc.json']);
    expect(stdout).toMatch(/1 balance not compared: .*127\.0\.0\.1/);
    expect(stdout).toContain('1 balance not compared: no source for bitcoin');
  });

  test('by a file that is no list of sources is bad usage', async () => {
    write('not-rpc.json', '{"format":"solvent-rpc/1"}');
    expect(await run(['verify', 'reports/2026-01', '--rpc', 'not-rpc.json'])).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });
});

test('nothing is signed or anchored that is no report', async () => {
  const folder = copyOf('2026-02/public');
  const path = join(folder, 'report.json');
  write(path, readFileSync(path, 'utf8').replace('"solvent-report/1"', '"solvent-report/2"'));
  for (const args of [
    ['sign', folder, '--key', 'exchange.pem'],
    ['sign', folder],
    ['anchor', folder],
  ]) {
    const { exitCode, stdout, stderr } = await run(['report', ...args]);
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(`${path}: expected a report`)]);
  }
  expect(filesBelow(folder)).not.toContain('report-signature.json');
});

describe('making a report', () => {
  test('never overwrites one', async () => {
    expect(await run(makeArgs('2026-01'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('report.json'),
    });
  });

  test('writes nothing when a part does not verify', async () => {
    const folder = copyOf('2026-02/public');
    for (const name of ['report.json', 'wallets.csv', 'reserves.json']) rmSync(join(folder, name));
    const before = filesBelow(folder);
    // Last month's signatures are of last month's challenges.
    const args = [
      'report',
      'make',
      folder,
      '--tokens',
      'example/tokens.json',
      '--wallets',
      '2026-01-wallets.csv',
      '--reserves',
      '2026-02-reserves.json',
    ];
    const follows = ['--snapshot', '2026-02-snapshot.json', '--previous', '2026-01/public'];
    const { exitCode, stderr } = await run([...args, ...follows]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('P5, wallet-failed: 11 of 11 rows fail')]);
    expect(filesBelow(folder)).toEqual(before);
  });

  test('asks for the snapshot of the same report', async () => {
    const folder = copyOf('2026-02/public');
    rmSync(join(folder, 'report.json'));
    const args = [
      'report',
      'make',
      folder,
      '--tokens',
      'example/tokens.json',
      '--wallets',
      '2026-02-wallets.csv',
      '--reserves',
      '2026-02-reserves.json',
    ];
    const { exitCode, stderr } = await run([...args, '--snapshot', '2026-01-snapshot.json']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('expected the snapshot of report 2026-02')]);
  });
});

describe('a directory of reports', () => {
  test('shows its months side by side', async () => {
    const text = await runWell(['report', 'history', 'reports']);
    expect(text).toContain('│ BTC   │ 107.14 % │ 107.14 % │');
    expect(text).toContain('Every report verifies, and each names the one before it.');
    expect(text).toMatch(/signed by [0-9a-f]{64}, from "2026-01" on\nsigned by nobody, from "2026-02" on/);
    expect(readdirSync('reports').sort()).toEqual(['2026-01', '2026-02', 'reports.json']);
    for (const path of ['reports/2026-01', 'reports/2026-01/proofs']) expect(statSync(path).mode & 0o055).toBe(0o055);
  });

  test('fails where a month is under a ratio, or not signed by the key that is asked for', async () => {
    const low = await json('report', 'history', 'reports', '--min-ratio', '100');
    expect([low.exitCode, low.ok]).toEqual([1, false]);
    const [{ signedBy }] = low.reports;
    const unsigned = await json('report', 'history', 'reports', '--exchange-key', signedBy);
    expect([unsigned.exitCode, ...unsigned.reports.map(({ ok }: { ok: boolean }) => ok)]).toEqual([1, true, false]);
  });

  test('takes a report once, and only as the next one', async () => {
    const again = await run(['report', 'publish', '2026-02/public', '--to', 'reports']);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not there yet') });
    const second = await run(['report', 'publish', '2026-02/public', '--to', 'elsewhere']);
    expect(second).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('H4, previous-report') });
    expect(existsSync('elsewhere')).toBe(false);
  });

  test('goes on where it was interrupted between folder and index', async () => {
    const directory = copyOf('reports');
    cpSync('2026-01/public', 'first', { recursive: true });
    rmSync(join(directory, 'reports.json'));
    rmSync(join(directory, '2026-02'), { recursive: true });
    await runWell(['report', 'publish', 'first', '--to', directory]);
    expect(readFileSync(join(directory, 'reports.json'), 'utf8')).toContain('2026-01');
  });

  test('never puts a folder in the place of its index', async () => {
    const args = ['report', 'publish', '2026-01/public', '--to', 'indexed', '--folder', 'reports.json'];
    expect(await run(args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--folder') });
    expect(existsSync('indexed')).toBe(false);
  });

  test('never overwrites a folder', async () => {
    rmSync('taken', { recursive: true, force: true });
    write('taken/2026-01/report.json', 'something else');
    const { exitCode, stderr } = await run(['report', 'publish', '2026-01/public', '--to', 'taken']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('nothing is overwritten')]);
  });

  test('finds a month that is missing, and one that is cut off where an anchor is known', async () => {
    const directory = copyOf('reports');
    const index = JSON.parse(readFileSync(join(directory, 'reports.json'), 'utf8'));
    const newest: string = index.reports[1].report;
    const withReports = (reports: unknown[]) =>
      writeFileSync(join(directory, 'reports.json'), JSON.stringify({ ...index, reports }));
    withReports([index.reports[1]]);
    expect(await json('report', 'history', directory)).toMatchObject({ exitCode: 1, rejection: { step: 'H4' } });
    withReports([index.reports[0]]);
    expect(await json('report', 'history', directory)).toMatchObject({ exitCode: 0, ok: true });
    const asked = await json('report', 'history', directory, '--anchor', newest);
    expect(asked).toMatchObject({ exitCode: 1, rejection: { step: 'P1', code: 'anchor' } });
  });

  test('finds two months that change places, and a month that is rewritten', async () => {
    const directory = copyOf('reports');
    renameSync(join(directory, '2026-01'), join(directory, 'x'));
    renameSync(join(directory, '2026-02'), join(directory, '2026-01'));
    renameSync(join(directory, 'x'), join(directory, '2026-02'));
    const swapped = await json('report', 'history', directory);
    expect(swapped).toMatchObject({ exitCode: 1, rejection: { step: 'H2', code: 'report-digest' } });
    const rewritten = copyOf('reports');
    writeFileSync(join(rewritten, '2026-01/wallets.csv'), readFileSync('2026-02-wallets.csv'));
    const { exitCode, reports } = await json('report', 'history', rewritten);
    expect(exitCode).toBe(1);
    expect(reports[0].parts.binding.rejection).toMatchObject({
      step: 'P3',
      detail: expect.stringContaining('wallets.csv'),
    });
  });
});
