/** The commands and their common end: an exit code, and one line for what is no result (spec §10.5). */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { cancelCommand } from './commands/cancel.js';
import { demoCommand } from './commands/demo.js';
import { disputeCommand } from './commands/dispute.js';
import { doctorCommand } from './commands/doctor.js';
import { exampleCommand } from './commands/example.js';
import { inclusionCommand } from './commands/inclusion.js';
import { planCommand } from './commands/plan.js';
import { proveCommand } from './commands/prove.js';
import { reportCommand } from './commands/report.js';
import { storeCommand } from './commands/store.js';
import { verifyCommand } from './commands/verify.js';
import { walletsCommand } from './commands/wallets.js';
import { workerCommand } from './commands/worker.js';
import { describeFailure, type Failure } from './failure.js';
import { InterruptedError } from './interruption.js';
import type { ExitCode, Runtime } from './runtime.js';
import { encodeJsonLine, escapeUnsafe } from './terminal.js';

/** A command, which tells how it ended. */
export type AddCommand = (program: Command, runtime: Runtime, end: (code: ExitCode) => void) => void;

const commands: readonly AddCommand[] = [
  proveCommand,
  planCommand,
  workerCommand,
  cancelCommand,
  inclusionCommand,
  storeCommand,
  verifyCommand,
  walletsCommand,
  reportCommand,
  disputeCommand,
  doctorCommand,
  exampleCommand,
  demoCommand,
];

/** Runs one command. Never throws: whatever goes wrong is one line on standard error, and an exit code. */
export async function runCommand(args: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const { terminal } = runtime;
  let exitCode: ExitCode = 0;
  const program = createProgram(runtime, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof InterruptedError) process.kill(process.pid, error.signal);
    const failure = error instanceof CommanderError ? usageFailure(error, program, args) : describeFailure(error);
    if (args.includes('--json')) terminal.out(encodeJsonLine({ ok: false, error: failure.message }));
    terminal.err(`solvent: ${failure.message}\n`);
    return failure.exitCode;
  }
}

function usageFailure(error: CommanderError, program: Command, args: readonly string[]): Failure {
  const message = error.code === 'commander.help' ? 'expected a command' : error.message.replace(/^error: /, '');
  const told = escapeUnsafe(message.replaceAll('\n', ' ')).replace(/\.$/, '');
  return { message: `${told}; see ${usedCommand(program, args)} --help`, exitCode: 2 };
}

// The innermost command that was named: `solvent wallets verify`.
function usedCommand(program: Command, args: readonly string[]): string {
  const path = [program];
  for (const arg of args) {
    const next = path.at(-1)!.commands.find((command) => command.name() === arg);
    if (next === undefined) break;
    path.push(next);
  }
  return path.map((command) => command.name()).join(' ');
}

function createProgram(runtime: Runtime, end: (code: ExitCode) => void): Command {
  const { terminal } = runtime;
  const program = new Command('solvent');
  program
    .description('Proves what an exchange owes its customers, and verifies such proofs.')
    .version(readVersion())
    .exitOverride()
    // Errors are told in one way, below.
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .addHelpText('after', '\nExit codes: 0 all checks passed; 1 a check failed; 2 bad usage or unreadable input.');
  for (const add of commands) add(program, runtime, end);
  return program;
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return version;
}
