/** Reads a list of wallets in any of its forms (spec §13.4). */
import { decodeUtf8, withoutByteOrderMark } from '../utf8.js';
import { csvRecords } from './csv-records.js';
import { headerFault, ownCsvColumns, readOwnCsvList } from './own-csv-list.js';
import { isJsonText, readOwnJsonList } from './own-json-list.js';
import { isPublishedHeader, readPublishedList } from './published-list.js';
import { listFault, maxWalletListSize, type WalletList, type WalletListFault } from './wallet-list.js';

/** Reads the bytes of a list, at most 256 MiB of UTF-8. Never throws. */
export function decodeWalletList(bytes: Uint8Array): WalletList | WalletListFault {
  if (bytes.length > maxWalletListSize) {
    return listFault(1, `at most ${maxWalletListSize} bytes`, `${bytes.length}`);
  }
  let text: string;
  try {
    text = decodeUtf8(bytes);
  } catch {
    return listFault(1, 'text in UTF-8', 'bytes that are not UTF-8');
  }
  return readWalletList(text);
}

/** Reads the text of a list, with or without a byte-order mark. Never throws. */
export function readWalletList(text: string): WalletList | WalletListFault {
  const content = withoutByteOrderMark(text);
  if (isJsonText(content)) return readOwnJsonList(content);
  const records = csvRecords(content);
  const first = records.next();
  if (first.done) return listFault(1, 'a list of wallets', 'an empty file');
  if ('unclosed' in first.value) return listFault(1, 'a closing quote', 'the end of the file');
  const { fields } = first.value;
  const columns = ownCsvColumns(fields);
  if (columns !== undefined) return readOwnCsvList(records, columns);
  return isPublishedHeader(fields) ? readPublishedList(csvRecords(content)) : headerFault(fields);
}
