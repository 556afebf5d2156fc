/** `solvent doctor`: what it says of good and of bad tables, reports and transcripts. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnsOf } from '../src/doctor/check-table.js';
import { findParting } from '../src/doctor/replay-proof.js';
import { useTemporaryFolder, write } from './support/folder.js';
import { run, runWell } from './support/run.js';

useTemporaryFolder();

const ledger = ['--accounts', 'accounts.csv', '--assets', 'assets.json'];

beforeAll(async () => {
  write('accounts.csv', 'account_id,asset,balance\nalice,BTC,0.5\nbob,BTC,0.25\nbob,ETH,3\n');
  write('assets.json', '[{"symbol": "BTC", "decimals": 8}, {"symbol": "ETH", "decimals": 8}]');
  const names = ['--exchange', 'Example', '--report-id', '2026-01', '--time', '2026-01-31T23:59:59Z'];
  await runWell(['prove', ...ledger, ...names, '--out', 'month', '--plain-store']);
  cpSync('month', 'other', { recursive: true });
});

describe('doctor rows', () => {
  it('proves a table in which every constraint holds, and times each phase', async () => {
    const found = JSON.parse(await runWell(['doctor', 'rows', ...ledger, '--json']));
    expect(found).toMatchObject({ ok: true, rowCount: 2048, assetCount: 2, findings: [], verdict: 'passed' });
    const phases = ['trace', 'auxiliary', 'quotient', 'openings', 'folding', 'grinding', 'queries', 'verifying'];
    expect(found.phases.map(({ phase }: { phase: string }) => phase)).toEqual(phases);
  });

  it.each([
    ['limb_0_3:700=1024', 'C2', 700, 'limb_0_3'],
    ['limb_3_6:700=1024', 'C10', 700, 'limb_3_6'],
    ['asset_2:2=1', 'C17', 2, 'asset_2'],
    ['limb_1_0:800=5', 'C11', 800, 'limb_1_0'],
    ['limb_0_0:1=9', 'C14', 1536, 'acc'],
  ])('names constraint, row and column of %s, and no value', async (change, constraint, row, column) => {
    const { exitCode, stdout } = await run(['doctor', 'rows', '--set', change, '--json']);
    expect(exitCode).toBe(1);
    const { ok, findings, phases } = JSON.parse(stdout);
    expect({ ok, phases }).toEqual({ ok: false, phases: [] });
    expect(findings[0]).toMatchObject({ constraint, row });
    expect(findings[0].columns).toContain(column);
    // What does not add up is seen at the end too, whatever its cause, but for entries of carry rows alone.
    expect(findings.map((each: { constraint: string }) => each.constraint)).toContain('C14');
  });

  it('shows values of findings only when it is asked to', async () => {
    const changed = ['doctor', 'rows', ...ledger, '--set', 'limb_0_3:700=54321'];
    expect((await run(changed)).stdout).not.toContain('54321');
    expect((await run([...changed, '--show-values'])).stdout).toContain('limb_0_3 = 54321');
  });

  it.each([
    [['--set', 'phi_1:3=1'], '--set: expected COLUMN:ROW=VALUE'],
    [['--set', 'asset_0:3=2130706433'], '--set: expected COLUMN:ROW=VALUE'],
    [['--set', 'asset_0:4096=1'], '--set: expected a row below 2048, got 4096'],
    [['--segment', '7'], '--segment: expected a number below 1, got 7'],
    [['--accounts', 'accounts.csv'], 'expected --accounts and --assets, got one'],
  ])('refuses %s', async (args, message) => {
    const { exitCode, stderr } = await run(['doctor', 'rows', ...args]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  it('reads columns of a constraint from the constraints themselves', () => {
    expect(columnsOf('C1')).toEqual(['limb_0_0', 'limb_0_1', 'limb_0_2', 'phi_1']);
    expect(columnsOf('C12')).toContain("acc'");
    expect(columnsOf('C13')).toEqual(['acc']);
  });
});

describe('doctor report', () => {
  it('says that all passes, with times', async () => {
    const found = JSON.parse(await runWell(['doctor', 'report', 'month', '--json']));
    expect(found).toMatchObject({ ok: true, segments: [{ segment: 0, rowCount: 2048, isNamed: true }] });
    expect(found.segments[0].verifyMs).toBeGreaterThan(0);
    expect(await runWell(['doctor', 'report', 'month'])).toContain('V1 to V8 passed');
  });

  it('says at which step a proof with one byte changed fails, and that the file is another', async () => {
    const file = 'other/public/proofs/segment-0000.bin';
    const bytes = readFileSync('month/public/proofs/segment-0000.bin');
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(file, bytes);
    const { exitCode, stdout } = await run(['doctor', 'report', 'other']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('not the file that the manifest names (M5)');
    expect(stdout).toMatch(/V[678] /);
  });
});

describe('doctor transcript', () => {
  it('prints one, and finds it equal to itself as a log', async () => {
    const log = await runWell(['doctor', 'transcript', 'month']);
    expect(log.trimEnd().split('\n')).toHaveLength(34);
    write('log.txt', log);
    expect(await runWell(['doctor', 'transcript', 'month', '--log', 'log.txt'])).toContain('equal: 34 lines');
  });

  it('names the first line that differs', async () => {
    const lines = (await runWell(['doctor', 'transcript', 'month'])).trimEnd().split('\n');
    const at = lines.findIndex((line) => line.includes('/quotient/root'));
    write('other.txt', `${lines.map((line, i) => (i < at ? line : line.replace(/.{8}$/, '00000000'))).join('\n')}\n`);
    const { exitCode, stdout } = await run(['doctor', 'transcript', 'month', '--log', 'other.txt']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`part at line ${at}`);
    expect(stdout).toContain('/quotient/root');
  });

  it('sees an end that comes early', () => {
    expect(findParting(['a', 'b'], ['a'])).toEqual({ line: 1, first: 'b', second: undefined });
    expect(findParting(['a'], ['a'])).toBeUndefined();
  });
});
