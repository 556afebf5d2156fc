/** `solvent inclusion`: account holders' files from what `prove` wrote. */

import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Command } from 'commander';
import { countOf, formatDuration } from '../human-text.js';
import { openReportStore } from '../inclusion/report-store.js';
import { writeAllFiles } from '../inclusion/write-all-files.js';
import { writeOneFile } from '../inclusion/write-one-file.js';
import { InputError } from '../input-error.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { escapeUnsafe } from '../terminal.js';

interface InclusionOptions {
  readonly account?: string;
  readonly all?: true;
  readonly out?: string;
  readonly storeKey?: string;
}

/** Adds the command. */
export function inclusionCommand(program: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('inclusion')
    .summary("make account holders' files")
    .description("Makes the file with which an account holder verifies their inclusion, or everybody's.")
    .argument('<dir>', 'the folder that prove made public and private in')
    .option('--account <id>', 'make the file of this account')
    .option('--all', 'make the files of all accounts')
    .option('--out <path>', 'the file to make (named by the account tag unless given); with --all, the folder')
    .option('--store-key <file>', 'the key of the private folder; without it, one that is not encrypted')
    .action(async (folder: string, options: InclusionOptions) => {
      assertOptions(options);
      const store = await openReportStore(folder, options.storeKey);
      try {
        const started = performance.now();
        if (options.account !== undefined) {
          terminal.out(`${escapeUnsafe(await writeOneFile(store, options.account, options.out))}\n`);
        } else {
          const count = await writeAllFiles(store, options.out!, terminal);
          const time = formatDuration(performance.now() - started);
          terminal.out(`${countOf(count, 'inclusion file')} in ${quoteExcerpt(options.out!)}, ${time}\n`);
        }
        end(0);
      } finally {
        store.close();
      }
    });
}

function assertOptions({ account, all, out }: InclusionOptions): void {
  if ((account === undefined) === (all === undefined)) {
    throw new InputError(`expected --account or --all, got ${all ? 'both' : 'neither'}`);
  }
  if (all && out === undefined) throw new InputError('--all: expected --out with the folder to make');
}
