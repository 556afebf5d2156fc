/** A report that this process has verified in full: what inclusion is checked against (spec §8.4). */
import type { Manifest } from '@solvent/report-format/manifest';
import type { Preset } from '@solvent/stark/preset';
import type { VerifiedSegment } from './verify-segment.js';

/** Only `verifyReport` makes these; `isVerifiedReport` tells them from objects that look the same. */
export interface VerifiedReport {
  readonly ok: true;
  /** The manifest's digest, 32 bytes: what people compare. */
  readonly digest: Uint8Array;
  /** What the proofs were verified with: the caller's choice. */
  readonly preset: Preset;
  readonly manifest: Manifest;
  /** The proven total of each asset, in the asset's units. */
  readonly totals: readonly bigint[];
  readonly segments: readonly VerifiedSegment[];
}
