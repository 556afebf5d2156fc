/** `solvent prove`: from an operator's ledger to a published folder and a private one. */
import { textField, timeField } from '@solvent/report-format/fields';
import { isRowCount } from '@solvent/stark/table';
import { type Command, InvalidArgumentError } from 'commander';
import { makeReport, type ReportRequest } from '../prove/make-report.js';
import { describeSummary, describeTotals } from '../prove/summary-text.js';
import type { ExitCode, Runtime } from '../runtime.js';

type ProveOptions = Omit<
  ReportRequest,
  'accountsFile' | 'assetsFile' | 'snapshotTime' | 'outFolder' | 'maxRowCount'
> & {
  readonly accounts: string;
  readonly assets: string;
  readonly time: string;
  readonly out: string;
  readonly maxRows?: number;
};

/** Adds the command. */
export function proveCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('prove')
    .summary('prove what an exchange owes')
    .description(
      'Proves the totals of a ledger, verifies the result in full, and only then makes DIR/public, to be published, and ' +
        'DIR/private, from which inclusion files are made and which is never published.',
    )
    .requiredOption('--accounts <file>', 'the ledger: CSV, account_id,asset,balance or account_id,BTC,ETH,…')
    .requiredOption('--assets <file>', 'the assets: JSON, [{"symbol": "BTC", "decimals": 8}, …]')
    .requiredOption('--exchange <name>', 'who owes', parseText)
    .requiredOption('--report-id <id>', 'what this report is called', parseText)
    .requiredOption('--time <time>', 'when the ledger was true, such as 2026-01-31T23:59:59Z', parseTime)
    .requiredOption('--out <dir>', 'where public and private are made')
    .option('--previous <dir>', 'the public folder of the report before this one')
    .option('--allow-small-groups <holders>', 'how few holders of an asset may share a segment, 1 to 99', parseGroup)
    .option('--max-rows <rows>', 'for experts: the most rows of a segment, a power of two from 2048', parseRows)
    .action(async (options: ProveOptions) => {
      const summary = await makeReport(requestOf(options), runtime);
      runtime.terminal.out(describeTotals(summary) + describeSummary(summary, options));
      end(0);
    });
}

function requestOf(options: ProveOptions): ReportRequest {
  const { accounts, assets, time, out, maxRows, ...rest } = options;
  const files = { accountsFile: accounts, assetsFile: assets, outFolder: out };
  return { ...rest, ...files, snapshotTime: time, maxRowCount: maxRows };
}

function parseText(text: string): string {
  if (textField.safeParse(text).success) return text;
  throw new InvalidArgumentError('Expected 1 to 128 characters without control, format or private characters.');
}

function parseTime(text: string): string {
  if (timeField.safeParse(text).success) return text;
  throw new InvalidArgumentError('Expected an RFC 3339 time in UTC to the second, such as 2026-01-31T23:59:59Z.');
}

function parseGroup(text: string): number {
  if (/^[1-9][0-9]?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer from 1 to 99.');
}

function parseRows(text: string): number {
  if (/^[1-9][0-9]*$/.test(text) && isRowCount(Number(text))) return Number(text);
  throw new InvalidArgumentError('Expected a power of two from 2048 to 524288.');
}
