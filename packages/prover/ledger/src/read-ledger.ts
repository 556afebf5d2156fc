/**
 * From a CSV file to the ledger (spec §10.3). The layouts are those of `ledger-reader`; the first row is the header.
 */
import type { Asset } from '@solvent/report-format/assets';
import { decodeRow, type ReadProgress, scanCsvFile } from './csv-rows.js';
import type { ScannedRow } from './csv-scanner.js';
import type { Ledger } from './ledger.js';
import { createLedgerReader } from './ledger-reader.js';

/** Choices of `readLedger`. */
export interface ReadLedgerOptions {
  /** Called at the beginning, after every block of the file that has been read, and once at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Gets all bytes of the file in order, block by block: exactly those that the ledger is made from. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/**
 * Reads a ledger file as a stream.
 *
 * @param file   path of a CSV file, long or wide; errors name it as it is given
 * @param assets the report's assets, sorted
 * @throws LedgerError at the first fault of the file, except that a (account, asset) that is twice in a long file is
 *   noticed after all other rows; TypeError or RangeError for a faulty asset list
 */
export async function readLedger(
  file: string,
  assets: readonly Asset[],
  options: ReadLedgerOptions = {},
): Promise<Ledger> {
  const reader = createLedgerReader({ file, unit: 'line' }, assets);
  const onRow = (row: ScannedRow) => {
    if (reader.isStarted()) reader.read(row);
    else reader.start(decodeRow(row));
  };
  await scanCsvFile(file, onRow, options.onProgress, options.onBytes);
  return reader.finish();
}
