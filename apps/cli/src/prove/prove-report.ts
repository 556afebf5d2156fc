/** From the operator's files to a report in a folder: read, split, prove every segment, check all that was written. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import type { Ledger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import { type PlanOptions, planSegments, type SegmentPlan } from '@solvent/ledger/plan-segments';
import { type Random, systemRandom } from '@solvent/ledger/random';
import { encodeManifest, manifestDigest, manifestFileName, proofFileName } from '@solvent/report-format/manifest';
import { productionPreset } from '@solvent/stark/preset';
import { createStoreWriter, type StoreWriter } from '@solvent/stark-prover/holder-store';
import { proveSegment } from '@solvent/stark-prover/prove';
import { createPartialFolder, writeNewFile } from '../files/partial-folder.js';
import { InputError } from '../input-error.js';
import { assignTags } from './account-places.js';
import { buildManifest, type ManifestSegment, manifestSegment, reportContext } from './build-manifest.js';
import { checkWrittenReport } from './check-report.js';
import type { ProveEvent, ProveJob, ProveSummary } from './prove-job.js';
import { readAccounts, readAssets } from './read-inputs.js';

/** The two folders that `prove` makes; only the first is for others. */
export const publicFolderName = 'public';
export const privateFolderName = 'private';

/**
 * Makes `public/` and `private/` in the job's folder, complete and verified. Nothing is written before the inputs are
 * known to be good; whoever calls removes the folder if this fails.
 *
 * @throws InputError, LedgerError, SegmentsError for bad inputs, SelfCheckError when the result does not verify
 */
export async function proveReport(
  job: ProveJob,
  onEvent: (event: ProveEvent) => void,
  aborted: AbortSignal,
): Promise<ProveSummary> {
  const started = performance.now();
  const assets = await readAssets(job.assetsFile);
  const ledger = await readAccounts(job.accountsFile, assets, (read) => onEvent({ kind: 'reading', ...read }));
  const random = systemRandom();
  const { maxRowCount, allowSmallGroups } = job;
  const plan = planOrRefuse(ledger, random, { maxRowCount, allowSmallGroups });
  const rowCounts = plan.segments.map(({ rowCount }) => rowCount);
  onEvent({ kind: 'planned', accountCount: ledger.accountIds.length, rowCounts });

  const provingStarted = performance.now();
  createPartialFolder(job.folder);
  const publicFolder = join(job.folder, publicFolderName);
  const privateFolder = join(job.folder, privateFolderName);
  const { manifest, digest } = await writeReport(job, ledger, plan, {
    publicFolder,
    privateFolder,
    random,
    onEvent,
    aborted,
  });

  const checkingStarted = performance.now();
  onEvent({ kind: 'checking' });
  const checkedFileCount = await checkWrittenReport(publicFolder, privateFolder, ledger, random);
  return {
    digest: bytesToHex(digest),
    accountCount: ledger.accountIds.length,
    assets,
    totals: manifest.totals.map(BigInt),
    rowCounts,
    manifestSize: sizeOf(join(publicFolder, manifestFileName)),
    proofsSize: sizeOf(join(publicFolder, 'proofs')),
    privateSize: sizeOf(privateFolder),
    checkedFileCount,
    durationsMs: {
      reading: provingStarted - started,
      proving: checkingStarted - provingStarted,
      checking: performance.now() - checkingStarted,
    },
  };
}

// Options that are fine alone may not fit the ledger.
function planOrRefuse(ledger: Ledger, random: Random, options: PlanOptions): SegmentPlan {
  try {
    return planSegments(ledger, random, options);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}

interface Surroundings {
  readonly publicFolder: string;
  readonly privateFolder: string;
  readonly random: Random;
  readonly onEvent: (event: ProveEvent) => void;
  readonly aborted: AbortSignal;
}

async function writeReport(job: ProveJob, ledger: Ledger, plan: SegmentPlan, around: Surroundings) {
  const { publicFolder, privateFolder, aborted } = around;
  mkdirSync(join(publicFolder, 'proofs'), { recursive: true, mode: 0o755 });
  const store = await createStoreWriter(privateFolder);
  const segments: ManifestSegment[] = [];
  for (let segment = 0; segment < plan.segments.length; segment++) {
    aborted.throwIfAborted();
    segments.push(await writeSegment(job, ledger, plan, segment, store, around));
  }
  const manifest = buildManifest(job, ledger.assets, segments);
  const bytes = encodeManifest(manifest);
  writeNewFile(join(publicFolder, manifestFileName), bytes, 0o644);
  const digest = manifestDigest(bytes);
  await store.finish(digest);
  return { manifest, digest };
}

async function writeSegment(
  job: ProveJob,
  ledger: Ledger,
  plan: SegmentPlan,
  segment: number,
  store: StoreWriter,
  { publicFolder, random, onEvent }: Surroundings,
): Promise<ManifestSegment> {
  onEvent({ kind: 'segment', segment, step: 'placing' });
  const table = placeRows(ledger, segment, plan.segments[segment], random);
  const { accounts, tags } = assignTags(ledger, table, random);
  const { rowCount, columns, totals } = table;
  const { assets } = ledger;
  const segmentCount = plan.segments.length;
  const proven = proveSegment(
    { statement: { context: reportContext(job), segment, segmentCount, rowCount, assets, totals }, columns, tags },
    {
      preset: productionPreset,
      engine: createTypeScriptEngine(),
      random,
      onPhase: (step) => onEvent({ kind: 'segment', segment, step }),
    },
  );
  onEvent({ kind: 'segment', segment, step: 'storing' });
  writeNewFile(join(publicFolder, proofFileName(segment)), proven.proof, 0o644);
  await store.addSegment(segment, proven.holderData);
  await store.addAccounts(accounts);
  return manifestSegment(rowCount, totals, proven);
}

// Of a file, or of the files in a folder.
function sizeOf(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
