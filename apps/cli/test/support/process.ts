/** Runs the built command as a process: it needs `npm run build` before. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The command's file. */
const command = resolve(import.meta.dirname, '../../bin/solvent.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command; `onOutput` sees all of its output so far. Temporary files go to the folder `tmp`. */
export function start(
  args: readonly string[],
  onOutput: (child: ChildProcess, output: string) => void = () => {},
  prefix: readonly string[] = [],
): Promise<Ended> {
  mkdirSync('tmp', { recursive: true });
  const env = { ...process.env, TMPDIR: resolve('tmp'), FORCE_COLOR: '', NO_COLOR: '1' };
  const [program, ...rest] = [...prefix, process.execPath, command, ...args];
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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

/** Starts the command, and sends a signal when its output contains a text; then calls `onSent`. */
export function startUntil(
  args: readonly string[],
  text: string,
  signal: NodeJS.Signals,
  onSent: () => void = () => {},
): Promise<Ended> {
  let isSent = false;
  return start(args, (child, output) => {
    if (isSent || !output.includes(text)) return;
    isSent = true;
    child.kill(signal);
    onSent();
  });
}
