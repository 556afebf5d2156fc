/** The bundled example as files in a folder. */
import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type ExampleProfile, writeExampleLedger } from '@solvent/ledger/example-ledger';
import { assertNoFile, createPartialFolder, withPartialFolder } from '../files/partial-folder.js';
import { InputError } from '../input-error.js';
import { interruptible } from '../interruption.js';

/** Where the example's files are. */
export interface ExamplePaths {
  readonly accountsFile: string;
  readonly assetsFile: string;
}

/** Writes `ledger.csv` and `assets.json`. Throws an InputError when one of them is there already. */
export async function writeExample(
  folder: string,
  count: number,
  seed: string,
  profile: ExampleProfile = 'demonstration',
): Promise<ExamplePaths> {
  assertNoFile(folder);
  const paths = { accountsFile: join(folder, 'ledger.csv'), assetsFile: join(folder, 'assets.json') };
  for (const path of Object.values(paths)) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) continue;
    throw new InputError(`${path}: expected nothing there, got a file (none is overwritten)`);
  }
  await interruptible(() =>
    withPartialFolder(folder, async (partial) => {
      createPartialFolder(partial);
      const made = { accountsFile: join(partial, 'ledger.csv'), assetsFile: join(partial, 'assets.json') };
      await writeExampleLedger({ ...made, count, seed, profile });
      renameSync(made.assetsFile, paths.assetsFile);
      renameSync(made.accountsFile, paths.accountsFile);
    }),
  );
  return paths;
}
