/** `solvent verify`: a report, inclusion files, or both. */
import { hexToBytes } from '@solvent/commitment/bytes';
import type { VerifiedInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { type Command, InvalidArgumentError } from 'commander';
import { InputError } from '../input-error.js';
import { readPrices } from '../report/prices.js';
import {
  collectTrustedBlock,
  type FullReportFlags,
  fullReportOptions,
  parseAnchorOption,
  parseKeyOption,
  parseRatioOption,
} from '../report/report-options.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine, escapeUnsafe, type Terminal } from '../terminal.js';
import { type GivenBalances, parseBalanceOptions, readBalancesFile } from '../verify/balances.js';
import { findArtefacts } from '../verify/find-artefacts.js';
import { outcomeJson } from '../verify/outcome-json.js';
import { balanceTable, describeOutcome } from '../verify/outcome-text.js';
import { type InclusionTask, type VerifyRequest, verifyArtefacts } from '../verify/verify-artefacts.js';
import { readSources } from '../wallets/balances-file.js';

interface VerifyOptions extends FullReportFlags {
  readonly account?: readonly string[];
  readonly manifest?: Uint8Array;
  readonly balances?: readonly string[];
  readonly balance?: readonly string[];
  readonly json?: true;
  readonly prices?: string;
  readonly rpc?: string;
}

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

/** Adds the command. */
export function verifyCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('verify')
    .summary('verify a report, inclusion files, or both')
    .description('Verifies a published report, inclusion files, or both. Trusts nothing in them.')
    .argument('[paths...]', 'a report folder, inclusion files; without any, what the current folder holds')
    .option('--account <id>', 'the account id; repeat it for several inclusion files, in their order', collect)
    .option('--manifest <digest>', 'the digest of the manifest, as you have it from another source', parseDigest)
    .option('--balances <file>', 'your balances: asset,balance in a CSV file, or a JSON object', collect)
    .option('--balance <asset=amount>', 'one of your balances; repeat it to give all of them', collect)
    .option(
      '--anchor <text>',
      "the report's digest, or an anchor of it, as you have it from another source",
      parseAnchorOption,
    )
    .option('--min-ratio <percent>', 'the least reserves of every asset, in percent of what is owed', parseRatioOption)
    .option('--exchange-key <hex>', "the exchange's Ed25519 key, by which the report must be signed", parseKeyOption)
    .option('--fixed-message <text>', 'accept this text where wallets have not signed for this very report')
    .option(
      '--trust-block <network=hash>',
      'a block that evidence about wallets may be of; may be repeated',
      collectTrustedBlock,
    )
    .option('--rpc <file>', 'ask the chains again for the balances, at these nodes: see wallets balances')
    .option('--prices <file>', 'show the value too: {"currency": "USD", "prices": {"BTC": "97012.5"}}')
    .option('--json', 'print one JSON object')
    .action(async (paths: string[], options: VerifyOptions) => end(await verify(paths, options, runtime)));
}

async function verify(paths: readonly string[], options: VerifyOptions, runtime: Runtime): Promise<ExitCode> {
  const { terminal } = runtime;
  const prices = options.prices === undefined ? undefined : await readPrices(options.prices);
  const { reportFolder, inclusionFiles } = await findArtefacts(paths);
  const balances = await givenBalances(inclusionFiles, options);
  const ids = await accountIds(inclusionFiles, options.account ?? [], terminal);
  const outcome = await verifyArtefacts({
    reportFolder,
    inclusions: inclusionFiles.map((path, i): InclusionTask => ({ path, accountId: ids[i], balances: balances[i] })),
    expectedDigest: options.manifest,
    confirm: confirmation(terminal, options.json === true),
    onSegment: segmentProgress(terminal),
    full: fullReportOptions(options, runtime),
    sources: options.rpc === undefined ? undefined : await readSources(options.rpc, process.env),
    needsFull: [options.anchor, options.minRatio, options.exchangeKey, options.rpc].some(
      (asked) => asked !== undefined,
    ),
  });
  if (options.json) terminal.out(encodeJsonLine(outcomeJson(outcome)));
  else terminal.out(describeOutcome(outcome, options.manifest !== undefined, terminal.colors, prices));
  return outcome.ok ? 0 : 1;
}

function parseDigest(text: string): Uint8Array {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return hexToBytes(text.toLowerCase());
  throw new InvalidArgumentError('Expected all 64 hexadecimal digits: a shorter form proves nothing.');
}

// The id is never read from a file: whoever made the file would choose whose it is.
async function accountIds(files: readonly string[], given: readonly string[], terminal: Terminal): Promise<string[]> {
  if (given.length > 0) {
    if (files.length === 0) throw new InputError('--account: expected an inclusion file to verify, got none');
    if (given.length === 1) return files.map(() => given[0]);
    if (given.length === files.length) return [...given];
    throw new InputError(`--account: expected one id, or one for each of ${files.length} files, got ${given.length}`);
  }
  if (files.length > 0 && !terminal.canAsk) {
    throw new InputError('--account: expected the account id, which is never read from an inclusion file; got none');
  }
  const ids: string[] = [];
  for (const file of files) {
    const id = await terminal.ask(`account id for ${escapeUnsafe(file)}: `);
    if (id === '') throw new InputError(`account id for ${file}: expected one, got none`);
    ids.push(id);
  }
  return ids;
}

async function givenBalances(
  files: readonly string[],
  { balances = [], balance = [] }: VerifyOptions,
): Promise<readonly (GivenBalances | undefined)[]> {
  if (balances.length === 0 && balance.length === 0) return [];
  if (balances.length > 0 && balance.length > 0) {
    throw new InputError('balances: expected --balances or --balance, got both');
  }
  const lists = balance.length > 0 ? [parseBalanceOptions(balance)] : await Promise.all(balances.map(readBalancesFile));
  if (lists.length === files.length) return lists;
  throw new InputError(`balances: expected a list for each of ${files.length} inclusion files, got ${lists.length}`);
}

function confirmation(terminal: Terminal, json: boolean): VerifyRequest['confirm'] {
  if (!terminal.canAsk || json) return undefined;
  return async (task: InclusionTask, inclusion: VerifiedInclusion, report: VerifiedReport) => {
    terminal.err(`${escapeUnsafe(task.path)} counts\n${balanceTable(inclusion, report)}`);
    const { snapshotTime } = report.manifest;
    const answer = await terminal.ask(`Were these your balances, all of them, at ${snapshotTime}? (y/n) `);
    return /^(y|yes)$/i.test(answer.trim());
  };
}

function segmentProgress({ canRedraw, err }: Terminal): VerifyRequest['onSegment'] {
  if (!canRedraw) return undefined;
  return (segment, segmentCount) => {
    if (segmentCount === 1) return;
    err(`\rverified segment ${segment + 1} of ${segmentCount}${segment + 1 === segmentCount ? '\n' : ''}`);
  };
}
