/** `solvent wallets snapshot`: the file that challenges, balances and report share, with a final block of each network. */
import { findBlocks } from '@solvent/balances/find-blocks';
import { SourceError } from '@solvent/balances/source-error';
import { timeField } from '@solvent/report-format/fields';
import { parseSnapshot, snapshotFormat } from '@solvent/report-format/wallets/snapshot';
import { type Command, InvalidArgumentError } from 'commander';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';
import { interruptible } from '../interruption.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { assertNothingThere, readSources } from './balances-file.js';

interface SnapshotOptions {
  readonly rpc: string;
  readonly exchange: string;
  readonly reportId: string;
  /** Seconds since 1970. */
  readonly time?: number;
  readonly out: string;
}

/** Adds the command below `wallets`. */
export function snapshotCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('snapshot')
    .summary('ask nodes for the blocks of a snapshot')
    .description('Asks the sources of each network for the block of the snapshot, and writes the file that names them.')
    .requiredOption('--rpc <file>', 'the file of sources, as for balances')
    .requiredOption('--exchange <name>', 'as in the report')
    .requiredOption('--report-id <id>', 'as in the report')
    .option('--time <time>', 'the last block not after it; without it, the newest final one', parseTime)
    .requiredOption('--out <file>', 'the file to write')
    .action(async (options: SnapshotOptions) => {
      terminal.out(await writeSnapshot(options));
      end(0);
    });
}

/** Writes the file, and tells the blocks, one a line. */
async function writeSnapshot({ rpc, exchange, reportId, time, out }: SnapshotOptions): Promise<string> {
  assertNothingThere(out);
  const sources = await readSources(rpc, process.env);
  const found = await interruptible((signal) => findBlocks({ sources, time, signal })).catch((error: unknown) => {
    throw error instanceof SourceError ? new InputError(error.message) : error;
  });
  const blocks = found.map(({ network, height, hash }) => ({ network, height, hash }));
  const text = `${JSON.stringify({ format: snapshotFormat, exchange, reportId, blocks }, null, 2)}\n`;
  const parsed = parseSnapshot(text);
  if (!parsed.ok) throw new InputError(`${out}: expected a snapshot, got a fault: ${parsed.fault}`);
  writeWholeFile(out, text, 0o644);
  const lines = found.map(({ network, height, hash, time: of }) => {
    return `  ${network}, block ${height} ${hash}, ${new Date(of * 1000).toISOString().slice(0, 19)}Z\n`;
  });
  return `${out}\n${lines.join('')}`;
}

function parseTime(text: string): number {
  if (timeField.safeParse(text).success) return Date.parse(text) / 1000;
  throw new InvalidArgumentError('Expected a time such as 2026-01-31T23:59:59Z.');
}
