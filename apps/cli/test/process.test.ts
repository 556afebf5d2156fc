/** The built command as a process: it needs `npm run build` before. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { proveArgs, useTemporaryFolder } from './support/folder.js';
import { runWell } from './support/run.js';

const command = resolve(import.meta.dirname, '../bin/solvent.js');

useTemporaryFolder();

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command; `onOutput` sees all of its output so far. */
function start(args: string[], onOutput: (child: ChildProcess, output: string) => void = () => {}): Promise<Ended> {
  mkdirSync('tmp', { recursive: true });
  const env = { ...process.env, TMPDIR: resolve('tmp'), FORCE_COLOR: '', NO_COLOR: '1' };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    onOutput(child, stdout + stderr);
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    onOutput(child, stdout + stderr);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
}

beforeAll(async () => {
  await runWell(['example', 'example', '--accounts', '20000']);
});

test('the demonstration proves, verifies, and leaves nothing behind', async () => {
  const { code, stdout } = await start(['demo', '--accounts', '60']);
  expect(code).toBe(0);
  expect(stdout).toContain('The bundled example, which has 120,804: 60 accounts.');
  expect(stdout).toContain('Total sum and non-negative constraint validation passed\n');
  expect(stdout.match(/Inclusion constraint validation passed\n/g)).toHaveLength(2);
  expect(stdout).toMatch(/manifest digest {3}[0-9a-f]{64}\n/);
  expect(readdirSync('tmp')).toEqual([]);
});

describe('a signal ends the command by that signal, and leaves nothing', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s to prove', async (signal) => {
    const args = proveArgs('example/ledger.csv', 'example/assets.json', 'out/deep');
    const ended = await start(args, (child, output) => {
      if (output.includes('placing rows')) child.kill(signal);
    });
    expect(ended).toMatchObject({ code: null, signal });
    expect(readdirSync('.').sort()).toEqual(['example', 'tmp']);
  });

  test('SIGINT to the demonstration', async () => {
    const ended = await start(['demo'], (child, output) => {
      if (output.includes('committing rows')) child.kill('SIGINT');
    });
    expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
    expect(readdirSync('tmp')).toEqual([]);
  });
});

test('SIGINT to inclusion --all', async () => {
  await runWell(proveArgs('example/ledger.csv', 'example/assets.json', 'example'));
  const ended = await start(['inclusion', 'example', '--all', '--out', 'holders'], (child, output) => {
    if (output.includes('of 20,000 files')) child.kill('SIGINT');
  });
  expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
  expect(readdirSync('.').sort()).toEqual(['example', 'tmp']);
});

test('what is wrong in the proving thread is told as anywhere else', async () => {
  const { code, stderr } = await start(proveArgs('example/assets.json', 'example/assets.json', 'out'));
  expect(stderr).toMatch(/^solvent: example\/assets\.json: line 1/m);
  expect(code).toBe(2);
});

test('a reader that has seen enough is no error', async () => {
  const { stderr } = await start(['--help'], (child) => child.stdout?.destroy());
  expect(stderr).toBe('');
});

test('the version is that of the package', async () => {
  const { code, stdout } = await start(['--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(code).toBe(0);
});
