/** Runs `solvent` in this process, and keeps what it writes. */
import { processTerminal } from '@solvent/cli/process-terminal';
import { runCommand } from '@solvent/cli/program';
import { proveReport } from '@solvent/cli/prove/prove-report';
import type { ExitCode } from '@solvent/cli/runtime';
import { verifyRowsHere } from '@solvent/cli/wallets/verify-rows';

// Once: it listens to the streams of the process.
const ownTerminal = processTerminal();

/** How a command ended, and what it said. */
export interface Ended {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command where nobody is there to be asked. */
export async function runSolvent(...args: string[]): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  const terminal = {
    ...ownTerminal,
    canAsk: false,
    canRedraw: false,
    out: (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
  };
  const exitCode = await runCommand(args, { terminal, prove: proveReport, verifyRows: verifyRowsHere });
  return { exitCode, stdout, stderr };
}
