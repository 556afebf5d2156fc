/** `solvent worker`: proves segments for runs on other machines. */
import { availableParallelism, hostname } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { runWorker } from '../distributed/run-worker.js';
import { readSettings } from '../distributed/settings.js';
import { fittingClasses } from '../distributed/size-classes.js';
import { untilSignals } from '../interruption.js';
import { createMemoryBudget } from '../prove/memory-budget.js';
import { readKeyFile } from '../prove/store-key-choice.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { escapeUnsafe } from '../terminal.js';
import { parseMemory, parseThreads } from './prove.js';

interface WorkerCommandOptions {
  readonly storeKey: string;
  readonly threads?: number;
  readonly memory?: number;
  readonly name?: string;
}

/** Adds the command. */
export function workerCommand(program: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('worker')
    .summary('prove segments for a run on another machine')
    .description(
      'Takes segments from a queue, proves them, and stores what it made, sealed, until it is told to end: the first ' +
        'signal lets it finish the segment that it has, the second has it give that back at once.',
    )
    .argument('<settings>', 'the file of settings that the run was started with')
    .requiredOption('--store-key <file>', 'the key of the run: 64 hexadecimal digits')
    .option('--threads <count>', 'how many threads prove; one for each processor unless given', parseThreads)
    .option('--memory <bytes>', 'most memory, such as 4GiB: what it holds decides what it takes', parseMemory)
    .option('--name <name>', 'what it is called in the progress of a run', parseName)
    .action(async (file: string, options: WorkerCommandOptions) => {
      const settings = await readSettings(file);
      const key = readKeyFile(options.storeKey);
      const threads = options.threads ?? availableParallelism();
      const classes = fittingClasses(createMemoryBudget(options.memory, threads));
      const name = options.name ?? `${hostname().slice(0, 40)}-${process.pid}`;
      const log = (line: string) => terminal.err(`${new Date().toISOString()} ${escapeUnsafe(line)}\n`);
      await untilSignals((ending, stopped) =>
        runWorker({ settings, key, name, threads, classes, log, ending, stopped }),
      );
      end(0);
    });
}

function parseName(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected 1 to 64 letters, digits, dots, - and _.');
}
