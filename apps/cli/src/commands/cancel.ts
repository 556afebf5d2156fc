/** `solvent cancel`: takes a run back from its workers. */
import type { Command } from 'commander';
import { cancelRun } from '../distributed/cancel-run.js';
import { readSettings } from '../distributed/settings.js';
import { countOf } from '../human-text.js';
import { readKeyFile } from '../prove/store-key-choice.js';
import type { ExitCode, Runtime } from '../runtime.js';

/** Adds the command. */
export function cancelCommand(program: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('cancel')
    .summary('take an unfinished run back from its workers')
    .description(
      'Removes what an unfinished run has in the queue and in the storage. DIR/.unfinished stays: remove it to give the ' +
        'run up, or continue it with prove --resume, with workers or without.',
    )
    .argument('<dir>', 'what the run has as --out')
    .requiredOption('--distributed <settings>', 'the file of settings that the run was started with')
    .requiredOption('--store-key <file>', 'the key of the run: 64 hexadecimal digits')
    .action(async (folder: string, options: { readonly distributed: string; readonly storeKey: string }) => {
      const settings = await readSettings(options.distributed);
      const count = await cancelRun(folder, settings, readKeyFile(options.storeKey));
      terminal.out(`taken back: ${countOf(count, 'segment')} with workers, or waiting for one\n`);
      end(0);
    });
}
