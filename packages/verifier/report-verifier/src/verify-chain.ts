/** The chain of reports: each names the one before it, from the first on (spec §14.6). */
import { bytesToHex } from '@solvent/commitment/bytes';
import { decodeManifest, type Manifest, manifestDigest } from '@solvent/report-format/manifest';
import { decodeReport, findOrderFault, type Report, reportDigest } from '@solvent/report-format/report';
import { decodeReportIndex, type ReportIndex } from '@solvent/report-format/report-index';
import { type Rejection, reject } from '@solvent/stark/verdict';

/** What the chain needs of each report. */
export interface ChainFiles {
  /** The bytes of `report.json` and of the manifest in a folder beside the index; undefined for a file that is missing. */
  read(folder: string): Promise<{ report: Uint8Array | undefined; manifest: Uint8Array | undefined }>;
}

/** One report of a chain. */
export interface ChainLink {
  readonly folder: string;
  /** 32 bytes. */
  readonly digest: Uint8Array;
  readonly report: Report;
  readonly manifest: Manifest;
}

/** A chain in which no report is rewritten, reordered or missing between the first and the last one. */
export interface VerifiedChain {
  readonly ok: true;
  readonly exchange: string;
  /** The first report first. */
  readonly links: readonly ChainLink[];
}

/**
 * Steps H1 to H4. That the last link is the newest report cannot be seen from the chain: compare its digest with an anchor.
 * The reports themselves are not verified here.
 */
export async function verifyChain(indexBytes: Uint8Array, files: ChainFiles): Promise<VerifiedChain | Rejection> {
  // H1: the index is in its format.
  const decoded = decodeReportIndex(indexBytes);
  if (!decoded.ok) return reject('H1', 'index-encoding', decoded.fault);
  const index = decoded.value;
  const links: ChainLink[] = [];
  for (const entry of index.reports) {
    const link = await readLink(entry, files);
    if ('ok' in link) return link;
    const fault = findLinkFault(index, entry, link, links);
    if (fault !== undefined) return { ...fault, detail: `${entry.folder}: ${fault.detail}` };
    links.push(link);
  }
  return { ok: true, exchange: index.exchange, links };
}

type IndexEntry = ReportIndex['reports'][number];

async function readLink({ folder, report: expected }: IndexEntry, files: ChainFiles): Promise<ChainLink | Rejection> {
  // H2: the report of each entry is there, unchanged, with its manifest.
  const { report: reportBytes, manifest: manifestBytes } = await files.read(folder);
  if (reportBytes === undefined || manifestBytes === undefined) {
    return reject('H2', 'report-missing', `${folder}: expected a report and its manifest`);
  }
  const digest = reportDigest(reportBytes);
  if (bytesToHex(digest) !== expected) {
    return reject('H2', 'report-digest', `${folder}: expected ${expected}, found ${bytesToHex(digest)}`);
  }
  const report = decodeReport(reportBytes);
  if (!report.ok) return reject('H2', 'report-encoding', `${folder}: ${report.fault}`);
  const orderFault = findOrderFault(report.value);
  if (orderFault !== undefined) return reject('H2', 'report-order', `${folder}: ${orderFault}`);
  const found = bytesToHex(manifestDigest(manifestBytes));
  if (found !== report.value.manifest) {
    return reject('H2', 'manifest-digest', `${folder}: expected the manifest ${report.value.manifest}, found ${found}`);
  }
  const manifest = decodeManifest(manifestBytes);
  if (!manifest.ok) return reject('H2', 'manifest-encoding', `${folder}: ${manifest.fault}`);
  return { folder, digest, report: report.value, manifest: manifest.value };
}

function findLinkFault(
  index: ReportIndex,
  entry: IndexEntry,
  link: ChainLink,
  earlier: readonly ChainLink[],
): Rejection | undefined {
  // H3: the report is the one that the index describes, later than the one before, under a new id.
  const { report, manifest } = link;
  if (report.exchange !== index.exchange) {
    return reject('H3', 'exchange', `expected ${index.exchange}, found ${report.exchange}`);
  }
  if (report.reportId !== entry.reportId || report.snapshotTime !== entry.snapshotTime) {
    return reject('H3', 'index-entry', 'id or time is not what the index says');
  }
  if (earlier.some((one) => one.report.reportId === report.reportId)) {
    return reject('H3', 'report-id', `expected each id once, found ${report.reportId} again`);
  }
  const before = earlier.at(-1);
  // Times of one form in UTC: their order is that of the text.
  if (before !== undefined && before.report.snapshotTime >= report.snapshotTime) {
    return reject('H3', 'time', `expected a time after ${before.report.snapshotTime}, found ${report.snapshotTime}`);
  }
  // H4: report and manifest name those before them, the first ones none.
  const previous = before === undefined ? null : bytesToHex(before.digest);
  if (report.previousReport !== previous) return wrongPrevious('report', previous, report.previousReport);
  const previousManifest = before === undefined ? null : before.report.manifest;
  if (manifest.previousManifest === previousManifest) return undefined;
  return wrongPrevious('manifest', previousManifest, manifest.previousManifest);
}

function wrongPrevious(kind: 'report' | 'manifest', expected: string | null, found: string | null): Rejection {
  return reject('H4', `previous-${kind}`, `expected ${expected ?? 'none'} as the one before, found ${found ?? 'none'}`);
}
