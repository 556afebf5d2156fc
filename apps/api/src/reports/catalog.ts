/** What is published: the reports of a directory (spec §14.6), and exactly those files of each that its report binds. */
import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readBoundedFile } from '@solvent/cli/files/bounded-file';
import { bytesToHex } from '@solvent/commitment/bytes';
import {
  decodeReport,
  maxReportSize,
  reportDigest,
  reportFileName,
  signatureFileName,
} from '@solvent/report-format/report';
import {
  decodeReportIndex,
  maxReportIndexSize,
  type ReportIndex,
  reportIndexFileName,
} from '@solvent/report-format/report-index';

/** How often the directory is looked at, at most. */
const lookMs = 1000;

/** A file of a report. */
export interface PublishedFile {
  readonly size: number;
  /** 64 hexadecimal digits; undefined for the signature, which nothing binds. */
  readonly digest: string | undefined;
}

/** A report that is served. */
export interface PublishedReport {
  readonly entry: ReportIndex['reports'][number];
  /** Absolute, without symbolic links. */
  readonly folder: string;
  /** Digest of the manifest. */
  readonly manifest: string;
  /** The report and what it binds, by path within the folder. */
  readonly files: ReadonlyMap<string, PublishedFile>;
}

/** The directory as it was at some moment. */
export interface Catalog {
  readonly index: Uint8Array;
  /** The first one first. */
  readonly reports: readonly PublishedReport[];
}

/** The report in the folder of this name, or else the one with this id. */
export function findNamed({ reports }: Catalog, name: string): PublishedReport | undefined {
  return reports.find(({ entry }) => entry.folder === name) ?? reports.find(({ entry }) => entry.reportId === name);
}

/** A file of a report: one that never changes, or the signature, which may come later. Undefined for any other. */
export async function findFile({ folder, files }: PublishedReport, path: string): Promise<PublishedFile | undefined> {
  if (path !== signatureFileName) return files.get(path);
  const status = await lstat(join(folder, path)).catch(() => undefined);
  return status?.isFile() ? { size: status.size, digest: undefined } : undefined;
}

/** What tells a report's signature from an earlier one: `none` while there is none. */
export function signatureVersion({ folder }: PublishedReport): Promise<string> {
  return fileVersion(join(folder, signatureFileName));
}

/** A directory of reports that changes when one is published. */
export interface ReportDirectory {
  /** What is published now, at most a second old. While a newer index cannot be read, what was published before it. */
  current(): Promise<Catalog>;
}

/** A directory of reports that cannot be served as it is. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
}

/**
 * Opens a directory of reports.
 *
 * @param onFault told of an index that cannot be read, once for each
 * @throws CatalogError when there is nothing to serve at all
 */
export async function openReportDirectory(
  directory: string,
  onFault: (error: unknown) => void,
): Promise<ReportDirectory> {
  const root = await realpath(directory).catch(() => {
    throw new CatalogError(`${directory}: expected the directory of reports, got none`);
  });
  const known = new Map<string, PublishedReport>();
  let version = await indexVersion(root);
  let catalog = readCatalog(root, known);
  await catalog;
  let lookedAt = Date.now();
  const look = async () => {
    const found = await indexVersion(root);
    if (found === version) return;
    version = found;
    const before = catalog;
    catalog = readCatalog(root, known).catch((error) => {
      onFault(error);
      return before;
    });
  };
  return {
    async current() {
      if (Date.now() - lookedAt >= lookMs) {
        lookedAt = Date.now();
        await look();
      }
      return catalog;
    },
  };
}

// Publishing renames a new index into the place of the old one.
const indexVersion = (root: string) => fileVersion(join(root, reportIndexFileName));

async function fileVersion(path: string): Promise<string> {
  const status = await stat(path, { bigint: true }).catch(() => undefined);
  return status === undefined ? 'none' : `${status.ino} ${status.size} ${status.mtimeNs}`;
}

async function readCatalog(root: string, known: Map<string, PublishedReport>): Promise<Catalog> {
  const index = await readPlainFile(join(root, reportIndexFileName), maxReportIndexSize);
  const decoded = decodeReportIndex(index);
  if (!decoded.ok) throw new CatalogError(`${reportIndexFileName}: expected an index of reports, got ${decoded.fault}`);
  const reports: PublishedReport[] = [];
  for (const entry of decoded.value.reports) {
    const key = `${entry.folder} ${entry.report}`;
    const report = known.get(key) ?? (await readReport(root, entry));
    known.set(key, report);
    reports.push(report);
  }
  return { index, reports };
}

async function readReport(root: string, entry: PublishedReport['entry']): Promise<PublishedReport> {
  const folder = join(root, entry.folder);
  const status = await lstat(folder).catch(() => undefined);
  if (!status?.isDirectory()) throw new CatalogError(`${entry.folder}: expected the folder of a report`);
  const bytes = await readPlainFile(join(folder, reportFileName), maxReportSize);
  const decoded = decodeReport(bytes);
  if (!decoded.ok || bytesToHex(reportDigest(bytes)) !== entry.report) {
    throw new CatalogError(`${entry.folder}: expected the report that the index names, got another file`);
  }
  const files = new Map<string, PublishedFile>(
    decoded.value.files.map(({ path, size, digest }) => [path, { size, digest }]),
  );
  files.set(reportFileName, { size: bytes.length, digest: entry.report });
  return { entry, folder, manifest: decoded.value.manifest, files };
}

async function readPlainFile(path: string, maxSize: number): Promise<Uint8Array> {
  const file = await readBoundedFile(path, maxSize, 'refuse-links');
  if (file.kind === 'bytes') return file.bytes;
  throw new CatalogError(`${path}: expected a file of at most ${maxSize} bytes, got ${file.kind}`);
}
