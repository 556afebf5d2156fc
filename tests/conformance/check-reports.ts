/** Checks of the vectors of reports and inclusion files. */
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { findSharedRow, type VerifiedInclusion, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { decodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { decodeHeader } from '@solvent/proof-format/proof';
import { decodeManifest, segmentStatement } from '@solvent/report-format/manifest';
import { applyEdits, type Edit } from '@solvent/scripts/vectors/edits';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import * as rounds from '@solvent/stark/rounds';
import { startTranscript } from '@solvent/stark/statement';
import type { Rejection } from '@solvent/stark/verdict';
import { expect } from 'vitest';
import { besideVector, readVectorBytes, type VectorCase, type VectorFile } from './vector-files.js';

type PresetName = 'production' | 'toy';
const presets = { production: productionPreset, toy: toyPreset };

/** A vector file about a report. */
interface ReportVectorFile extends VectorFile {
  readonly preset: PresetName;
  readonly manifest: string;
  readonly proofs: readonly string[];
}

function reportFiles(file: ReportVectorFile): Record<string, Uint8Array | undefined> {
  const proofs = file.proofs.map((name, i) => [`proof-${i}`, readVectorBytes(besideVector(file, name))]);
  return { manifest: readVectorBytes(besideVector(file, file.manifest)), ...Object.fromEntries(proofs) };
}

function verdictOn(files: Record<string, Uint8Array | undefined>, preset: PresetName) {
  return verifyReport(files.manifest!, (segment) => files[`proof-${segment}`], { preset: presets[preset] });
}

function expectVerdict(verdict: { readonly ok: true } | Rejection, vector: VectorCase): void {
  if (verdict.ok) expect(vector.result).toBe('valid');
  else {
    const { step, code } = verdict;
    expect({ result: 'invalid', step, code }).toEqual({ result: vector.result, step: vector.step, code: vector.code });
  }
}

interface ReportCase extends VectorCase {
  readonly edits: readonly Edit[];
  readonly preset?: PresetName;
  readonly digest?: string;
  readonly totals?: readonly string[];
}

export async function checkReport(vector: ReportCase, vectorFile: VectorFile): Promise<void> {
  const file = vectorFile as ReportVectorFile;
  const verdict = await verdictOn(applyEdits(reportFiles(file), vector.edits), vector.preset ?? file.preset);
  expectVerdict(verdict, vector);
  if (!verdict.ok) return;
  expect(bytesToHex(verdict.digest)).toBe(vector.digest);
  expect(verdict.totals.map(String)).toEqual(vector.totals);
}

const verifiedReports = new Map<string, Promise<VerifiedReport>>();

/** The verified report that a vector file is about; each is verified once. */
function verifiedReportOf(vectorFile: VectorFile): Promise<VerifiedReport> {
  const file = vectorFile as ReportVectorFile;
  const known = verifiedReports.get(file.name);
  if (known !== undefined) return known;
  const verified = verdictOn(reportFiles(file), file.preset).then((verdict) => {
    if (!verdict.ok) throw new Error(`${file.name}: ${verdict.step} ${verdict.code}: ${verdict.detail}`);
    return verdict;
  });
  verifiedReports.set(file.name, verified);
  return verified;
}

export interface InclusionCase extends VectorCase {
  readonly file: string;
  readonly accountId: string;
  readonly preset?: PresetName;
  readonly manifestDigest?: string;
  readonly balances?: Readonly<Record<string, string>>;
  readonly together?: string;
  readonly unverified?: true;
  readonly edits: readonly Edit[];
  readonly sums?: Readonly<Record<string, string>>;
}

const unitsMap = (balances: Readonly<Record<string, string>>) =>
  new Map(Object.entries(balances).map(([symbol, units]) => [symbol, BigInt(units)]));

/** The verdict on one inclusion file of a report. */
function verdictOnInclusion(vector: InclusionCase, vectorFile: VectorFile, report: VerifiedReport) {
  const inclusion = readVectorBytes(besideVector(vectorFile, vector.file));
  return verifyInclusion({
    file: applyEdits({ inclusion }, vector.edits).inclusion!,
    // A copy of a verified report has not been verified.
    report: vector.unverified ? { ...report } : report,
    preset: vector.preset === undefined ? report.preset : presets[vector.preset],
    accountId: vector.accountId,
    ...(vector.manifestDigest === undefined ? {} : { manifestDigest: hexToBytes(vector.manifestDigest) }),
    ...(vector.balances === undefined ? {} : { balances: unitsMap(vector.balances) }),
  });
}

export async function checkInclusion(vector: InclusionCase, vectorFile: VectorFile): Promise<void> {
  const report = await verifiedReportOf(vectorFile);
  const verdict = verdictOnInclusion(vector, vectorFile, report);
  if (vector.together !== undefined && verdict.ok) return expectSharedRow(verdict, vector, vectorFile, report);
  expectVerdict(verdict, vector);
  if (!verdict.ok) return;
  const held = Object.entries(vector.sums ?? {}).filter(([, units]) => units !== '0');
  expect(Object.fromEntries([...verdict.balances].map(([symbol, units]) => [symbol, String(units)]))).toEqual(
    Object.fromEntries(held),
  );
  expect(verdict.balancesCompared).toBe(vector.balances !== undefined);
  expect(verdict.digestCompared).toBe(vector.manifestDigest !== undefined);
}

/** Two files, each right by itself, that show the same rows. */
function expectSharedRow(
  verdict: VerifiedInclusion,
  vector: InclusionCase,
  vectorFile: VectorFile,
  report: VerifiedReport,
): void {
  const other = vectorFile.cases.find(({ id }) => id === vector.together) as InclusionCase;
  const otherVerdict = verdictOnInclusion(other, vectorFile, report);
  if (!otherVerdict.ok) throw new Error(`${other.id}: expected an inclusion that passes by itself`);
  expectVerdict(findSharedRow([verdict, otherVerdict]) ?? verdict, vector);
}

interface ChallengesCase extends VectorCase, Omit<rounds.Replay, 'headerDigest'> {
  readonly segment: number;
  readonly headerDigest: string;
  readonly grindingSeed: string;
  readonly nonce: number;
  readonly queries: readonly number[];
}

export async function checkChallenges(vector: ChallengesCase, vectorFile: VectorFile): Promise<void> {
  const file = vectorFile as ReportVectorFile;
  const report = await verifiedReportOf(file);
  const { replay, shape, statement } = report.segments[vector.segment];
  for (const name of ['beta0', 'beta1', 'gamma', 'alphas', 'zeta', 'lambdas', 'foldChallenges'] as const) {
    expect(replay[name], name).toEqual(vector[name]);
  }
  expect(bytesToHex(replay.headerDigest)).toBe(vector.headerDigest);
  const decoded = decodeHeader(reportFiles(file)[`proof-${vector.segment}`]!, shape);
  if (!decoded.ok) throw new Error(decoded.fault);
  const preset = presets[file.preset];
  const transcript = startTranscript(statement, preset);
  rounds.replayHeader(transcript, decoded.header);
  expect(bytesToHex(rounds.grindingSeed(transcript))).toBe(vector.grindingSeed);
  expect(decoded.nonce).toBe(vector.nonce);
  expect(rounds.absorbNonce(transcript, decoded.nonce, shape, preset)).toEqual(vector.queries);
}

interface LedgerCase extends VectorCase {
  readonly accountId: string;
  readonly segment: number;
  readonly rows: readonly number[];
  readonly nonce: string;
  readonly balances: Readonly<Record<string, string>>;
}

/** A ledger's cases belong together: its accounts add up to the totals, and its files say what it says. */
export function checkLedger(vector: LedgerCase, vectorFile: VectorFile): void {
  const { manifest: name } = vectorFile as ReportVectorFile;
  const decoded = decodeManifest(readVectorBytes(besideVector(vectorFile, name)));
  if (!decoded.ok) throw new Error(decoded.fault);
  const manifest = decoded.value;
  const accounts = vectorFile.cases as readonly LedgerCase[];
  const members = accounts.filter(({ segment }) => segment === vector.segment);
  const sums = manifest.assets.map(({ symbol }) =>
    members.reduce((sum, { balances }) => sum + BigInt(balances[symbol] ?? 0), 0n),
  );
  expect(sums).toEqual(segmentStatement(manifest, vector.segment).totals);
  const file = decodeInclusionFile(
    readVectorBytes(besideVector(vectorFile, `inclusion-${accounts.indexOf(vector)}.json`)),
  );
  if (!file.ok) throw new Error(file.fault);
  expect(file.value.rows.map(({ index }) => index)).toEqual(vector.rows);
  expect([file.value.nonce, file.value.segment]).toEqual([vector.nonce, vector.segment]);
}
