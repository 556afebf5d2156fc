import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { beforeEach, describe, expect, test } from 'vitest';
import { holdsLock, releaseLock, takeLock } from '../src/prove/run-lock.js';
import { useTemporaryFolder } from './support/folder.js';

useTemporaryFolder();

const folder = 'work';
const deadProcess = 2 ** 22 + 1;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

/** What this process writes into its lock, with something changed. */
function lockText(change: object): string {
  takeLock(folder);
  const [name] = readdirSync(folder);
  const holder = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  releaseLock(folder);
  return JSON.stringify({ ...holder, ...change });
}

describe('the lock of a run', () => {
  test('is taken once, and free again when it is let go of', () => {
    expect(holdsLock(folder)).toBe(false);
    takeLock(folder);
    expect(holdsLock(folder)).toBe(true);
    expect(() => takeLock(folder)).toThrow(`expected no other run there, got process ${process.pid}`);
    releaseLock(folder);
    expect(holdsLock(folder)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    takeLock(folder);
  });

  test.each([
    ['a process that has ended', { pid: deadProcess }],
    ['a process before the machine was started anew', { boot: 'another' }],
    ['a process whose number another one has now', { started: '1' }],
  ])('of %s is taken over', (_, change) => {
    writeFileSync(`${folder}/lock-7`, lockText(change));
    takeLock(folder);
    expect(holdsLock(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual(['lock-8']);
  });

  test('of a run on another machine is not judged', () => {
    writeFileSync(`${folder}/lock-7`, lockText({ host: `${hostname()}-2`, pid: deadProcess }));
    expect(() => takeLock(folder)).toThrow(/got one on .*; remove this file if that has ended/);
    releaseLock(folder);
    expect(readdirSync(folder)).toEqual(['lock-7']);
  });

  test('is not held where there is no folder', () => {
    expect(holdsLock('nowhere')).toBe(false);
    releaseLock('nowhere');
  });
});
