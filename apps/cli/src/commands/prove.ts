/** `solvent prove`: from an operator's ledger to a published folder and a private one. */
import { textField, timeField } from '@solvent/report-format/fields';
import { isRowCount } from '@solvent/stark/table';
import { type Command, InvalidArgumentError } from 'commander';
import { makeReport, type ReportRequest } from '../prove/make-report.js';
import { parseMemorySize } from '../prove/memory-budget.js';
import { chooseStoreKey, type StoreKeyOptions } from '../prove/store-key-choice.js';
import { describeSummary, describeTotals } from '../prove/summary-text.js';
import type { ExitCode, Runtime } from '../runtime.js';

const maxThreadCount = 256;

interface ProveOptions extends StoreKeyOptions {
  readonly accounts: string;
  readonly assets: string;
  readonly exchange: string;
  readonly reportId: string;
  readonly time: string;
  readonly out: string;
  readonly previous?: string;
  readonly allowSmallGroups?: number;
  readonly maxRows?: number;
  readonly threads?: number;
  readonly memory?: number;
  readonly resume?: true;
  readonly distributed?: string;
}

/** Adds the command. */
export function proveCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('prove')
    .summary('prove what an exchange owes')
    .description(
      'Proves the totals of a ledger, verifies the result in full, and only then makes DIR/public, to be published, and ' +
        'DIR/private, from which inclusion files are made and which is never published.',
    )
    .requiredOption(
      '--accounts <file>',
      'the ledger, account_id,asset,balance or account_id,BTC,ETH,…: CSV, FILE.parquet, or FILE.json with the settings of a PostgreSQL table',
    )
    .requiredOption('--assets <file>', 'the assets: JSON, [{"symbol": "BTC", "decimals": 8}, …]')
    .requiredOption('--exchange <name>', 'who owes', parseText)
    .requiredOption('--report-id <id>', 'what this report is called', parseText)
    .requiredOption('--time <time>', 'when the ledger was true, such as 2026-01-31T23:59:59Z', parseTime)
    .requiredOption('--out <dir>', 'where public and private are made')
    .option('--store-key <file>', 'encrypt DIR/private with the key in this file: 64 hexadecimal digits')
    .option('--new-store-key <file>', 'make such a file, and encrypt DIR/private with its key')
    .option('--plain-store', 'do not encrypt DIR/private')
    .option('--distributed <settings>', 'have the workers prove whose queue and storage this file of settings names')
    .option('--resume', 'continue the run with these same arguments that was interrupted')
    .option('--previous <dir>', 'the public folder of the report before this one')
    .option('--threads <count>', 'how many threads prove; one for each processor unless given', parseThreads)
    .option('--memory <bytes>', 'most memory, such as 4GiB; what is free unless given', parseMemory)
    .option('--allow-small-groups <holders>', 'how few holders of an asset may share a segment, 1 to 99', parseGroup)
    .option('--max-rows <rows>', 'for experts: the most rows of a segment, a power of two from 2048', parseRows)
    .action(async (options: ProveOptions) => {
      const summary = await makeReport(requestOf(options), runtime);
      runtime.terminal.out(describeTotals(summary) + describeSummary(summary, options));
      end(0);
    });
}

function requestOf(options: ProveOptions): ReportRequest {
  return {
    accountsFile: options.accounts,
    assetsFile: options.assets,
    exchange: options.exchange,
    reportId: options.reportId,
    snapshotTime: options.time,
    outFolder: options.out,
    previous: options.previous,
    allowSmallGroups: options.allowSmallGroups,
    maxRowCount: options.maxRows,
    threads: options.threads,
    memoryLimit: options.memory,
    storeKey: chooseStoreKey(options),
    distributed: options.distributed,
    isResumed: options.resume === true,
    isResumable: true,
  };
}

function parseText(text: string): string {
  if (textField.safeParse(text).success) return text;
  throw new InvalidArgumentError('Expected 1 to 128 characters without control, format or private characters.');
}

function parseTime(text: string): string {
  if (timeField.safeParse(text).success) return text;
  throw new InvalidArgumentError('Expected an RFC 3339 time in UTC to the second, such as 2026-01-31T23:59:59Z.');
}

/** A count of threads, as an option. */
export function parseThreads(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text) && Number(text) <= maxThreadCount) return Number(text);
  throw new InvalidArgumentError(`Expected an integer from 1 to ${maxThreadCount}.`);
}

/** A size of memory, as an option. */
export function parseMemory(text: string): number {
  const size = parseMemorySize(text);
  if (size !== undefined) return size;
  throw new InvalidArgumentError('Expected a number of bytes, such as 4GiB, 800MiB or 4294967296.');
}

/** How few holders may share a segment, as an option. */
export function parseGroup(text: string): number {
  if (/^[1-9][0-9]?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer from 1 to 99.');
}

/** A number of rows of a segment, as an option. */
export function parseRows(text: string): number {
  if (/^[1-9][0-9]*$/.test(text) && isRowCount(Number(text))) return Number(text);
  throw new InvalidArgumentError('Expected a power of two from 2048 to 524288.');
}
