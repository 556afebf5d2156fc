/** Checks that every form of list shares (spec §13.4, step W1). */
import { quoteExcerpt } from '../amounts.js';
import { decimalGrammar, parseDecimal } from './decimal.js';
import { maxWalletFieldSize, type RowFaultCode, type WalletRow } from './wallet-list.js';

/** Types of published lists, compared without case and spaces. */
const typePattern = /^(?:|non *staking|native *eth *staking|eigenlayer *staking)$/i;

/** A row's texts before they are checked. */
export type RowTexts = Omit<WalletRow, 'fault'>;

/** The row, with the first thing that is wrong with it. */
export function checkRow(row: RowTexts, needsHeight: boolean): WalletRow {
  const fault = findRowFault(row, needsHeight);
  return fault === undefined ? row : { ...row, fault };
}

/** A row whose fields cannot be told apart. */
export function unreadableRow(line: number, code: RowFaultCode, detail: string): WalletRow {
  const nothing = { coin: '', network: '', type: '', height: '', address: '', amount: '', message: '', script: '' };
  return { line, ...nothing, signatures: [], owners: [], fault: { code, detail } };
}

function findRowFault(row: RowTexts, needsHeight: boolean): WalletRow['fault'] {
  const { coin, network, type, height, address, amount, message, signatures, script, owners } = row;
  const texts = [coin, network, type, height, address, amount, message, script, ...signatures, ...owners];
  const longest = Math.max(...texts.map((text) => text.length));
  if (longest > maxWalletFieldSize) {
    return { code: 'fields', detail: `expected fields of at most ${maxWalletFieldSize} characters, got ${longest}` };
  }
  if (!typePattern.test(type)) {
    const expected = 'Non Staking, Native ETH Staking or Eigenlayer Staking';
    return { code: 'type', detail: `expected ${expected}, got ${quoteExcerpt(type)}` };
  }
  if (coin === '') return { code: 'coin', detail: 'expected a coin, got none' };
  if (!(needsHeight ? /^[0-9]{1,18}$/ : /^[0-9]{0,18}$/).test(height)) {
    return { code: 'height', detail: `expected a block height of at most 18 digits, got ${quoteExcerpt(height)}` };
  }
  if (parseDecimal(amount) === undefined) {
    return { code: 'amount', detail: `expected ${decimalGrammar}, got ${quoteExcerpt(amount)}` };
  }
  return undefined;
}
