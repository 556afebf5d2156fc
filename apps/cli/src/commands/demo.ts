/** `solvent demo`: the whole walk with the bundled example. */

import { exampleAccountCount } from '@solvent/ledger/example-ledger';
import type { Command } from 'commander';
import { runDemo } from '../demo/demo.js';
import { InputError } from '../input-error.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { parseAccountCount } from './example.js';

interface DemoOptions {
  readonly full?: true;
  readonly accounts?: number;
  readonly out?: string;
}

/** Adds the command. */
export function demoCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('demo')
    .summary('prove and verify the bundled example')
    .description('Makes two months of the bundled example, reports on both, and verifies all of it.')
    .option('--full', `with all ${exampleAccountCount} accounts, as without --accounts`)
    .option('--accounts <count>', 'with its first so many accounts', parseAccountCount)
    .option('--out <dir>', 'keep everything in this folder; without it, a temporary one is removed at the end')
    .action(async ({ full, accounts, out }: DemoOptions) => {
      if (full && accounts !== undefined) throw new InputError('expected --full or --accounts, got both');
      const count = accounts ?? exampleAccountCount;
      end((await runDemo(count, out, runtime)) ? 0 : 1);
    });
}
