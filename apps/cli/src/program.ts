/** The commands and their common end: an exit code, and one line for what is no result (spec §10.5). */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { describeFailure, type Failure } from './failure.js';
import { InterruptedError } from './interruption.js';
import type { ExitCode, Runtime } from './runtime.js';
import { encodeJsonLine, escapeUnsafe } from './terminal.js';

/** A command, which tells how it ended. */
export type AddCommand = (program: Command, runtime: Runtime, end: (code: ExitCode) => void) => void;

// Each is loaded when it is used: all of them together take longer to load than most of them to run.
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  prove: async () => (await import('./commands/prove.js')).proveCommand,
  plan: async () => (await import('./commands/plan.js')).planCommand,
  worker: async () => (await import('./commands/worker.js')).workerCommand,
  cancel: async () => (await import('./commands/cancel.js')).cancelCommand,
  inclusion: async () => (await import('./commands/inclusion.js')).inclusionCommand,
  store: async () => (await import('./commands/store.js')).storeCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  wallets: async () => (await import('./commands/wallets.js')).walletsCommand,
  report: async () => (await import('./commands/report.js')).reportCommand,
  dispute: async () => (await import('./commands/dispute.js')).disputeCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  example: async () => (await import('./commands/example.js')).exampleCommand,
  demo: async () => (await import('./commands/demo.js')).demoCommand,
};

/** Runs one command. Never throws: whatever goes wrong is one line on standard error, and an exit code. */
export async function runCommand(args: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const { terminal } = runtime;
  let exitCode: ExitCode = 0;
  const program = createProgram(runtime);
  try {
    for (const add of await commandsFor(args)) {
      add(program, runtime, (code) => {
        exitCode = code;
      });
    }
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

// The one that is named; all, for help and for suggestions.
function commandsFor([name]: readonly string[]): Promise<AddCommand[]> {
  const named = name !== undefined && Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  return Promise.all(named.map((load) => load()));
}

function createProgram({ terminal }: Runtime): Command {
  const program = new Command('solvent');
  program
    .description('Proves what an exchange owes its customers, and verifies such proofs.')
    .version(readVersion())
    .exitOverride()
    // Errors are told in one way, below.
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .addHelpText('after', '\nExit codes: 0 all checks passed; 1 a check failed; 2 bad usage or unreadable input.');
  return program;
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return version;
}
