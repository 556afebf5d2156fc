/** Every account holder's file, in folders of a bounded size. */
import { lstatSync, mkdirSync, renameSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import type { HolderStore } from '@solvent/stark-prover/holder-store';
import { createPartialFolder, withPartialFolder } from '../files/partial-folder.js';
import { formatCount } from '../human-text.js';
import { InputError } from '../input-error.js';
import { interruptible } from '../interruption.js';
import type { Terminal } from '../terminal.js';
import { inclusionFileEnding } from '../verify/find-artefacts.js';
import { tagName } from './write-one-file.js';

/** Where the files are, to be handed out or served: `files/3f/3f…_inclusion_proof.json`. */
const filesFolderName = 'files';
/** Which file is whose, `id,file`. Private. */
const indexFileName = 'index.csv';

const indexBlock = 1000;

/**
 * Makes a folder with the file of every account and a private index, whole or not at all. Gives the number of files.
 *
 * @throws InputError when there is something in its place
 */
export async function writeAllFiles(store: HolderStore, out: string, terminal: Terminal): Promise<number> {
  if (lstatSync(out, { throwIfNoEntry: false }) !== undefined) {
    throw new InputError(`${out}: expected nothing there, got something (nothing is overwritten)`);
  }
  return interruptible((aborted) =>
    withPartialFolder(dirname(out), async (folder) => {
      createPartialFolder(folder);
      await writeFiles(store, folder, aborted, terminal);
      renameSync(folder, out);
      return store.accountCount;
    }),
  );
}

async function writeFiles(store: HolderStore, folder: string, aborted: AbortSignal, terminal: Terminal): Promise<void> {
  const index = await open(join(folder, indexFileName), 'wx', 0o600);
  try {
    await index.write('id,file\n');
    let lines = '';
    let count = 0;
    for await (const account of store.accounts()) {
      aborted.throwIfAborted();
      const name = tagName(account);
      const file = `${filesFolderName}/${name.slice(0, 2)}/${name}${inclusionFileEnding}`;
      mkdirSync(join(folder, dirname(file)), { recursive: true, mode: 0o700 });
      const bytes = encodeInclusionFile(await store.inclusionFile(account));
      await writeFile(join(folder, file), bytes, { flag: 'wx', mode: 0o600 });
      lines += `${csvField(account.accountId)},${file}\n`;
      if (++count % indexBlock !== 0) continue;
      await index.write(lines);
      lines = '';
      showProgress(count, store.accountCount, terminal);
    }
    await index.write(lines);
    await index.sync();
  } finally {
    await index.close();
  }
}

// On a screen one line that is drawn again and again, elsewhere about ten lines.
function showProgress(count: number, total: number, { canRedraw, err }: Terminal): void {
  const text = `${formatCount(count)} of ${formatCount(total)} files`;
  if (canRedraw) err(`\r\u001b[K${text}${count + indexBlock > total ? '\n' : ''}`);
  else if (Math.floor((10 * count) / total) > Math.floor((10 * (count - indexBlock)) / total)) err(`${text}\n`);
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
