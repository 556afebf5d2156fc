/** `solvent wallets doctor`: why a row of a wallet list has its verdict, and what would prove it. */
import { explainWallet } from '@solvent/ownership-verifier/explain-wallet';
import { type Command, Option } from 'commander';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine } from '../terminal.js';
import { findRow } from './doctor-row.js';
import { describeExplanation } from './doctor-text.js';
import { readContext, type VerifyListRequest } from './verify-list.js';
import { walletContext } from './verify-rows.js';

interface DoctorOptions extends Omit<VerifyListRequest, 'path' | 'threads'> {
  readonly json?: true;
}

const help = `
The row is one of a list, as FILE:LINE with the line on which it begins, or a text: the header and the row in CSV, the row
alone where it has eight fields (coin,network,height,address,amount,message,signature1,script), or one object of the JSON form.
Changes that are named would make the row verify; the row as it is does not.`;

/** Adds the command below `wallets`. */
export function doctorCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('doctor')
    .summary('explain why a row does not verify')
    .description('Explains the verdict on one row: what was decoded, which forms were tried, what would prove it.')
    .argument('<row>', 'FILE:LINE, or the text of a row')
    .option(
      '--report <file>',
      'the snapshot that messages must be challenges for, and whose blocks evidence must be of',
    )
    .addOption(
      new Option('--message-policy <policy>', 'fresh with --report, otherwise fixed').choices(['fresh', 'fixed']),
    )
    .option('--message <text>', 'the fixed message that is accepted; without it, the one that most rows have')
    .option('--evidence <file>', 'what the chain says of addresses, as JSON')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (text: string, { json, ...request }: DoctorOptions) => {
      const { row, rows } = await findRow(text);
      const context = await readContext(request, rows);
      const explanation = explainWallet(row, walletContext(context));
      const ok = explanation.verdict.verdict === 'verified';
      if (json) terminal.out(encodeJsonLine({ ok, line: row.line, ...explanation }));
      else terminal.out(describeExplanation(row, explanation, terminal.colors));
      end(ok ? 0 : 1);
    });
}
