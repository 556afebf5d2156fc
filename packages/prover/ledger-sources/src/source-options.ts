/**
 * What every source takes and gives.
 */
import type { Ledger } from '@solvent/ledger/ledger';

/** How far a source has been read. */
export interface SourceProgress {
  /** What `done` and `total` count. */
  readonly unit: 'bytes' | 'rows';
  readonly done: number;
  readonly total: number;
  /** Whether the total is the source's guess: `done` may end elsewhere. */
  readonly isEstimate: boolean;
  /** Rows so far; of a CSV file the header, too. */
  readonly rows: number;
}

/** Choices of reading. */
export interface SourceOptions {
  /** Called at the beginning, after every block, and at the end. What it throws ends the reading. */
  readonly onProgress?: ((progress: SourceProgress) => void) | undefined;
  /** Ends the reading; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where PGPASSWORD is looked for, `process.env` unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A ledger, and what tells it from another one when a run is continued. */
export interface SourcedLedger {
  readonly ledger: Ledger;
  /** SHA-256 in hexadecimal: of the bytes of a file, or of what a database's ledger says. */
  readonly digest: string;
}
