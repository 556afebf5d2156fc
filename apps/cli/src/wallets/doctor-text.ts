/** What `wallets doctor` prints for people. */

import type { FormTrial } from '@solvent/ownership-verifier/explain/trials';
import type { WalletExplanation } from '@solvent/ownership-verifier/explain-wallet';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { countOf } from '../human-text.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';

const resultTexts: Record<FormTrial['result'], string> = {
  proves: 'proves the address',
  'other-signer': 'signed by somebody else',
  no: 'not signed in this form',
  'not-tried': 'not tried: the row failed before',
};

/** The explanation in lines; nothing of the row can drive the terminal. */
export function describeExplanation(row: WalletRow, found: WalletExplanation, colors: Terminal['colors']): string {
  const { verdict, step, code, detail } = found.verdict;
  const isVerified = verdict === 'verified';
  const head = `line ${row.line}: ${verdict} at ${step}, ${code}`;
  return [
    isVerified ? colors.green(head) : colors.red(head),
    `  ${escapeUnsafe(detail)}`,
    ...section('Decoded', decodedLines(row, found)),
    ...section('Forms', found.trials.map(trialLine)),
    ...section(
      'Changes with which the signatures would prove the address (the row as it is does not)',
      found.changes.map(({ change, proves }) => `${escapeUnsafe(change)}: ${escapeUnsafe(proves)}`),
    ),
    ...section('What would prove it', found.advice.map(escapeUnsafe)),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function decodedLines(row: WalletRow, { network, address, addressOf, texts }: WalletExplanation): string[] {
  const coin = [row.coin, row.network, row.type].filter((text) => text !== '').map((text) => quoteExcerpt(text));
  const asset = network === undefined ? 'no coin and network of the table' : `${network.asset} on ${network.title}`;
  const elsewhere = addressOf.length === 0 ? 'of no network of the table' : `of ${addressOf.join(', ')}`;
  const kind = address === undefined ? `none of this network; ${elsewhere}` : `${address.kind}, ${address.canonical}`;
  return [
    `coin ${coin.join(' ')}: ${asset}`,
    `address ${quoteExcerpt(row.address)}: ${escapeUnsafe(kind)}`,
    `message ${row.message === '' ? 'none' : `of ${countOf(row.message.length, 'character')}: ${quoteExcerpt(row.message)}`}`,
    ...texts.map(({ column, forms }) => {
      const known = forms.map(({ spelling, sizeBytes }) => `${countOf(sizeBytes, 'byte')} in ${spelling}`);
      return `${column}: ${known.length === 0 ? 'bytes in no spelling that is known' : known.join(', or ')}`;
    }),
    ...(row.signatures.length === 0 ? ['no signature'] : []),
  ];
}

function trialLine({ form, signature, result, signer }: FormTrial): string {
  const which = signature === undefined ? '' : `signature ${signature}, `;
  const by = result === 'other-signer' ? `would be by ${signer}` : resultTexts[result];
  return `${which}${form}: ${escapeUnsafe(by)}`;
}
