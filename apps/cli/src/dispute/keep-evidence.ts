/** `dispute keep`: everything that a third party needs to repeat a holder's check, in one file (spec §14.9). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { maxInclusionFileSize } from '@solvent/proof-format/inclusion-file';
import { type Dispute, encodeDispute } from '@solvent/report-format/dispute';
import { manifestDigest, manifestFileName, maxManifestSize } from '@solvent/report-format/manifest';
import { maxReportSize, reportFileName, signatureFileName } from '@solvent/report-format/report';
import { maxReportSignatureSize } from '@solvent/report-format/report-signature';
import { readBoundedFile, readInputFile } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';
import type { GivenBalances } from '../verify/balances.js';
import { verifyArtefacts } from '../verify/verify-artefacts.js';

/** What the holder has, and says. */
export interface KeepRequest {
  readonly reportFolder: string;
  readonly inclusionFile: string;
  readonly accountId: string;
  readonly balances: GivenBalances | undefined;
  readonly out: string;
}

/** Repeats the check and writes the evidence, whatever it says. Gives what the file holds. */
export async function keepEvidence(request: KeepRequest): Promise<Dispute> {
  const { reportFolder, inclusionFile, accountId, balances, out } = request;
  if (existsSync(out)) throw new InputError(`${out}: expected nothing there, got a file (none is overwritten)`);
  const manifest = await readInputFile(join(reportFolder, manifestFileName), maxManifestSize);
  const task = { path: inclusionFile, accountId, balances };
  const outcome = await verifyArtefacts({ reportFolder, inclusions: [task], expectedDigest: undefined });
  const [{ verdict }] = outcome.inclusions;
  const dispute: Dispute = {
    format: 'solvent-dispute/1',
    accountId,
    balances:
      balances === undefined ? null : Object.fromEntries([...balances].map(([symbol, { text }]) => [symbol, text])),
    inclusion: toBase64(await readInputFile(inclusionFile, maxInclusionFileSize)),
    manifest: toBase64(manifest),
    report: await optionalBase64(join(reportFolder, reportFileName), maxReportSize),
    signature: await optionalBase64(join(reportFolder, signatureFileName), maxReportSignatureSize),
    verdict: {
      manifestDigest: bytesToHex(manifestDigest(manifest)),
      passed: verdict.ok,
      step: verdict.ok ? null : verdict.step,
      code: verdict.ok ? null : verdict.code,
    },
  };
  writeWholeFile(out, encodeDispute(dispute), 0o600);
  return dispute;
}

async function optionalBase64(path: string, maxSize: number): Promise<string | null> {
  const file = await readBoundedFile(path, maxSize, 'refuse-links');
  return file.kind === 'bytes' ? toBase64(file.bytes) : null;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
