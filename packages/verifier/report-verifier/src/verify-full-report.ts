/** A whole report: its binding, liabilities, ownership, reserves and ratios, each a part with a verdict (spec §14). */
import { bytesToHex } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { type ReportOptions, verifyReport } from '@solvent/liabilities-verifier/verify-report';
import type { Ratio } from '@solvent/report-format/fraction';
import { boundText } from '@solvent/report-format/fraction';
import { manifestFileName, proofFileName } from '@solvent/report-format/manifest';
import { evidenceFileName, type Report, walletsFileName } from '@solvent/report-format/report';
import { reservesFileName } from '@solvent/report-format/reserves';
import { type AssetRatio, compareReserves, findUnder } from '@solvent/reserves-verifier/compare';
import { type JudgedWallet, type VerifiedReserves, verifyReserves } from '@solvent/reserves-verifier/verify-reserves';
import { type Rejection, reject } from '@solvent/stark/verdict';
import {
  type FailedWallets,
  type JudgedWallets,
  judgeWallets,
  type VerifyRows,
  type WalletsInput,
} from './judge-wallets.js';
import {
  type BindingOptions,
  type BoundReport,
  type FaultyReport,
  type ReportFiles,
  verifyBinding,
} from './verify-binding.js';

/** What a caller asks of a report. */
export interface FullReportOptions
  extends BindingOptions,
    Pick<ReportOptions, 'preset' | 'onSegment'>,
    Pick<WalletsInput, 'fixedMessage' | 'trustedBlocks'> {
  /** The least ratio of every asset; without it no ratio is too low. */
  readonly minRatio?: Ratio;
  /** How the rows of the wallet list are verified, where a caller spreads them over cores; in place unless given. */
  readonly verifyRows?: VerifyRows;
}

/** A part that was not checked, since another one it needs has failed. */
export interface NotChecked {
  readonly ok: false;
  readonly step: 'none';
  readonly code: 'not-checked';
  readonly detail: string;
}

/** Reserves against liabilities, and whether they meet what the caller asks. */
export interface JudgedRatios {
  readonly ok: true;
  readonly ratios: readonly AssetRatio[];
}

/** Ratios of which some are under what the caller asks. */
export interface LowRatios extends Rejection {
  readonly ratios: readonly AssetRatio[];
}

/** What became of a whole report: one verdict for each of its parts. */
export interface FullReportOutcome {
  /** Whether every part passed. */
  readonly ok: boolean;
  readonly binding: BoundReport | FaultyReport | Rejection;
  readonly liabilities: VerifiedReport | Rejection | NotChecked;
  readonly ownership: JudgedWallets | FailedWallets | Rejection | NotChecked;
  readonly reserves: VerifiedReserves | Rejection | NotChecked;
  readonly ratio: JudgedRatios | LowRatios | NotChecked;
}

/** Verifies all parts of a report. Never rejects the promise because of what the bytes are. */
export async function verifyFullReport(
  files: ReportFiles,
  options: FullReportOptions = {},
): Promise<FullReportOutcome> {
  const binding = await verifyBinding(files, options);
  if (!binding.ok) {
    const rest = notChecked('the report itself');
    // What is owed is proven by the manifest and its proofs alone, whatever is wrong with other files.
    const liabilities = 'report' in binding ? await verifyLiabilities(files, binding.report, options) : rest;
    return { ok: false, binding, liabilities, ownership: rest, reserves: rest, ratio: rest };
  }
  const liabilities = await verifyLiabilities(files, binding.report, options);
  const ownership = await verifyOwnership(binding, options);
  const reserves = ownership.ok
    ? countReserves(binding, ownership.wallets)
    : notChecked('the ownership of the wallets');
  const ratio = judgeRatios(liabilities, reserves, options.minRatio);
  const ok = [liabilities, ownership, reserves, ratio].every((part) => part.ok);
  return { ok, binding, liabilities, ownership, reserves, ratio };
}

async function verifyLiabilities(
  files: ReportFiles,
  report: Report,
  { preset, onSegment }: FullReportOptions,
): Promise<VerifiedReport | Rejection> {
  const bytes = await files.read(manifestFileName);
  if (bytes === undefined) return reject('P4', 'manifest-missing', `expected the file ${manifestFileName}`);
  const verdict = await verifyReport(bytes, (segment) => files.read(proofFileName(segment)), {
    ...(preset && { preset }),
    ...(onSegment && { onSegment }),
  });
  if (!verdict.ok) return verdict;
  // P4: it is the manifest of this report, of the same exchange, name and time.
  const fault = findContextFault(verdict, report);
  return fault === undefined ? verdict : fault;
}

function findContextFault({ digest, manifest }: VerifiedReport, report: Report): Rejection | undefined {
  if (bytesToHex(digest) !== report.manifest) {
    return reject('P4', 'manifest-digest', `expected the manifest ${report.manifest}, found ${bytesToHex(digest)}`);
  }
  for (const field of ['exchange', 'reportId', 'snapshotTime'] as const) {
    if (manifest[field] !== report[field]) {
      return reject('P4', 'context', `${field}: the report says ${report[field]}, the liabilities ${manifest[field]}`);
    }
  }
  if ((manifest.previousManifest === null) === (report.previousReport === null)) return undefined;
  return reject('P4', 'context', 'of report and liabilities one follows another report and one is the first');
}

async function verifyOwnership(
  { contents, report }: BoundReport,
  { fixedMessage, trustedBlocks, verifyRows }: FullReportOptions,
): Promise<JudgedWallets | FailedWallets | Rejection> {
  const list = contents.get(walletsFileName);
  if (list === undefined) return reject('P5', 'wallets-missing', `expected the file ${walletsFileName}`);
  const known = { ...(fixedMessage !== undefined && { fixedMessage }), ...(trustedBlocks && { trustedBlocks }) };
  return judgeWallets({ list, evidence: contents.get(evidenceFileName), report, ...known }, verifyRows);
}

function countReserves(
  { contents, report }: BoundReport,
  wallets: readonly JudgedWallet[],
): VerifiedReserves | Rejection {
  const bytes = contents.get(reservesFileName);
  if (bytes === undefined) return reject('R1', 'reserves-missing', `expected the file ${reservesFileName}`);
  return verifyReserves(bytes, report, wallets);
}

function judgeRatios(
  liabilities: VerifiedReport | Rejection,
  reserves: VerifiedReserves | Rejection,
  minRatio: Ratio | undefined,
): JudgedRatios | LowRatios | NotChecked {
  if (!liabilities.ok) return notChecked('the liabilities');
  if (!reserves.ok) return notChecked('the reserves');
  const owed = liabilities.manifest.assets.map((asset, i) => ({ ...asset, total: liabilities.totals[i] }));
  const ratios = compareReserves(owed, reserves.assets);
  const low = minRatio === undefined ? [] : findUnder(ratios, minRatio);
  if (minRatio === undefined || low.length === 0) return { ok: true, ratios };
  const names = low.map(({ asset, percent }) => `${asset} ${percent}`).join(', ');
  return { ...reject('P6', 'ratio', `expected at least ${boundText(minRatio)}, found ${names}`), ratios };
}

function notChecked(part: string): NotChecked {
  return { ok: false, step: 'none', code: 'not-checked', detail: `not checked, since ${part} did not pass` };
}
