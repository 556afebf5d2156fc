/**
 * What an unfinished run must remember: what it is about, and which account goes to which segment. It is kept like
 * everything private: in a file of pages under the key of the store.
 */

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import { presetDigest, productionPreset } from '@solvent/stark/preset';
import { createPagedWriter, openPagedReader } from '@solvent/stark-prover/paged-file';
import { StoreError } from '@solvent/stark-prover/store-error';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { InputError, systemErrorCode } from '../input-error.js';
import type { ProveJob } from './prove-job.js';

const stateFileName = 'run-state.bin';
const format = 'solvent-run/1';

/** All that a run depends on: of two that differ in any of it, one cannot continue the other. */
export interface RunIdentity {
  readonly preset: string;
  readonly air: string;
  readonly exchange: string;
  readonly reportId: string;
  readonly snapshotTime: string;
  readonly previousManifest: string | null;
  readonly maxRows: number | null;
  readonly allowSmallGroups: number | null;
  /** SHA-256 of the bytes of the files, in hexadecimal. */
  readonly assets: string;
  readonly ledger: string;
}

/** A run as it was planned. */
export interface RunState {
  readonly identity: RunIdentity;
  readonly plan: SegmentPlan;
}

/** What the arguments and files of a run are. */
export function runIdentity(job: ProveJob, assets: string, ledger: string): RunIdentity {
  const { exchange, reportId, snapshotTime, previousManifest, maxRowCount, allowSmallGroups } = job;
  return {
    preset: bytesToHex(presetDigest(productionPreset)),
    air: bytesToHex(airDigest(liabilitiesAir)),
    exchange,
    reportId,
    snapshotTime,
    previousManifest,
    maxRows: maxRowCount ?? null,
    allowSmallGroups: allowSmallGroups ?? null,
    assets,
    ledger,
  };
}

// The assets file stands before the arguments that are found to differ because of it.
const names: Readonly<Record<keyof RunIdentity, string>> = {
  preset: 'solvent: the preset of the version that began the run',
  air: 'solvent: the constraints of the version that began the run',
  exchange: '--exchange',
  reportId: '--report-id',
  snapshotTime: '--time',
  previousManifest: '--previous: the manifest digest',
  maxRows: '--max-rows',
  allowSmallGroups: '--allow-small-groups',
  assets: '--assets: the SHA-256 of the file',
  ledger: '--accounts: the SHA-256 of the ledger',
};

/** Throws an InputError that names the first thing in which a run differs from the one that it is to continue. */
export function assertSameRun(earlier: RunIdentity, now: Partial<RunIdentity>): void {
  for (const key of Object.keys(names) as (keyof RunIdentity)[]) {
    if (now[key] === undefined || now[key] === earlier[key]) continue;
    const [expected, found] = [earlier[key], now[key]].map((value) =>
      value === null ? 'none' : JSON.stringify(value),
    );
    throw new InputError(`${names[key]}: expected ${expected}, as in the run that is to be continued, got ${found}`);
  }
}

interface Header {
  readonly format: unknown;
  readonly identity: RunIdentity;
  readonly threshold: number;
  readonly smallestGroup: number;
  readonly accountCount: number;
  readonly rowCounts: readonly number[];
}

/** Writes the state into a run's folder, whole or not at all. */
export function writeRunState(folder: string, key: StoreKey | undefined, { identity, plan }: RunState): void {
  const { segments, threshold, smallestGroup } = plan;
  const accountCount = segments.reduce((sum, { accounts }) => sum + accounts.length, 0);
  const rowCounts = segments.map(({ rowCount }) => rowCount);
  const header: Header = { format, identity, threshold, smallestGroup, accountCount, rowCounts };
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const writer = createPagedWriter(join(folder, stateFileName), key, stateFileName);
  try {
    writer.write(size);
    writer.write(text);
    writer.write(encodeSegments(plan, accountCount));
    writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

// The segment of each account, two bytes: there are at most 4,096 segments.
function encodeSegments({ segments }: SegmentPlan, accountCount: number): Buffer {
  const bytes = Buffer.alloc(2 * accountCount);
  segments.forEach(({ accounts }, segment) => {
    for (const account of accounts) bytes.writeUInt16LE(segment, 2 * account);
  });
  return bytes;
}

/** Reads the state of a run. Throws an InputError or a StoreError when it is not there, damaged, or of another key. */
export function readRunState(folder: string, key: StoreKey | undefined): RunState {
  const path = join(folder, stateFileName);
  try {
    return decodeState(path, readWhole(path, key));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== undefined) throw new InputError(`${path}: expected the state of an unfinished run, got ${code}`);
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`${error.message} (${dirname(path)} cannot be continued without it)`);
  }
}

/** What a run is called elsewhere, 64 hexadecimal digits: no other run has the same name, and it says nothing of the run. */
export function runName(folder: string, key: StoreKey | undefined): string {
  const file = openPagedReader(join(folder, stateFileName), key, stateFileName);
  try {
    return createHash('sha256').update('solvent run/1\n').update(file.authenticator).digest('hex');
  } finally {
    file.close();
  }
}

function readWhole(path: string, key: StoreKey | undefined): Buffer {
  const file = openPagedReader(path, key, stateFileName);
  try {
    return file.read(0, file.length);
  } finally {
    file.close();
  }
}

// The bytes are known to be those that a run wrote; only its version may be another.
function decodeState(path: string, bytes: Buffer): RunState {
  const textEnd = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, textEnd)) as Header;
  if (header.format !== format)
    throw new StoreError(`${path}: expected format ${format}, got ${String(header.format)}`);
  const { identity, threshold, smallestGroup, accountCount, rowCounts } = header;
  const counts = new Uint32Array(rowCounts.length);
  for (let account = 0; account < accountCount; account++) counts[bytes.readUInt16LE(textEnd + 2 * account)]++;
  const segments = rowCounts.map((rowCount, segment) => ({ rowCount, accounts: new Uint32Array(counts[segment]) }));
  counts.fill(0);
  for (let account = 0; account < accountCount; account++) {
    const segment = bytes.readUInt16LE(textEnd + 2 * account);
    segments[segment].accounts[counts[segment]++] = account;
  }
  return { identity, plan: { segments, threshold, smallestGroup } };
}
