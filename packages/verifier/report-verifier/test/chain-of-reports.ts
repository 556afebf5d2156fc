/** Chains of reports for tests: every digest is right, nothing is proven. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { encodeManifest, type Manifest, manifestDigest } from '@solvent/report-format/manifest';
import { encodeReport, type Report, reportDigest } from '@solvent/report-format/report';
import { encodeReportIndex, type ReportIndex } from '@solvent/report-format/report-index';

const digest = (digit: string) => digit.repeat(64);

/** A report with its manifest. */
export interface Month {
  report: Report;
  manifest: Manifest;
}

/** The files of a directory of reports. */
export interface ChainFixture {
  index: ReportIndex;
  folders: Map<string, { report: Uint8Array | undefined; manifest: Uint8Array | undefined }>;
}

/** Months one after another, each naming the one before, after `change` was applied to each. */
export function makeChain(count: number, change: (month: Month, i: number) => void = () => {}): ChainFixture {
  const index: ReportIndex = { format: 'solvent-reports/1', exchange: 'Example Exchange', reports: [] };
  const folders: ChainFixture['folders'] = new Map();
  let previousReport: string | null = null;
  let previousManifest: string | null = null;
  for (let i = 0; i < count; i++) {
    const month = makeMonth(i, previousReport, previousManifest);
    change(month, i);
    const manifest = encodeManifest(month.manifest);
    if (month.report.manifest === '') month.report.manifest = bytesToHex(manifestDigest(manifest));
    const report = encodeReport(month.report);
    const folder = `month-${i}`;
    folders.set(folder, { report, manifest });
    previousReport = bytesToHex(reportDigest(report));
    previousManifest = bytesToHex(manifestDigest(manifest));
    const { reportId, snapshotTime } = month.report;
    index.reports.push({ folder, reportId, snapshotTime, report: previousReport });
  }
  return { index, folders };
}

/** The bytes of the index, and a reader of the folders. */
export function chainInput({ index, folders }: ChainFixture) {
  const read = async (folder: string) => folders.get(folder) ?? { report: undefined, manifest: undefined };
  return [encodeReportIndex(index), { read }] as const;
}

function makeMonth(i: number, previousReport: string | null, previousManifest: string | null): Month {
  const reportId = `2026-${String(i + 1).padStart(2, '0')}`;
  const snapshotTime = `${reportId}-28T00:00:00Z`;
  const segment = { rows: 2048, accountsRoot: digest('3'), headerDigest: digest('4'), proofDigest: digest('5') };
  return {
    manifest: {
      format: 'solvent-liabilities/1',
      preset: digest('1'),
      air: digest('2'),
      exchange: 'Example Exchange',
      reportId,
      snapshotTime,
      previousManifest,
      assets: [{ symbol: 'BTC', decimals: 8 }],
      segments: [{ ...segment, totals: [String(i + 7)] }],
      totals: [String(i + 7)],
    },
    report: {
      format: 'solvent-report/1',
      exchange: 'Example Exchange',
      reportId,
      snapshotTime,
      previousReport,
      // Filled in when the manifest is final.
      manifest: '',
      blocks: [],
      tokens: [],
      files: [],
    },
  };
}
