/** `solvent example`: the files of the bundled example. */

import { type ExampleProfile, exampleAccountCount, exampleSeed } from '@solvent/ledger/example-ledger';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { writeExample } from '../demo/example-files.js';
import { countOf } from '../human-text.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { escapeUnsafe } from '../terminal.js';

interface ExampleOptions {
  readonly accounts: number;
  readonly seed: string;
  readonly profile: ExampleProfile;
}

const profiles: readonly ExampleProfile[] = ['demonstration', 'exchange'];
const profileOption = new Option('--profile <name>', 'exchange: 3 balances an account, written fast for many millions')
  .choices(profiles)
  .default(profiles[0]);

/** Adds the command. */
export function exampleCommand(program: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('example')
    .summary('write the bundled example')
    .description(
      'Writes ledger.csv and assets.json of an invented exchange with 22 assets. The same seed, the same files.',
    )
    .argument('<dir>', 'where the two files are made')
    .option('--accounts <count>', 'how many accounts', parseAccountCount, exampleAccountCount)
    .option('--seed <text>', 'another seed makes another exchange', exampleSeed)
    .addOption(profileOption)
    .action(async (folder: string, { accounts, seed, profile }: ExampleOptions) => {
      const { accountsFile, assetsFile } = await writeExample(folder, accounts, seed, profile);
      terminal.out(`${escapeUnsafe(accountsFile)}   ${countOf(accounts, 'account')}\n${escapeUnsafe(assetsFile)}\n`);
      end(0);
    });
}

/** A number of accounts, 1 to 10,000,000. */
export function parseAccountCount(text: string): number {
  if (/^[1-9][0-9]{0,7}$/.test(text) && Number(text) <= 10_000_000) return Number(text);
  throw new InvalidArgumentError('Expected an integer from 1 to 10000000.');
}
