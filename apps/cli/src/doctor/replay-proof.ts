/** What the verifier absorbs and draws for a proof, whether the proof is right or not (spec §6.2). */
import { decodeHeader } from '@solvent/proof-format/proof';
import type { Preset } from '@solvent/stark/preset';
import { absorbNonce, grindingSeed, replayHeader } from '@solvent/stark/rounds';
import { deriveShape } from '@solvent/stark/shape';
import { type Statement, startTranscript } from '@solvent/stark/statement';

/** The transcript, one line for each item, or why the header has none. */
export type Replayed =
  | { readonly ok: true; readonly log: readonly string[] }
  | { readonly ok: false; readonly fault: string };

/** Replays the transcript of a proof about a statement, with the verifier's own preset. */
export function replayProof(statement: Statement, proof: Uint8Array, preset: Preset): Replayed {
  const shape = deriveShape(statement.rowCount);
  const decoded = decodeHeader(proof, shape);
  if (!decoded.ok) return decoded;
  const transcript = startTranscript(statement, preset);
  replayHeader(transcript, decoded.header);
  grindingSeed(transcript);
  absorbNonce(transcript, decoded.nonce, shape, preset);
  return { ok: true, log: transcript.log };
}

/** Where two transcripts part. */
export interface Parting {
  /** The number of the first line that differs, from 0. */
  readonly line: number;
  /** That line in each; undefined where a transcript has ended. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** The first line in which two transcripts differ; undefined when they are equal. Every later challenge differs too. */
export function findParting(first: readonly string[], second: readonly string[]): Parting | undefined {
  const length = Math.max(first.length, second.length);
  for (let line = 0; line < length; line++) {
    if (first[line] !== second[line]) return { line, first: first[line], second: second[line] };
  }
  return undefined;
}
