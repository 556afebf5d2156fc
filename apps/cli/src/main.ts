/** The command `solvent`. */

import { processTerminal } from './process-terminal.js';
import { runCommand } from './program.js';
import { proveInWorker } from './prove/prove-in-worker.js';
import type { ExitCode } from './runtime.js';
import { verifyRowsInWorkers } from './wallets/verify-rows-in-workers.js';

/** Runs the command with the arguments of the process, without the name of the program. Never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  return runCommand(args, { terminal: processTerminal(), prove: proveInWorker, verifyRows: verifyRowsInWorkers });
}
