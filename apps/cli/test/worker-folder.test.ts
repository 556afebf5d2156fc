/** The folder of a worker among the temporary files. One test needs `npm run build` before. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeWorkerFolder, removeAbandonedFolders } from '../src/distributed/worker-folder.js';
import { useTemporaryFolder } from './support/folder.js';

useTemporaryFolder();

test('a worker has its folder again when temporary files were cleaned up while it had nothing to do', () => {
  vi.stubEnv('TMPDIR', process.cwd());
  const folder = makeWorkerFolder();
  rmSync(dirname(folder.fresh()), { recursive: true });
  expect(readdirSync(folder.fresh())).toEqual([]);
  // Cleaned in part: without its lock, nobody would know whose it is.
  rmSync(join(dirname(folder.fresh()), 'lock-1'));
  const attempt = folder.fresh();
  expect(readdirSync(dirname(attempt)).sort()).toEqual(['attempt', 'lock-1']);
  expect(folder.fresh()).toBe(attempt);
  folder.remove();
  expect(existsSync(dirname(attempt))).toBe(false);
  vi.unstubAllEnvs();
});

test('a worker removes what others have left who have ended, and nothing else', () => {
  vi.stubEnv('TMPDIR', process.cwd());
  const { pid } = spawnSync(process.execPath, ['--version']);
  const holders = { ended: { host: hostname(), pid }, elsewhere: { host: 'elsewhere.example', pid } };
  for (const [name, holder] of Object.entries(holders)) {
    mkdirSync(`solvent-worker-${name}`);
    const lock = JSON.stringify({ ...holder, boot: '', started: '' });
    writeFileSync(join(`solvent-worker-${name}`, 'lock-1'), lock);
  }
  mkdirSync('solvent-worker-unlocked');
  mkdirSync('solvent-worker-damaged');
  writeFileSync(join('solvent-worker-damaged', 'lock-1'), '{');
  symlinkSync('solvent-worker-elsewhere', 'solvent-worker-link');
  const own = makeWorkerFolder();
  const attempt = own.fresh();
  writeFileSync(join(attempt, 'segment.bin'), 'x');
  const before = readdirSync('.');
  expect(removeAbandonedFolders()).toBe(1);
  expect(readdirSync('.')).toEqual(before.filter((name) => name !== 'solvent-worker-ended'));
  expect(existsSync(attempt)).toBe(true);
  expect(readdirSync(own.fresh())).toEqual([]);
  own.clear();
  expect(removeAbandonedFolders()).toBe(0);
  own.remove();
  expect(existsSync(attempt)).toBe(false);
  vi.unstubAllEnvs();
});

test.skipIf(process.platform === 'win32')(
  'a worker starts on a full disk, and leaves nothing where it has no room',
  () => {
    mkdirSync('full');
    const code = `
    const { makeWorkerFolder } = await import(process.argv[1]);
    const folder = makeWorkerFolder();
    for (let i = 0; i < 2; i++) {
      try {
        folder.fresh();
      } catch (error) {
        console.log(error.code);
      }
    }
    folder.clear();
    folder.remove();`;
    // Files of no size at all are what the shell allows it.
    const shell = `trap '' XFSZ; ulimit -f 0; exec "$0" --input-type=module -e "$1" "$2"`;
    const built = resolve(import.meta.dirname, '../dist/distributed/worker-folder.js');
    const env = { ...process.env, TMPDIR: resolve('full') };
    const { stdout, stderr } = spawnSync('sh', ['-c', shell, process.execPath, code, built], { env, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['EFBIG\nEFBIG\n', '']);
    expect(readdirSync('full')).toEqual([]);
  },
);
