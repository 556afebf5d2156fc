/** Reads a list of wallets in any of its forms (spec §13.4). */
import { csvRecords } from './csv-records.js';
import { headerFault, ownCsvColumns, readOwnCsvList } from './own-csv-list.js';
import { readOwnJsonList } from './own-json-list.js';
import { isPublishedHeader, readPublishedList } from './published-list.js';
import { listFault, maxWalletListSize, type WalletList, type WalletListFault } from './wallet-list.js';

// Part of every platform, but not of the language's own library.
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: false },
) => { decode(bytes: Uint8Array): string };

/** Reads the bytes of a list, at most 256 MiB of UTF-8. Never throws. */
export function decodeWalletList(bytes: Uint8Array): WalletList | WalletListFault {
  if (bytes.length > maxWalletListSize) {
    return listFault(1, `at most ${maxWalletListSize} bytes`, `${bytes.length}`);
  }
  const text = decodeUtf8(bytes);
  return text === undefined ? listFault(1, 'text in UTF-8', 'bytes that are not UTF-8') : readWalletList(text);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads the text of a list, with or without a byte-order mark. Never throws. */
export function readWalletList(text: string): WalletList | WalletListFault {
  const content = text.startsWith('\u{feff}') ? text.slice(1) : text;
  if (/^\s*\{/.test(content.slice(0, 64))) return readOwnJsonList(content);
  const records = csvRecords(content);
  const first = records.next();
  if (first.done) return listFault(1, 'a list of wallets', 'an empty file');
  if ('unclosed' in first.value) return listFault(1, 'a closing quote', 'the end of the file');
  const { fields } = first.value;
  const columns = ownCsvColumns(fields);
  if (columns !== undefined) return readOwnCsvList(records, columns);
  return isPublishedHeader(fields) ? readPublishedList(csvRecords(content)) : headerFault(fields);
}
