/** Solvent's own JSON form of a list of wallets (spec §13.4). */
import * as z from 'zod/mini';
import { quoteExcerpt } from '../amounts.js';
import { checkRow, unreadableRow } from './check-row.js';
import { itemTexts, type JsonItem } from './json-items.js';
import {
  listFault,
  maxSignerCount,
  maxWalletRowCount,
  type WalletList,
  type WalletListFault,
  type WalletRow,
} from './wallet-list.js';

/** The member `format` of a file in this form. */
export const walletListFormat = 'solvent-wallets/1';

const signersField = z.array(z.string().check(z.minLength(1))).check(z.maxLength(maxSignerCount));

const walletSchema = z.strictObject({
  coin: z.string(),
  network: z.string(),
  height: z.string(),
  address: z.string(),
  amount: z.string(),
  message: z.string(),
  signatures: signersField,
  script: z.string(),
  owners: signersField,
});

// White space of JSON: four characters, where `\s` in a pattern has many more.
const space = '[ \\t\\n\\r]*';
const start = new RegExp(`^${space}\\{`);
// `{"format":"solvent-wallets/1","wallets":[`, with white space where JSON has it.
const opening = new RegExp(
  ['^', '\\{', '"format"', ':', `"${walletListFormat}"`, ',', '"wallets"', ':', '\\['].join(space),
);

/** Whether a text begins as one in this form does, and as none in CSV. */
export function isJsonText(text: string): boolean {
  return start.test(text);
}

/** Reads a file in this form; the text has no byte-order mark. */
export function readOwnJsonList(text: string): WalletList | WalletListFault {
  const head = opening.exec(text)?.[0];
  if (head === undefined) {
    return listFault(1, `{"format":"${walletListFormat}","wallets":[…]}`, quoteExcerpt(text.slice(0, 80)));
  }
  const rows: WalletRow[] = [];
  for (const item of itemTexts(text, head.length)) {
    if ('expected' in item) return listFault(item.line, item.expected, item.found);
    if (rows.length === maxWalletRowCount) return listFault(item.line, `at most ${maxWalletRowCount} wallets`, 'more');
    rows.push(readWallet(item));
  }
  return { ok: true, form: 'json', summary: [], rows };
}

const memberNames = Object.keys(walletSchema.shape);

/** Strings of the text of a wallet whose members are there once: their names, and what they hold. */
function countStrings({ signatures, owners }: Pick<WalletRow, 'signatures' | 'owners'>): number {
  const plainCount = memberNames.length - 2;
  return memberNames.length + plainCount + signatures.length + owners.length;
}

function hasMembers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length === memberNames.length && memberNames.every((name) => Object.hasOwn(value, name));
}

function readWallet({ text, line, stringCount }: JsonItem): WalletRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadableRow(line, 'fields', `expected an object in JSON, got ${quoteExcerpt(text)}`);
  }
  // Before the shape, which looks at every member: a list of millions of empty objects should not take minutes.
  if (!hasMembers(value)) {
    return unreadableRow(line, 'fields', `expected an object with the members ${memberNames.join(', ')} alone`);
  }
  const parsed = walletSchema.safeParse(value);
  if (parsed.success) {
    if (stringCount === countStrings(parsed.data)) return checkRow({ line, type: '', ...parsed.data }, true);
    return unreadableRow(line, 'fields', 'expected each member once, got one that is there twice');
  }
  const [issue] = parsed.error.issues;
  const place = issue.path.map(String).join('.') || 'the wallet';
  return unreadableRow(line, 'fields', `at ${quoteExcerpt(place)}: ${quoteExcerpt(issue.message)}`);
}

/** The text of a list in this form, a wallet on each line. */
export function writeOwnJsonList(rows: readonly Omit<WalletRow, 'line' | 'type' | 'fault'>[]): string {
  const lines = rows.map(({ coin, network, height, address, amount, message, signatures, script, owners }) =>
    JSON.stringify({ coin, network, height, address, amount, message, signatures, script, owners }),
  );
  return `{"format":"${walletListFormat}","wallets":[\n${lines.join(',\n')}\n]}\n`;
}
