/** Evidence that an account holder keeps, and what a third party finds from it. */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { useTemporaryFolder, write } from './support/folder.js';
import { makeWallets, prepareMonth } from './support/month.js';
import { run, runWell } from './support/run.js';

useTemporaryFolder();

const balances = ['--balance', 'BTC=1.4', '--balance', 'ETH=2.5', '--balance', 'XRP=1.6'];
const keep = (out: string, ...more: string[]) => ['dispute', 'keep', '2026-01', 'alice.json', '--out', out, ...more];

async function check(file: string, report = '2026-01') {
  const { exitCode, stdout } = await run(['dispute', 'check', file, report, '--json']);
  return { exitCode, ...JSON.parse(stdout) };
}

beforeAll(async () => {
  await makeWallets();
  await runWell(await prepareMonth('2026-01'));
  const { privateKey } = generateKeyPairSync('ed25519');
  write('exchange.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  await runWell(['report', 'sign', '2026-01/public', '--key', 'exchange.pem']);
  await runWell(['inclusion', '2026-01', '--account', 'alice', '--out', 'alice.json']);
});

describe('evidence', () => {
  test('of a check that passes says so to everybody', async () => {
    expect(await runWell(keep('good.json', '--account', 'alice', ...balances))).toContain('the check         passed');
    expect(await check('good.json')).toMatchObject({ exitCode: 0, ok: true, rejection: null, isEquivocation: false });
    expect(statSync('good.json').mode & 0o077).toBe(0);
  });

  test('of wrong balances shows that the report counts others', async () => {
    const text = await runWell(keep('less.json', '--account', 'alice', '--balance', 'BTC=2'));
    expect(text).toContain('failed at I6, balances');
    expect(await check('less.json')).toMatchObject({
      exitCode: 1,
      ok: false,
      rejection: { step: 'I6', code: 'balances' },
    });
    const people = await run(['dispute', 'check', 'less.json', '2026-01']);
    expect(people.stdout).toContain("The report counts other balances for this id than the holder's.");
  });

  test('of a file for somebody else shows that it is not for this id', async () => {
    await runWell(keep('bob.json', '--account', 'bob'));
    expect(await check('bob.json')).toMatchObject({ exitCode: 1, rejection: { step: 'I4', code: 'accounts-path' } });
  });

  test('is never overwritten', async () => {
    write('taken.json', 'mine');
    expect(await run(keep('taken.json', '--account', 'alice'))).toMatchObject({ exitCode: 2 });
    expect(readFileSync('taken.json', 'utf8')).toBe('mine');
  });

  test('whose verdict was written by the holder is not believed', async () => {
    const dispute = JSON.parse(readFileSync('less.json', 'utf8'));
    dispute.verdict = { ...dispute.verdict, passed: true, step: null, code: null };
    write('edited.json', JSON.stringify(dispute));
    expect(await check('edited.json')).toMatchObject({ exitCode: 1, ok: false, rejection: { step: 'I6' } });
  });

  test('in another form is bad usage, with the reason', async () => {
    write('broken.json', '{"format":"solvent-dispute/1"}');
    const { exitCode, stderr } = await run(['dispute', 'check', 'broken.json', '2026-01']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('expected evidence of a dispute')]);
  });
});

describe('two reports under one id', () => {
  beforeAll(async () => {
    // The exchange proves the same month again, for other eyes, and signs that too.
    cpSync('2026-01', 'shown', { recursive: true });
    rmSync('2026-01', { recursive: true });
    await runWell(await prepareMonth('2026-01'));
  });

  test('unsigned are only said to differ', async () => {
    const found = await check('good.json');
    expect(found).toMatchObject({ exitCode: 1, ok: false, isEquivocation: false, rejection: null });
    expect(found.keptManifest).not.toBe(found.publishedManifest);
  });

  test('both signed by one key are found', async () => {
    await runWell(['report', 'sign', '2026-01/public', '--key', 'exchange.pem']);
    expect(await check('good.json')).toMatchObject({ exitCode: 1, ok: false, isEquivocation: true });
    const people = await run(['dispute', 'check', 'good.json', '2026-01']);
    expect(people.stdout).toContain('One key has signed two reports for one place');
  });

  test('that differ in another part than the liabilities are told apart', async () => {
    cpSync('shown', 'other', { recursive: true });
    const path = 'other/public/report.json';
    const report = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...report, blocks: [] }));
    const unsigned = await check('good.json', 'other');
    expect(unsigned).toMatchObject({ exitCode: 1, ok: false, isEquivocation: false, rejection: null });
    expect(unsigned.keptManifest).toBe(unsigned.publishedManifest);
    expect(unsigned.keptReport).not.toBe(unsigned.publishedReport);
    const people = await run(['dispute', 'check', 'good.json', 'other']);
    expect(people.stdout).toContain('The rest of the report is not.');
    // Under another name, and after the same report: still a fork of one chain.
    const previous = { previousReport: 'ab'.repeat(32) };
    const sign = async (folder: string, changes: object) => {
      writeFileSync(`${folder}/public/report.json`, JSON.stringify({ ...report, ...changes }));
      rmSync(`${folder}/public/report-signature.json`, { force: true });
      await runWell(['report', 'sign', `${folder}/public`, '--key', 'exchange.pem']);
    };
    await sign('other', { ...previous, reportId: '2026-01b' });
    const forked = JSON.parse(readFileSync('good.json', 'utf8'));
    for (const name of ['report', 'signature']) {
      const file = readFileSync(`other/public/${name === 'report' ? 'report' : 'report-signature'}.json`);
      forked[name] = file.toString('base64');
    }
    writeFileSync('forked.json', JSON.stringify(forked));
    await sign('other', previous);
    expect(await check('forked.json', 'other')).toMatchObject({ exitCode: 1, ok: false, isEquivocation: true });
  });

  test('are not found where the signature is of something else', async () => {
    const dispute = JSON.parse(readFileSync('good.json', 'utf8'));
    const other = readFileSync('2026-01/public/report-signature.json');
    writeFileSync('forged.json', JSON.stringify({ ...dispute, signature: other.toString('base64') }));
    expect(await check('forged.json')).toMatchObject({ keptSignedBy: null, isEquivocation: false });
  });
});
