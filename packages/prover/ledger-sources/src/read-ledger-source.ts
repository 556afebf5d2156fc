/**
 * From wherever a ledger is to the ledger. The ending of the name says what the file is, and nothing is guessed:
 *
 *     .parquet   a Parquet file
 *     .json      the settings of a PostgreSQL source
 *     any other  a CSV file
 */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { ReadProgress } from '@solvent/ledger/csv-rows';
import { readLedger } from '@solvent/ledger/read-ledger';
import type { Asset } from '@solvent/report-format/assets';
import type { SourcedLedger, SourceOptions } from './source-options.js';

/**
 * Reads a ledger as a stream.
 *
 * @throws LedgerError at the first fault of the source; TypeError or RangeError for a faulty asset list
 */
export async function readLedgerSource(
  file: string,
  assets: readonly Asset[],
  options: SourceOptions = {},
): Promise<SourcedLedger> {
  const ending = extname(file).toLowerCase();
  // Clients of databases are loaded only where one is asked.
  if (ending === '.parquet') {
    const { readParquetLedger } = await import('./parquet-source.js');
    return readParquetLedger(file, assets, options);
  }
  if (ending === '.json') {
    const { readPostgresLedger } = await import('./postgres-source.js');
    return readPostgresLedger(file, assets, options);
  }
  return readCsvLedger(file, assets, options);
}

async function readCsvLedger(file: string, assets: readonly Asset[], options: SourceOptions): Promise<SourcedLedger> {
  const { onProgress = () => {}, signal } = options;
  const hash = createHash('sha256');
  const tell = ({ bytesRead, bytesTotal, rows }: ReadProgress) => {
    signal?.throwIfAborted();
    onProgress({ unit: 'bytes', done: bytesRead, total: bytesTotal, isEstimate: false, rows });
  };
  const ledger = await readLedger(file, assets, { onProgress: tell, onBytes: (bytes) => void hash.update(bytes) });
  return { ledger, digest: hash.digest('hex') };
}
