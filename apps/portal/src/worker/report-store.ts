/** What the worker knows of the reports: where they are, and what of them has been fetched and verified. */
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { maxProofSize } from '@solvent/proof-format/proof';
import { manifestFileName, maxManifestSize, proofFileName } from '@solvent/report-format/manifest';
import { maxReportSize, reportFileName, signatureFileName } from '@solvent/report-format/report';
import { decodeReportIndex, maxReportIndexSize, reportIndexFileName } from '@solvent/report-format/report-index';
import { maxReservesSize, reservesFileName } from '@solvent/report-format/reserves';
import { type ChainLink, verifyChain } from '@solvent/report-verifier/verify-chain';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { fetchFile, LoadError } from './fetch-file.js';
import type { ChainedReport, Known, OpenedReport, Progress, ReportList } from './requests.js';

const largestOfOthers = 2 ** 28;
const sizeLimits: Readonly<Record<string, number>> = {
  [reportFileName]: maxReportSize,
  [signatureFileName]: 1024,
  [manifestFileName]: maxManifestSize,
  [reservesFileName]: maxReservesSize,
};
// Proofs are read twice for a whole report. What is kept is bounded: a phone has little memory.
const keptSize = 2 ** 25;

export type OnProgress = (progress: Progress) => void;

/** Only what has been fetched in this session, from one directory of reports. */
export class ReportStore {
  #base = '';
  #files = new Map<string, Uint8Array>();
  #keptBytes = 0;
  readonly #verified = new Map<string, { report: VerifiedReport; milliseconds: number }>();

  /** Reads the index of the reports below a base, and checks that they are a chain (spec §14.6). */
  async list(base: string): Promise<ReportList> {
    this.#base = base;
    // The index grows every month; everything else that it names never changes.
    const bytes = await fetchFile(base + reportIndexFileName, maxReportIndexSize, undefined, 'no-cache');
    if (bytes === undefined) throw new LoadError(`${reportIndexFileName}: there is no such file`);
    const index = decodeReportIndex(bytes);
    if (!index.ok) throw new LoadError(`${reportIndexFileName}: ${index.fault}`);
    const chain = await verifyChain(bytes, { read: (folder) => this.#readChainFiles(folder) });
    const links = new Map(chain.ok ? chain.links.map((link) => [link.folder, link]) : []);
    const reports = index.value.reports.map((entry) => {
      const link = links.get(entry.folder);
      return { ...entry, chained: link && chainedReport(link) };
    });
    return { exchange: index.value.exchange, reports, chain: chain.ok ? { ok: true } : chain };
  }

  /** A file of a report. */
  async read(folder: string, path: string, onBytes?: (count: number) => void): Promise<Uint8Array | undefined> {
    const key = `${folder}/${path}`;
    const kept = this.#files.get(key);
    if (kept !== undefined) return kept;
    const limit = sizeLimits[path] ?? (path.startsWith('proofs/') ? maxProofSize : largestOfOthers);
    const bytes = await fetchFile(this.#base + key, limit, onBytes);
    if (bytes !== undefined && this.#keptBytes + bytes.length <= keptSize) {
      this.#files.set(key, bytes);
      this.#keptBytes += bytes.length;
    }
    return bytes;
  }

  /** Fetches and verifies the liabilities of a report, which is what inclusion is checked against. */
  async open(folder: string, onProgress: OnProgress): Promise<OpenedReport | Rejection> {
    const known = this.#verified.get(folder);
    if (known !== undefined) return openedReport(folder, known.report, known.milliseconds);
    const manifest = await this.read(folder, manifestFileName);
    if (manifest === undefined) return reject('M1', 'manifest-encoding', `expected the file ${manifestFileName}`);
    const started = performance.now();
    let bytes = 0;
    let waiting = 0;
    const readProof = async (segment: number) => {
      const from = performance.now();
      const proof = await this.read(folder, proofFileName(segment), (count) => {
        bytes += count;
      });
      waiting += performance.now() - from;
      return proof;
    };
    const onSegment = (segment: number, count: number) =>
      onProgress({ phase: 'proofs', done: segment + 1, count, bytes });
    const verdict = await verifyReport(manifest, readProof, { onSegment });
    if (!verdict.ok) return verdict;
    const milliseconds = performance.now() - started - waiting;
    this.remember(folder, verdict, milliseconds);
    return openedReport(folder, verdict, milliseconds);
  }

  /** Keeps a report that `verifyReport` has verified here. */
  remember(folder: string, report: VerifiedReport, milliseconds: number): void {
    this.#verified.set(folder, { report, milliseconds });
  }

  /** The verified report of a folder, if there is one. */
  verified(folder: string): VerifiedReport | undefined {
    return this.#verified.get(folder)?.report;
  }

  async #readChainFiles(folder: string) {
    const [report, manifest] = await Promise.all([
      this.read(folder, reportFileName),
      this.read(folder, manifestFileName),
    ]);
    return { report, manifest };
  }
}

function chainedReport({ report, manifest }: ChainLink): ChainedReport {
  const sizeOf = (files: typeof report.files) => files.reduce((sum, { size }) => sum + size, 0);
  return {
    manifest: report.manifest,
    previousReport: report.previousReport,
    totalSize: sizeOf(report.files),
    proofsSize: sizeOf(report.files.filter(({ path }) => path.startsWith('proofs/'))),
    rowCount: manifest.segments.reduce((sum, { rows }) => sum + rows, 0),
    assets: manifest.assets,
  };
}

function openedReport(folder: string, { digest, manifest }: VerifiedReport, milliseconds: number): OpenedReport {
  const { exchange, reportId, snapshotTime, assets } = manifest;
  return {
    ok: true,
    folder,
    manifestDigest: bytesToHex(digest),
    exchange,
    reportId,
    snapshotTime,
    assets,
    milliseconds,
  };
}

/** Digests and keys that a person has typed, as bytes and texts of the verifier. */
export function knownOptions({ anchor, exchangeKey }: Known) {
  return { ...(anchor && { anchor: hexToBytes(anchor) }), ...(exchangeKey && { exchangeKey }) };
}
