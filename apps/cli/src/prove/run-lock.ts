/**
 * Keeps two runs from working in one folder.
 *
 * A lock is a file `lock-N` that says which process holds it; the one with the highest number counts. Whoever finds that
 * its holder has ended makes the next one, which only one process can: files are never made over others. No lock of
 * another run is ever removed before that.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeNewFile } from '../files/partial-folder.js';
import { InputError, systemErrorCode } from '../input-error.js';

/** A process, so that no later one with its number is taken for it. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** What the system calls its current start, and the process's in it; empty where that cannot be known. */
  readonly boot: string;
  readonly started: string;
}

/** Takes the lock of a folder. Throws an InputError when another run holds it. */
export function takeLock(folder: string): void {
  const locks = locksIn(folder);
  for (const number of locks) assertEnded(folder, lockPath(folder, number));
  const own = 1 + (locks.at(-1) ?? 0);
  makeLock(folder, own);
  if (locksIn(folder).some((number) => number > own)) {
    rmSync(lockPath(folder, own), { force: true });
    throw new InputError(`${folder}: expected no other run there, got one that has just begun`);
  }
  for (const number of locks) rmSync(lockPath(folder, number), { force: true });
}

/** Whether this process holds the lock. */
export function holdsLock(folder: string): boolean {
  const own = JSON.stringify(thisProcess());
  return locksIn(folder).some((number) => readLock(lockPath(folder, number)) === own);
}

/** Lets go of the lock, if this process holds it. */
export function releaseLock(folder: string): void {
  const own = JSON.stringify(thisProcess());
  for (const number of locksIn(folder)) {
    const path = lockPath(folder, number);
    if (readLock(path) === own) rmSync(path, { force: true });
  }
}

/** Whether a lock of the folder is left of a process of this machine that has ended. */
export function isAbandoned(folder: string): boolean {
  const texts = locksIn(folder).map((number) => readLock(lockPath(folder, number)));
  return texts.length > 0 && texts.every((text) => text !== undefined && hasEnded(JSON.parse(text) as Holder));
}

function lockPath(folder: string, number: number): string {
  return join(folder, `lock-${number}`);
}

// Their numbers, ascending; none when there is no folder.
function locksIn(folder: string): number[] {
  try {
    const matches = readdirSync(folder).map((name) => /^lock-(\d{1,9})$/.exec(name));
    return matches
      .filter((match) => match !== null)
      .map((match) => Number(match[1]))
      .sort((a, b) => a - b);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

// A link appears with all of its contents, and never in the place of another file.
function makeLock(folder: string, number: number): void {
  const path = lockPath(folder, number);
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  writeNewFile(draft, JSON.stringify(thisProcess()), 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    throw new InputError(`${folder}: expected no other run there, got one that has just begun`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function assertEnded(folder: string, path: string): void {
  const text = readLock(path);
  if (text === undefined) return;
  const holder = JSON.parse(text) as Holder;
  if (hasEnded(holder)) return;
  if (holder.host !== hostname()) {
    throw new InputError(
      `${path}: expected no other run, got one on ${holder.host}; remove this file if that has ended`,
    );
  }
  throw new InputError(`${folder}: expected no other run there, got process ${holder.pid}, which is at work`);
}

// Nobody can know it of a process on another machine.
function hasEnded({ host, pid, boot, started }: Holder): boolean {
  return host === hostname() && (boot !== bootName() || !isRunning(pid) || startOf(pid) !== started);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

function thisProcess(): Holder {
  return { host: hostname(), pid: process.pid, boot: bootName(), started: startOf(process.pid) ?? '' };
}

function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

// Linux tells when a process began; undefined for one that is dead and only waits to be noticed. Elsewhere it is ''.
function startOf(pid: number): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...rest] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : rest[18];
  } catch {
    return '';
  }
}
