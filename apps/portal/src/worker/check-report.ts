/** A whole report, verified in all parts (spec §14.1). Loaded only when it is asked for: it brings every kind of signature. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { createEvidenceLookup } from '@solvent/ownership-verifier/evidence-list';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import type { VerifiedRow } from '@solvent/ownership-verifier/verify-wallet-list';
import { reportFileName, signatureFileName } from '@solvent/report-format/report';
import type { VerifyRows } from '@solvent/report-verifier/judge-wallets';
import type { BoundReport } from '@solvent/report-verifier/verify-binding';
import { type FullReportOutcome, verifyFullReport } from '@solvent/report-verifier/verify-full-report';
import type { Rejection } from '@solvent/stark/verdict';
import { knownOptions, type OnProgress, type ReportStore } from './report-store.js';
import type { CheckedReport, Exchanges, Known, WalletLine } from './requests.js';

// Often enough for a bar to move, rarely enough not to keep the page busy.
const progressInterval = 80;

/** Verifies the report in a folder, telling how far it is. */
export async function checkReport(
  store: ReportStore,
  { folder, known, listedDigest }: Exchanges['report']['request'],
  onProgress: OnProgress,
): Promise<CheckedReport> {
  const started = performance.now();
  let bytes = 0;
  const read = (path: string) =>
    store.read(folder, path, (count) => {
      bytes += count;
    });
  const outcome = await verifyFullReport(
    { read },
    {
      ...knownOptions({ ...(listedDigest !== undefined && { anchor: listedDigest }), ...known }),
      onFile: (done, count) => onProgress({ phase: 'files', done, count, bytes }),
      onSegment: (segment, count) => onProgress({ phase: 'proofs', done: segment + 1, count, bytes }),
      verifyRows: rowsWithProgress((done, count) => onProgress({ phase: 'wallets', done, count, bytes })),
    },
  );
  const milliseconds = performance.now() - started;
  if (outcome.liabilities.ok) store.remember(folder, outcome.liabilities, milliseconds);
  return describe(folder, outcome, known, milliseconds);
}

function rowsWithProgress(onRow: (done: number, count: number) => void): VerifyRows {
  return async (rows, { policy, evidence, trustedBlocks }) => {
    const context = { policy, trustedBlocks, evidenceFor: createEvidenceLookup(evidence) };
    let told = 0;
    return rows.map((row, i) => {
      const verdict = verifyWallet(row, context);
      const now = performance.now();
      if (now - told > progressInterval || i + 1 === rows.length) {
        told = now;
        onRow(i + 1, rows.length);
      }
      return verdict;
    });
  };
}

function describe(folder: string, outcome: FullReportOutcome, known: Known, milliseconds: number): CheckedReport {
  const { ok, binding, liabilities, ownership, reserves, ratio } = outcome;
  return {
    ok,
    folder,
    known,
    milliseconds,
    binding: binding.ok
      ? {
          ok: true,
          manifest: binding.report.manifest,
          paths: pathsOf(binding),
          boundCount: binding.report.files.length,
          digest: bytesToHex(binding.digest),
          signedBy: binding.signedBy,
          anchored: binding.anchored && known.anchor !== undefined,
        }
      : plain(binding),
    liabilities: liabilities.ok
      ? {
          ok: true,
          rowCount: liabilities.manifest.segments.reduce((sum, { rows }) => sum + rows, 0),
          segmentCount: liabilities.manifest.segments.length,
        }
      : plain(liabilities),
    ownership: {
      ...(ownership.ok ? { ok: true } : plain(ownership)),
      ...('outcome' in ownership && {
        counts: ownership.outcome.counts,
        duplicateCount: ownership.outcome.duplicateCount,
        wallets: ownership.outcome.rows.map(walletLine),
      }),
    },
    reserves: reserves.ok
      ? { ok: true, assets: reserves.assets, uncountedCount: reserves.uncounted.length }
      : plain(reserves),
    ratio: { ...(ratio.ok ? { ok: true } : plain(ratio)), ...('ratios' in ratio && { ratios: ratio.ratios }) },
  };
}

function pathsOf({ report, signedBy }: BoundReport): string[] {
  return [
    reportFileName,
    ...(signedBy === undefined ? [] : [signatureFileName]),
    ...report.files.map(({ path }) => path),
  ];
}

function plain({ step, code, detail }: Rejection): Rejection {
  return { ok: false, step, code, detail };
}

function walletLine({ row, verdict, duplicateOf }: VerifiedRow): WalletLine {
  return {
    line: row.line,
    asset: verdict.asset ?? row.coin,
    network: verdict.network ?? row.network,
    address: verdict.canonicalAddress ?? row.address,
    verdict: verdict.verdict,
    step: verdict.step,
    code: verdict.code,
    detail: verdict.detail,
    isDuplicate: duplicateOf !== undefined,
  };
}
