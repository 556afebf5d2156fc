/** A report that this process has verified in full: what inclusion is checked against (spec §8.4). */
import type { Manifest } from '@solvent/report-format/manifest';
import type { VerifiedSegment } from './verify-segment.js';

export interface VerifiedReport {
  readonly ok: true;
  /** The manifest's digest, 32 bytes: what people compare. */
  readonly digest: Uint8Array;
  readonly manifest: Manifest;
  /** The proven total of each asset, in the asset's units. */
  readonly totals: readonly bigint[];
  readonly segments: readonly VerifiedSegment[];
}

const verified = new WeakSet<VerifiedReport>();

/** Notes a report as verified. Only `verifyReport` calls this, after its last step. */
export function markVerified(report: VerifiedReport): VerifiedReport {
  verified.add(report);
  return Object.freeze(report);
}

/** Whether a report came out of `verifyReport` in this process: an object that only looks like one did not. */
export function isVerifiedReport(report: VerifiedReport): boolean {
  return verified.has(report);
}
