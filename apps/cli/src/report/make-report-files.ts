/** `report make`: adds wallets, reserves and the report that binds all to a folder of proven liabilities (spec §14.1). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import type { TrustedBlock } from '@solvent/ownership-verifier/claim';
import { maxEvidenceSize } from '@solvent/ownership-verifier/evidence-list';
import { decodeManifest, manifestDigest, manifestFileName } from '@solvent/report-format/manifest';
import {
  encodeReport,
  evidenceFileName,
  type Report,
  reportFileDigest,
  reportFileName,
  sortReport,
  walletsFileName,
} from '@solvent/report-format/report';
import { maxReservesSize, reservesFileName } from '@solvent/report-format/reserves';
import { maxWalletListSize } from '@solvent/report-format/wallets/wallet-list';
import { type FullReportOutcome, verifyFullReport } from '@solvent/report-verifier/verify-full-report';
import { readInputFile } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError, SelfCheckError } from '../input-error.js';
import type { Runtime } from '../runtime.js';
import { readSnapshotFile } from '../wallets/verify-list.js';
import { readReport } from './read-report.js';
import { reportFilesIn } from './report-files.js';
import { readTokens } from './token-file.js';
import { verifyRowsOnAllCores } from './verify-rows-on-all-cores.js';

/** Where the parts of a report are. */
export interface MakeReportRequest {
  /** The folder of the manifest; the report is written there. */
  readonly folder: string;
  readonly wallets: string;
  readonly reserves: string;
  readonly snapshot: string;
  readonly evidence?: string;
  readonly tokens?: string;
  /** Folder of the report before this one. */
  readonly previous?: string;
  readonly fixedMessage?: string;
  readonly trustedBlocks?: readonly TrustedBlock[];
}

/**
 * Verifies all parts together, and only then writes any of them; the report file comes last.
 *
 * @throws InputError for what cannot be read, SelfCheckError when a part does not verify
 */
export async function makeReportFiles(request: MakeReportRequest, runtime: Runtime): Promise<FullReportOutcome> {
  const { folder } = request;
  if (existsSync(join(folder, reportFileName))) {
    throw new InputError(`${join(folder, reportFileName)}: expected nothing there, got a report (none is overwritten)`);
  }
  const added = await readAddedFiles(request);
  const there = await reportFilesIn(folder);
  const read = async (path: string) => added.get(path) ?? (await there.read(path));
  const paths = [...new Set([...(there.paths ?? []), ...added.keys()])];
  const report = await buildReport(request, paths, read);
  added.set(reportFileName, encodeReport(report));

  const outcome = await verifyFullReport(
    { read, paths: [...paths, reportFileName] },
    {
      ...(request.fixedMessage !== undefined && { fixedMessage: request.fixedMessage }),
      ...(request.trustedBlocks && { trustedBlocks: request.trustedBlocks }),
      verifyRows: (rows, context) => verifyRowsOnAllCores(rows, context, runtime.verifyRows, runtime.terminal),
    },
  );
  const failed = [outcome.binding, outcome.liabilities, outcome.ownership, outcome.reserves].find(({ ok }) => !ok);
  if (failed !== undefined && !failed.ok) {
    throw new SelfCheckError(`${folder}: ${failed.step}, ${failed.code}: ${failed.detail}`);
  }
  for (const [path, bytes] of added) writeWholeFile(join(folder, path), bytes, 0o644);
  return outcome;
}

async function readAddedFiles(request: MakeReportRequest): Promise<Map<string, Uint8Array>> {
  const added = new Map<string, Uint8Array>();
  added.set(walletsFileName, await readInputFile(request.wallets, maxWalletListSize));
  added.set(reservesFileName, await readInputFile(request.reserves, maxReservesSize));
  if (request.evidence !== undefined) {
    added.set(evidenceFileName, await readInputFile(request.evidence, maxEvidenceSize));
  }
  return added;
}

type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

async function buildReport(request: MakeReportRequest, paths: readonly string[], read: ReadFile): Promise<Report> {
  const manifestBytes = await read(manifestFileName);
  if (manifestBytes === undefined) {
    throw new InputError(`${join(request.folder, manifestFileName)}: expected the manifest of a report, got none`);
  }
  const manifest = decodeManifest(manifestBytes);
  if (!manifest.ok) {
    throw new InputError(`${join(request.folder, manifestFileName)}: expected a manifest, got ${manifest.fault}`);
  }
  const { exchange, reportId, snapshotTime } = manifest.value;
  const snapshot = await readSnapshotFile(request.snapshot);
  if (snapshot.exchange !== exchange || snapshot.reportId !== reportId) {
    const expected = `the snapshot of report ${reportId} of ${exchange}`;
    throw new InputError(`${request.snapshot}: expected ${expected}, got ${snapshot.reportId} of ${snapshot.exchange}`);
  }
  return sortReport({
    format: 'solvent-report/1',
    exchange,
    reportId,
    snapshotTime,
    previousReport: request.previous === undefined ? null : bytesToHex((await readReport(request.previous)).digest),
    manifest: bytesToHex(manifestDigest(manifestBytes)),
    blocks: snapshot.blocks,
    tokens: request.tokens === undefined ? [] : await readTokens(request.tokens),
    files: await Promise.all(paths.map((path) => describeFile(path, read))),
  });
}

async function describeFile(path: string, read: ReadFile): Promise<Report['files'][number]> {
  const bytes = await read(path);
  if (bytes === undefined) throw new InputError(`${path}: expected a file of a report, got one that cannot be one`);
  return { path, size: bytes.length, digest: bytesToHex(reportFileDigest(bytes)) };
}
