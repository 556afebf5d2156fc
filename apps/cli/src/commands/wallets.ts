/** `solvent wallets`: ownership of the addresses in a wallet list. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { encodeReserves } from '@solvent/report-format/reserves';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { assertNoFile, writeNewFile } from '../files/partial-folder.js';
import { countOf, formatCount } from '../human-text.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { balancesCommand } from '../wallets/balances-command.js';
import { assertNothingThere } from '../wallets/balances-file.js';
import { type ChallengeRequest, challengeList } from '../wallets/challenge-list.js';
import { doctorCommand } from '../wallets/doctor-command.js';
import { listJsonPieces } from '../wallets/list-json.js';
import { describeList } from '../wallets/list-text.js';
import { makeRehearsal, type RehearsedReport } from '../wallets/rehearsal.js';
import { type SignRequest, signList } from '../wallets/sign-list.js';
import { snapshotCommand } from '../wallets/snapshot-command.js';
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
  doctorCommand(wallets, runtime, end);
  challengeCommand(wallets, runtime, end);
  signCommand(wallets, runtime, end);
  snapshotCommand(wallets, runtime, end);
  balancesCommand(wallets, runtime, end);
  exampleCommand(wallets, runtime, end);
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

function challengeCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('challenge')
    .summary('write the message to sign for each row')
    .description("Writes a list with each row's message for one report, and without signatures.")
    .argument('<file>', 'the list of wallets; what it has of messages and signatures is left out')
    .requiredOption('--report <file>', 'the snapshot: exchange, report id, and a block of each network')
    .requiredOption('--out <file>', 'the list to write')
    .option('--messages <folder>', 'write each message to a file of its own too, for signers who work by files')
    .action(async (path: string, options: Omit<ChallengeRequest, 'path'>) => {
      const count = await challengeList({ path, ...options });
      terminal.out(`${countOf(count, 'message')} in ${quoteExcerpt(options.out)}\n`);
      end(0);
    });
}

function signCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('sign')
    .summary('fill in signatures')
    .description('Fills in signatures, by keys of a file or from the files of other signers, and checks each.')
    .argument('<file>', 'a list with messages')
    .requiredOption('--out <file>', 'the list to write')
    .option('--keys <file>', 'secret keys, for rehearsals')
    .option('--signatures <folder>', 'files row-NNNNNNN.signatures beside the messages, a signature on each line')
    .action(async (path: string, options: Omit<SignRequest, 'path'>) => {
      const { signedCount, unsignedCount } = await signList({ path, ...options });
      const open = unsignedCount === 0 ? '' : `, ${formatCount(unsignedCount)} still without`;
      terminal.out(`${countOf(signedCount, 'row')} signed${open}, in ${quoteExcerpt(options.out)}\n`);
      end(0);
    });
}

function exampleCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('example')
    .summary('write files for a rehearsal')
    .description(
      'Writes wallets, their secret keys, a made-up snapshot and made-up balances, to rehearse with and for nothing else.',
    )
    .requiredOption('--out <folder>', 'the folder to make')
    .option('--exchange <name>', 'as in the report that is rehearsed', 'Example Exchange')
    .option('--report-id <id>', 'likewise', '2026-01')
    .action(({ out, ...report }: RehearsedReport & { readonly out: string }) => {
      const { rows, keyFile, snapshot, reserves, tokens } = makeRehearsal(
        () => secp256k1.utils.randomSecretKey(),
        report,
      );
      const files: readonly (readonly [name: string, contents: Uint8Array | string, mode: number])[] = [
        ['wallets.csv', writeOwnCsvList(rows), 0o644],
        ['snapshot.json', `${JSON.stringify(snapshot, null, 2)}\n`, 0o644],
        ['reserves.json', encodeReserves(reserves), 0o644],
        ['tokens.json', `${JSON.stringify(tokens, null, 2)}\n`, 0o644],
        ['keys.json', keyFile, 0o600],
      ];
      assertNoFile(out);
      for (const [name] of files) assertNothingThere(join(out, name));
      mkdirSync(out, { recursive: true });
      for (const [name, contents, mode] of files) writeNewFile(join(out, name), contents, mode);
      terminal.out(`${countOf(rows.length, 'wallet')} with keys, snapshot and balances in ${quoteExcerpt(out)}\n`);
      end(0);
    });
}

function parseThreads(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 1 to 999.');
}
