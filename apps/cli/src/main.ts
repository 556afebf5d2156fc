/** The command `solvent`. */

import { processTerminal } from './process-terminal.js';
import { runCommand } from './program.js';
import type { Prove } from './prove/prove-job.js';
import type { ExitCode } from './runtime.js';
import type { VerifyRows } from './wallets/verify-rows.js';

/** Runs the command with the arguments of the process, without the name of the program. Never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  return runCommand(args, { terminal: processTerminal(), prove, verifyRows });
}

// Loaded where they are used.
const prove: Prove = async (...job) => (await import('./prove/prove-in-worker.js')).proveInWorker(...job);
const verifyRows: VerifyRows = async (...rows) =>
  (await import('./wallets/verify-rows-in-workers.js')).verifyRowsInWorkers(...rows);
