/** One holder's inclusion file, checked against a report that this worker has verified (spec §8.4). */
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { Rejection } from '@solvent/stark/verdict';
import { reject } from '@solvent/stark/verdict';
import type { ReportStore } from './report-store.js';
import type { AcceptedInclusion, Exchanges } from './requests.js';

/** Inclusions of this session by report and account: those of one person must not share a row (step I7). */
export type Seen = Map<string, VerifiedInclusion>;

/** Remembers an inclusion; or rejects it, when it shares a row with another account's in the same report. */
export function rememberInclusion(seen: Seen, accountId: string, inclusion: VerifiedInclusion): Rejection | undefined {
  const key = `${bytesToHex(inclusion.manifestDigest)} ${accountId}`;
  const others = [...seen].flatMap(([other, found]) => (other === key ? [] : [found]));
  const shared = findSharedRow([...others, inclusion]);
  if (shared === undefined) seen.set(key, inclusion);
  return shared;
}

/** Checks a file. Fetches nothing. */
export function checkInclusion(
  store: ReportStore,
  seen: Seen,
  { folder, file, accountId, manifestDigest }: Exchanges['inclusion']['request'],
): AcceptedInclusion | Rejection {
  const report = store.verified(folder);
  if (report === undefined) return reject('I1', 'header-unverified', 'the report has not been verified here');
  const started = performance.now();
  const expected = manifestDigest === undefined ? {} : { manifestDigest: hexToBytes(manifestDigest) };
  const verdict = verifyInclusion({ file, report, accountId, ...expected });
  if (!verdict.ok) return verdict;
  const shared = rememberInclusion(seen, accountId, verdict);
  if (shared !== undefined) return shared;
  return {
    ok: true,
    segment: verdict.segment,
    rows: verdict.rows,
    balances: report.manifest.assets.flatMap((asset) => {
      const units = verdict.balances.get(asset.symbol);
      return units === undefined ? [] : [{ ...asset, units }];
    }),
    digestCompared: verdict.digestCompared,
    milliseconds: performance.now() - started,
  };
}
