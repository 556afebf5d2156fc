/**
 * Why a segment was not proven: one of few codes, which go through the queue. What else is known stays in the log of the
 * worker, and neither holds anything of the ledger.
 */
import { ArtefactMissingError, StorageError } from '@solvent/artefacts/artefact-storage';
import { systemErrorCode } from '../input-error.js';

/** What went wrong, and what it means for people. */
export const faults = {
  malformed: 'the message is none that this version reads',
  'not-authentic': 'the message was not made with the store key, so somebody else writes to the queue',
  'task-missing': 'the task is not in the storage',
  'task-damaged': 'the task in the storage is damaged',
  'proof-rejected': 'the proof that was made does not verify',
  'prover-failed': 'the prover failed; the log of the worker says more',
  'too-often': 'workers that had it ended again and again; the memory of a worker may be too small for it',
} as const;

export type FaultCode = keyof typeof faults | 'local';

/** A segment that was not proven. `local` is the fault of the worker or of what it is connected to, not of the segment. */
export class SegmentFault extends Error {
  override readonly name = 'SegmentFault';
  readonly code: FaultCode;

  /** @param detail for the log of the worker; nothing private */
  constructor(code: FaultCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Whether a text is a code. */
export function isFaultCode(text: string | undefined): text is keyof typeof faults {
  return text !== undefined && Object.hasOwn(faults, text);
}

/** What an error means for a segment. Its message is for the log, and says of unknown errors only what kind they are. */
export function faultCode(error: unknown): SegmentFault {
  if (error instanceof SegmentFault) return error;
  if (error instanceof ArtefactMissingError) return new SegmentFault('task-missing', error.message);
  if (error instanceof StorageError) return new SegmentFault('local', error.message);
  const cause = error instanceof Error ? error.cause : undefined;
  const code = systemErrorCode(error) ?? systemErrorCode(cause);
  if (code !== undefined) return new SegmentFault('local', `a system call failed: ${code}`);
  return new SegmentFault('prover-failed', error instanceof Error ? error.name : 'unknown');
}
