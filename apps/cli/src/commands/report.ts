/** `solvent report`: whole reports, and the chain that they make. */

import { join } from 'node:path';
import { anchorForms } from '@solvent/report-format/anchor';
import { reportFileName } from '@solvent/report-format/report';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { InputError } from '../input-error.js';
import { describeHistory, historyJson, readHistory } from '../report/history.js';
import { type MakeReportRequest, makeReportFiles } from '../report/make-report-files.js';
import { publishReport } from '../report/publish-report.js';
import { readReport } from '../report/read-report.js';
import {
  collectTrustedBlock,
  type FullReportFlags,
  fullReportOptions,
  parseAnchorOption,
  parseKeyOption,
  parseRatioOption,
} from '../report/report-options.js';
import { describeFullReport } from '../report/report-text.js';
import { addSignature, signWithKeyFile, textToSign } from '../report/sign-report.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine, escapeUnsafe } from '../terminal.js';

type End = (code: ExitCode) => void;

/** Adds the command and those below it. */
export function reportCommand(program: Command, runtime: Runtime, end: End): void {
  const report = program
    .command('report')
    .summary('make, sign, publish and follow whole reports')
    .description('Binds liabilities, wallets and reserves into one report, and keeps the chain of reports.');
  makeCommand(report, runtime, end);
  signCommand(report, runtime);
  publishCommand(report, runtime);
  historyCommand(report, runtime, end);
  anchorCommand(report, runtime);
}

interface MakeOptions extends Omit<MakeReportRequest, 'folder' | 'trustedBlocks'> {
  readonly trustBlock?: MakeReportRequest['trustedBlocks'];
}

function makeCommand(report: Command, runtime: Runtime, end: End): void {
  report
    .command('make')
    .summary('add wallets and reserves to proven liabilities')
    .description('Verifies liabilities, wallets and reserves together, and writes the report that binds them.')
    .argument('<folder>', 'the public folder that prove made')
    .requiredOption('--wallets <file>', 'the wallet list with its signatures')
    .requiredOption('--reserves <file>', 'the balances, as wallets balances writes them')
    .requiredOption('--snapshot <file>', 'the blocks of the snapshot, as for the challenges')
    .option('--evidence <file>', 'what chains say about wallets that a key alone does not control')
    .option('--tokens <file>', 'which tokens count as which assets')
    .option('--previous <folder>', 'the report before this one')
    .option('--fixed-message <text>', 'accept this text where wallets have not signed for this very report')
    .option('--trust-block <network=hash>', 'a block that evidence may be of; may be repeated', collectTrustedBlock)
    .action(async (folder: string, { trustBlock, ...options }: MakeOptions) => {
      const { terminal } = runtime;
      const request = { ...options, folder, ...(trustBlock && { trustedBlocks: trustBlock }) };
      const outcome = await makeReportFiles(request, runtime);
      terminal.out(describeFullReport(outcome, { colors: terminal.colors, recheck: undefined, prices: undefined }));
      terminal.out(`\nwritten to ${escapeUnsafe(join(folder, reportFileName))}\n`);
      end(0);
    });
}

interface SignOptions {
  readonly key?: string;
  readonly publicKey?: string;
  readonly signature?: string;
}

function signCommand(report: Command, { terminal }: Runtime): void {
  report
    .command('sign')
    .summary('add the signature of the exchange')
    .description('Signs with a key file, or takes a signature made elsewhere; without either, prints the text to sign.')
    .argument('<folder>', 'the folder of the report')
    .option('--key <file>', 'an Ed25519 private key in PEM')
    .option('--public-key <hex>', 'the key of a signature that was made elsewhere', parseHex(64))
    .option('--signature <hex>', 'that signature', parseHex(128))
    .action(async (folder: string, { key, publicKey, signature }: SignOptions) => {
      const text = await textToSign(folder);
      if ((publicKey === undefined) !== (signature === undefined) || (key !== undefined && signature !== undefined)) {
        const found = key === undefined ? 'one of the two' : 'more than one of them';
        throw new InputError(`expected --key alone, or --public-key and --signature, got ${found}`);
      }
      if (key === undefined && signature === undefined) {
        terminal.out(`${new TextDecoder().decode(text)}\n`);
        return;
      }
      const made =
        key === undefined ? { publicKey: publicKey!, signature: signature! } : await signWithKeyFile(text, key);
      await addSignature(folder, made);
      terminal.out(`signed by ${made.publicKey}\n`);
    });
}

function parseHex(length: number) {
  return (text: string) => {
    if (/^[0-9a-fA-F]+$/.test(text) && text.length === length) return text.toLowerCase();
    throw new InvalidArgumentError(`Expected ${length} hexadecimal digits.`);
  };
}

function publishCommand(report: Command, { terminal }: Runtime): void {
  report
    .command('publish')
    .summary('add a report to a directory of reports')
    .description('Copies a report into a directory of reports, as the next one of its chain. Overwrites nothing.')
    .argument('<folder>', 'the folder of the report')
    .requiredOption('--to <directory>', 'the directory of reports; made when it is not there')
    .option('--folder <name>', "the folder's name in it; after the report's id unless given", parseFolderName)
    .action(async (source: string, { to, folder }: { to: string; folder?: string }) => {
      const published = await publishReport(source, to, folder);
      const lines = [
        `published         ${escapeUnsafe(published.folder)}, report ${published.count} of the chain`,
        `report digest     ${published.digest}`,
      ];
      terminal.out(`${lines.join('\n')}\n`);
    });
}

function parseFolderName(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected 1 to 64 lower-case letters, digits, points, hyphens and underscores.');
}

interface HistoryOptions extends FullReportFlags {
  readonly anchor?: Uint8Array;
  readonly months: number;
  readonly json?: true;
}

function historyCommand(report: Command, runtime: Runtime, end: End): void {
  report
    .command('history')
    .summary('verify the chain of reports, and show it')
    .description(
      'Verifies every report of a directory and that each names the one before, and shows them side by side.',
    )
    .argument('<directory>', 'the directory of reports')
    .option('--anchor <text>', 'the digest of the newest report, or an anchor of it, from elsewhere', parseAnchorOption)
    .option('--min-ratio <percent>', 'the least reserves of every asset, in percent of what is owed', parseRatioOption)
    .option('--exchange-key <hex>', "the exchange's Ed25519 key, by which every report must be signed", parseKeyOption)
    .option('--months <count>', 'how many reports are shown side by side', parseMonths, 6)
    .option('--fixed-message <text>', 'accept this text where wallets have not signed for that very report')
    .option('--trust-block <network=hash>', 'a block that evidence may be of; may be repeated', collectTrustedBlock)
    .option('--json', 'print one JSON object')
    .action(async (directory: string, options: HistoryOptions) => {
      const { terminal } = runtime;
      const onReport = (done: number, count: number) => {
        if (terminal.canRedraw) terminal.err(`\rreport ${done} of ${count}${done === count ? '\r\u001b[K' : ''}`);
      };
      const history = await readHistory(directory, fullReportOptions(options, runtime), options.anchor, onReport);
      if (options.json) terminal.out(encodeJsonLine(historyJson(history)));
      else terminal.out(describeHistory(history, options.months, terminal.colors));
      end('ok' in history && history.ok ? 0 : 1);
    });
}

function parseMonths(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 1 to 999.');
}

function anchorCommand(report: Command, { terminal }: Runtime): void {
  report
    .command('anchor')
    .summary("print a report's digest in forms to make public elsewhere")
    .description("Prints a report's digest for a post, for an OP_RETURN output and as calldata. All 32 bytes, always.")
    .argument('<folder>', 'the folder of the report')
    .action(async (folder: string) => {
      const { report: anchored, digest } = await readReport(folder);
      const forms = anchorForms(digest, anchored.exchange, anchored.reportId);
      const lines = [
        `digest      ${forms.digest}`,
        `post        ${escapeUnsafe(forms.post)}`,
        `OP_RETURN   ${forms.opReturn}`,
        `calldata    ${forms.calldata}`,
      ];
      terminal.out(`${lines.join('\n')}\n`);
    });
}
