/** `solvent wallets`: ownership of the addresses in a wallet list. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode, Runtime } from '../runtime.js';
import { listJsonPieces } from '../wallets/list-json.js';
import { describeList } from '../wallets/list-text.js';
import { type VerifyListRequest, verifyList } from '../wallets/verify-list.js';

interface VerifyOptions extends Omit<VerifyListRequest, 'path'> {
  readonly json?: true;
}

/** Adds the command and those below it. */
export function walletsCommand(program: Command, runtime: Runtime, end: (code: ExitCode) => void): void {
  const wallets = program
    .command('wallets')
    .summary('ownership of the addresses in a wallet list')
    .description('Verifies that signatures prove control of the addresses in a wallet list, and makes them.');
  verifyCommand(wallets, runtime, end);
}

function verifyCommand(wallets: Command, { terminal, verifyRows }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('verify')
    .summary('verify every row of a wallet list')
    .description('Verifies, offline, that the signatures in a wallet list prove control of its addresses.')
    .argument('<file>', "a published list, or one of Solvent's own form in CSV or JSON")
    .option(
      '--report <file>',
      'the snapshot that messages must be challenges for, and whose blocks evidence must be of',
    )
    .addOption(
      new Option('--message-policy <policy>', 'fresh with --report, otherwise fixed').choices(['fresh', 'fixed']),
    )
    .option('--message <text>', 'the fixed message that is accepted; without it, the one that most rows have')
    .option('--evidence <file>', 'what the chain says of addresses, as JSON')
    .option('--threads <count>', 'how many threads verify; all cores unless given', parseThreads)
    .option('--json', 'print one JSON object')
    .action(async (path: string, { json, ...request }: VerifyOptions) => {
      const verified = await verifyList({ path, ...request }, verifyRows, terminal);
      if (json) for (const piece of listJsonPieces(verified)) terminal.out(piece);
      else terminal.out(describeList(verified, terminal.colors));
      end(verified.outcome.ok ? 0 : 1);
    });
}

function parseThreads(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 1 to 999.');
}
