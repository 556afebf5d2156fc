/** `report publish`: adds a report to a directory of reports; nothing there is ever overwritten (spec §14.6). */
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { reportFileName, signatureFileName } from '@solvent/report-format/report';
import { encodeReportIndex, type ReportIndex, reportIndexFileName } from '@solvent/report-format/report-index';
import { verifyBinding } from '@solvent/report-verifier/verify-binding';
import { type ChainFiles, verifyChain } from '@solvent/report-verifier/verify-chain';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { createPartialFolder, withPartialFolder, writeNewFile } from '../files/partial-folder.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError, SelfCheckError } from '../input-error.js';
import { chainFilesIn, readChainFolder, readIndex } from './report-chain.js';
import { reportFilesIn } from './report-files.js';

/** Where a report was put. */
export interface PublishedReport {
  readonly folder: string;
  readonly reportId: string;
  /** 64 hexadecimal digits. */
  readonly digest: string;
  /** How many reports there are now. */
  readonly count: number;
}

/**
 * Copies the report of a folder into a directory of reports, and names it in the index. The report's files and the chain
 * with it are checked first; a run that was interrupted is continued.
 *
 * @throws InputError when the report is not the next one, or its folder is taken
 */
export async function publishReport(source: string, directory: string, name?: string): Promise<PublishedReport> {
  const files = await reportFilesIn(source);
  const binding = await verifyBinding(files);
  if (!binding.ok) throw new SelfCheckError(`${source}: ${binding.step}, ${binding.code}: ${binding.detail}`);
  const { report } = binding;
  const folder = name ?? folderNameOf(report.reportId);
  if (folder === reportIndexFileName) {
    throw new InputError(`${join(directory, folder)}: expected another name, since that is the index; give --folder`);
  }
  const digest = bytesToHex(binding.digest);
  const { exchange, reportId, snapshotTime } = report;
  const before = await readIndex(directory);
  if (before?.reports.some((entry) => entry.report === digest)) {
    throw new InputError(`${directory}: expected a report that is not there yet, got ${reportId}`);
  }
  const earlier = before?.reports ?? [];
  const index: ReportIndex = {
    format: 'solvent-reports/1',
    exchange: before?.exchange ?? exchange,
    reports: [...earlier, { folder, reportId, snapshotTime, report: digest }],
  };
  await assertChain(index, directory, folder, source);
  const paths = [reportFileName, ...report.files.map(({ path }) => path)];
  if (binding.signedBy !== undefined) paths.push(signatureFileName);
  mkdirSync(directory, { recursive: true });
  if (existsSync(join(directory, folder))) await assertSameReport(join(directory, folder), digest);
  else await copyReport(paths, files.read, directory, folder);
  writeWholeFile(join(directory, reportIndexFileName), encodeReportIndex(index), 0o644);
  return { folder: join(directory, folder), reportId, digest, count: index.reports.length };
}

// `2026-01 (final)` as `2026-01-final`.
function folderNameOf(reportId: string): string {
  const name = reportId
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  if (name !== '') return name;
  throw new InputError(
    `report id ${reportId}: expected letters or digits of ASCII to name a folder after; give --folder`,
  );
}

// The chain with the report at its end, read from where the report is now.
async function assertChain(index: ReportIndex, directory: string, folder: string, source: string): Promise<void> {
  const there = chainFilesIn(directory);
  const files: ChainFiles = { read: (name) => (name === folder ? readChainFolder(source) : there.read(name)) };
  const chain = await verifyChain(encodeReportIndex(index), files);
  if (!chain.ok) throw new InputError(`${directory}: ${chain.step}, ${chain.code}: ${chain.detail}`);
}

async function assertSameReport(folder: string, digest: string): Promise<void> {
  const binding = await verifyBinding(await reportFilesIn(folder));
  if (binding.ok && bytesToHex(binding.digest) === digest) return;
  throw new InputError(`${folder}: expected nothing there, got something else (nothing is overwritten)`);
}

async function copyReport(
  paths: readonly string[],
  read: (path: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>,
  directory: string,
  folder: string,
): Promise<void> {
  await withPartialFolder(directory, async (partial) => {
    createPartialFolder(partial);
    for (const path of paths) {
      const bytes = await read(path);
      if (bytes === undefined) throw new InputError(`${path}: expected the file that was there a moment ago`);
      mkdirSync(dirname(join(partial, path)), { recursive: true });
      writeNewFile(join(partial, path), bytes, 0o644);
    }
    // Everybody may read what is published.
    chmodSync(partial, 0o755);
    renameSync(partial, join(directory, folder));
    syncFolder(directory);
  });
}
