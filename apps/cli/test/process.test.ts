/** The built command as a process: it needs `npm run build` before. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { proveArgs, useTemporaryFolder } from './support/folder.js';
import { start, startUntil } from './support/process.js';
import { runWell } from './support/run.js';

useTemporaryFolder();

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

describe('a signal ends the command by that signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s to prove leaves what is needed to continue, and says how',
    async (signal) => {
      const out = `out-${signal}`;
      const args = proveArgs('example/ledger.csv', 'example/assets.json', out, '--new-store-key', `${out}.key`);
      const ended = await startUntil(args, 'placing rows', signal);
      expect(ended).toMatchObject({ code: null, signal });
      expect(ended.stderr).toMatch(
        /\nnote: what is finished is kept in .*\.unfinished: the same command with --resume /,
      );
      expect(readdirSync(out)).toEqual(['.unfinished']);
      expect(statSync(`${out}/.unfinished`).mode & 0o777).toBe(0o700);
      expect(statSync(`${out}.key`).mode & 0o777).toBe(0o600);
      expect(readdirSync(`${out}/.unfinished`).sort()).toEqual(['private', 'public', 'run-state.bin']);
    },
  );

  test('SIGINT to prove before it has planned leaves nothing', async () => {
    execFileSync('mkfifo', ['endless.csv']);
    // A writer without end: the command has more to read, whenever it hears the signal.
    const pipe = openSync('endless.csv', 'r+');
    let count = 0;
    writeSync(pipe, 'account_id,asset,balance\n');
    const writer = setInterval(() => writeSync(pipe, `user-${count++},BTC,1\n`), 50);
    const args = proveArgs('endless.csv', 'example/assets.json', 'none/deep');
    const ended = startUntil(args, 'reading', 'SIGINT').finally(() => {
      clearInterval(writer);
      closeSync(pipe);
    });
    expect(await ended).toMatchObject({ code: null, signal: 'SIGINT' });
    expect(readdirSync('.')).not.toContain('none');
  });

  test('SIGINT to the demonstration', async () => {
    const ended = await startUntil(['demo'], 'committing rows', 'SIGINT');
    expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
    expect(ended.stderr).not.toContain('--resume');
    expect(readdirSync('tmp')).toEqual([]);
  });
});

test('SIGINT to inclusion --all', async () => {
  await runWell(proveArgs('example/ledger.csv', 'example/assets.json', 'example'));
  const inclusion = ['inclusion', 'example', '--all', '--out', 'holders'];
  const ended = await startUntil(inclusion, 'of 20,000 files', 'SIGINT');
  expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
  expect(readdirSync('.')).not.toContain('holders');
  expect(readdirSync('example').sort()).toEqual(['assets.json', 'ledger.csv', 'private', 'public']);
});

test('what is wrong in the proving thread is told as anywhere else', async () => {
  writeFileSync('wrong.csv', 'account_id,asset\n');
  const { code, stderr } = await start(proveArgs('wrong.csv', 'example/assets.json', 'out'));
  expect(stderr).toMatch(/^solvent: wrong\.csv: line 1/m);
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
