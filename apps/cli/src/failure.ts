/** What went wrong, for people and as an exit code. */
import { StorageError } from '@solvent/artefacts/artefact-storage';
import { LedgerError } from '@solvent/ledger/ledger-error';
import { SegmentsError } from '@solvent/ledger/plan-segments';
import { StoreError, StoreUnavailableError } from '@solvent/stark-prover/store-error';
import { InputError, SelfCheckError, systemErrorCode } from './input-error.js';
import { escapeUnsafe } from './terminal.js';

/** An end of a command other than its result, as plain data. */
export interface Failure {
  /** One line. */
  readonly message: string;
  /** 1 when what was made does not pass its own checks, otherwise 2. */
  readonly exitCode: 1 | 2;
}

/** A failure of another thread, to be reported as it is. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What an error is to whoever ran the command. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = escapeUnsafe(error instanceof Error ? error.message : String(error));
  if (error instanceof SelfCheckError) return { message: `self-check failed: ${message}`, exitCode: 1 };
  const isExpected =
    error instanceof InputError ||
    error instanceof LedgerError ||
    error instanceof SegmentsError ||
    error instanceof StoreError ||
    error instanceof StoreUnavailableError ||
    error instanceof StorageError ||
    systemErrorCode(error) !== undefined;
  return { message: isExpected ? message : `internal error: ${message}`, exitCode: 2 };
}
