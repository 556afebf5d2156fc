/** `solvent store`: private folders in a database, for services that read them there. */
import { join } from 'node:path';
import type { PostgresStores } from '@solvent/postgres-store/postgres-stores';
import { decodeManifest, manifestFileName, maxManifestSize } from '@solvent/report-format/manifest';
import type { Command } from 'commander';
import { readInputFile } from '../files/bounded-file.js';
import { countOf, formatSize } from '../human-text.js';
import { openReportStore } from '../inclusion/report-store.js';
import { InputError } from '../input-error.js';
import { privateFolderName, publicFolderName } from '../prove/run-folder.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { escapeUnsafe } from '../terminal.js';

interface DatabaseOption {
  readonly postgres: string;
}

const postgresOption = ['--postgres <file>', 'settings of the database, without passwords, as JSON'] as const;

/** Adds the command and those below it. */
export function storeCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  const store = program
    .command('store')
    .summary('private folders in a PostgreSQL database')
    .description('Copies private folders, sealed as they are, to a database, from which solvent-api can read them.');
  loadCommand(store, runtime, end);
  listCommand(store, runtime, end);
  removeCommand(store, runtime, end);
}

interface LoadOptions extends DatabaseOption {
  readonly storeKey: string;
  readonly name?: string;
}

function loadCommand(store: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  store
    .command('load')
    .summary('check a private folder and copy it')
    .description('Checks every byte of a private folder and copies it to the database: whole, or not at all.')
    .argument('<dir>', 'the folder that prove made public and private in')
    .requiredOption(...postgresOption)
    .requiredOption('--store-key <file>', 'the key of the private folder; it does not go to the database')
    .option('--name <name>', 'what the store is called there; the id of the report unless given')
    .action(async (folder: string, { postgres, storeKey, name }: LoadOptions) => {
      const opened = await openReportStore(folder, storeKey);
      try {
        await opened.verify();
      } finally {
        opened.close();
      }
      const called = name ?? (await reportIdOf(folder));
      const { fileCount, size } = await withStores(postgres, (stores) =>
        stores.load(called, join(folder, privateFolderName)),
      );
      terminal.out(`${escapeUnsafe(called)}: ${countOf(fileCount, 'file')}, ${formatSize(size)}\n`);
      end(0);
    });
}

async function reportIdOf(folder: string): Promise<string> {
  const path = join(folder, publicFolderName, manifestFileName);
  const manifest = decodeManifest(await readInputFile(path, maxManifestSize));
  if (!manifest.ok) throw new InputError(`${path}: expected a manifest, got ${manifest.fault}`);
  return manifest.value.reportId;
}

function listCommand(store: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  store
    .command('list')
    .summary('what is in the database')
    .description('Lists the stores that are in the database.')
    .requiredOption(...postgresOption)
    .option('--json', 'print one JSON object')
    .action(async ({ postgres, json }: DatabaseOption & { json?: true }) => {
      const listed = await withStores(postgres, (stores) => stores.list());
      if (json) terminal.out(`${JSON.stringify({ ok: true, stores: listed })}\n`);
      for (const { name, fileCount, size, loaded } of json ? [] : listed) {
        const text = `${name}: ${countOf(fileCount, 'file')}, ${formatSize(size)}, loaded ${loaded.toISOString()}`;
        terminal.out(`${escapeUnsafe(text)}\n`);
      }
      if (!json && listed.length === 0) terminal.out('There is no store.\n');
      end(0);
    });
}

function removeCommand(store: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  store
    .command('remove')
    .summary('remove an old month')
    .description('Removes a store from the database, and gives its disk space back. The folder is not touched.')
    .argument('<name>', 'what list calls it')
    .requiredOption(...postgresOption)
    .action(async (name: string, { postgres }: DatabaseOption) => {
      await withStores(postgres, (stores) => stores.remove(name));
      terminal.out(`${escapeUnsafe(name)}: removed\n`);
      end(0);
    });
}

async function withStores<Value>(file: string, work: (stores: PostgresStores) => Promise<Value>): Promise<Value> {
  // Loaded only where a database is used.
  const { readPostgresSettings } = await import('@solvent/postgres-store/postgres-settings');
  const { openPostgresStores } = await import('@solvent/postgres-store/postgres-stores');
  const stores = openPostgresStores(readPostgresSettings(file));
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}
