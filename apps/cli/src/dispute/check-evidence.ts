/** `dispute check`: repeats a holder's check from the evidence that they kept, against what is published (spec §14.9). */
import { join } from 'node:path';
import { bytesEqual, bytesToHex } from '@solvent/commitment/bytes';
import { type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { maxProofSize } from '@solvent/proof-format/proof';
import { type Dispute, decodeDispute, maxDisputeSize } from '@solvent/report-format/dispute';
import { manifestDigest, manifestFileName, maxManifestSize, proofFileName } from '@solvent/report-format/manifest';
import {
  decodeReport,
  maxReportSize,
  reportDigest,
  reportFileName,
  signatureFileName,
} from '@solvent/report-format/report';
import { maxReportSignatureSize } from '@solvent/report-format/report-signature';
import { verifySignature } from '@solvent/report-verifier/verify-signature';
import type { Rejection } from '@solvent/stark/verdict';
import { readBoundedFile, readInputFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { balancesInUnits } from '../verify/balances.js';

/** What a third party finds. */
export interface DisputeFinding {
  readonly dispute: Dispute;
  /** Full digests of the manifest that the holder kept, and of the published one. */
  readonly keptManifest: string;
  readonly publishedManifest: string;
  /** Full digests of the report that the holder kept, and of the published one; undefined where there is none. */
  readonly keptReport: string | undefined;
  readonly publishedReport: string | undefined;
  /** Key under which the exchange signed the report that the holder kept; undefined when it is not signed. */
  readonly keptSignedBy: string | undefined;
  /** Key under which the published report is signed. */
  readonly publishedSignedBy: string | undefined;
  /** Whether one key has signed two reports for one place: that alone proves that somebody was shown something else. */
  readonly isEquivocation: boolean;
  /** The holder's check, repeated; undefined when the published report is another one. */
  readonly verdict: VerifiedInclusion | Rejection | undefined;
}

/**
 * Repeats the check.
 *
 * @throws InputError for a file that is no evidence, and a folder without a report
 */
export async function checkEvidence(path: string, reportFolder: string): Promise<DisputeFinding> {
  const decoded = decodeDispute(await readInputFile(path, maxDisputeSize));
  if (!decoded.ok) throw new InputError(`${path}: expected evidence of a dispute, got a file that is ${decoded.fault}`);
  const dispute = decoded.value;
  const manifest = await readInputFile(join(reportFolder, manifestFileName), maxManifestSize);
  const kept = manifestDigest(fromBase64(dispute.manifest));
  const published = manifestDigest(manifest);
  const keptReport = dispute.report === null ? undefined : fromBase64(dispute.report);
  const keptSignature = dispute.signature === null ? undefined : fromBase64(dispute.signature);
  const publishedReport = await optionalFile(join(reportFolder, reportFileName), maxReportSize);
  const publishedSignature = await optionalFile(join(reportFolder, signatureFileName), maxReportSignatureSize);
  const keptSignedBy = signerOf(keptReport, keptSignature, bytesToHex(kept));
  const publishedSignedBy = signerOf(publishedReport, publishedSignature, bytesToHex(published));
  return {
    dispute,
    keptManifest: bytesToHex(kept),
    publishedManifest: bytesToHex(published),
    keptReport: keptReport && bytesToHex(reportDigest(keptReport)),
    publishedReport: publishedReport && bytesToHex(reportDigest(publishedReport)),
    keptSignedBy,
    publishedSignedBy,
    isEquivocation:
      keptSignedBy !== undefined && keptSignedBy === publishedSignedBy && areForOnePlace(keptReport!, publishedReport!),
    verdict: bytesEqual(kept, published) ? await repeatCheck(dispute, manifest, reportFolder) : undefined,
  };
}

async function repeatCheck(
  dispute: Dispute,
  manifest: Uint8Array,
  folder: string,
): Promise<VerifiedInclusion | Rejection> {
  const report = await verifyReport(manifest, async (segment) =>
    optionalFile(join(folder, proofFileName(segment)), maxProofSize),
  );
  if (!report.ok) return report;
  const given = Object.entries(dispute.balances ?? {}).map(
    ([symbol, text]) => [symbol, { text, where: symbol }] as const,
  );
  const balances =
    dispute.balances === null ? {} : { balances: balancesInUnits(new Map(given), report.manifest.assets) };
  return verifyInclusion({ file: fromBase64(dispute.inclusion), report, accountId: dispute.accountId, ...balances });
}

// The key that signed a report of this manifest; undefined without a good signature.
function signerOf(
  report: Uint8Array | undefined,
  signature: Uint8Array | undefined,
  manifest: string,
): string | undefined {
  if (report === undefined || signature === undefined) return undefined;
  const decoded = decodeReport(report);
  if (!decoded.ok || decoded.value.manifest !== manifest) return undefined;
  const verdict = verifySignature(signature, reportDigest(report), {});
  return verdict.ok ? verdict.publicKey : undefined;
}

// Of one exchange and id, or after one report: a chain has no forks, whatever its branches are called.
function areForOnePlace(a: Uint8Array, b: Uint8Array): boolean {
  const [first, second] = [decodeReport(a), decodeReport(b)];
  if (!first.ok || !second.ok || bytesEqual(reportDigest(a), reportDigest(b))) return false;
  const { exchange, reportId, previousReport } = first.value;
  if (previousReport !== null && previousReport === second.value.previousReport) return true;
  return exchange === second.value.exchange && reportId === second.value.reportId;
}

async function optionalFile(path: string, maxSize: number): Promise<Uint8Array | undefined> {
  const file = await readBoundedFile(path, maxSize, 'refuse-links');
  return file.kind === 'bytes' ? file.bytes : undefined;
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
