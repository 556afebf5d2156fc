/** Runs the command in this process, with a terminal that keeps what is written. */
import { createColors } from 'picocolors';
import { runCommand } from '../../src/program.js';
import { proveReport } from '../../src/prove/prove-report.js';
import type { ExitCode } from '../../src/runtime.js';
import { verifyRowsHere } from '../../src/wallets/verify-rows.js';

export interface Run {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `solvent` with these arguments. With answers, a person is there to be asked. */
export async function run(args: readonly string[], answers?: readonly string[]): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const left = [...(answers ?? [])];
  const terminal = {
    out: (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
    canAsk: answers !== undefined,
    canRedraw: false,
    ask: async (question: string) => {
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nobody answers ${question}`);
      stderr += `${question}${answer}\n`;
      return answer;
    },
    colors: createColors(false),
  };
  const exitCode = await runCommand(args, { terminal, prove: proveReport, verifyRows: verifyRowsHere });
  return { exitCode, stdout, stderr };
}

/** Runs a command that must end with 0, and gives what it printed. */
export async function runWell(args: readonly string[], answers?: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(args, answers);
  if (exitCode !== 0) throw new Error(`solvent ${args.join(' ')} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}
