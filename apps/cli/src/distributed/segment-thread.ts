/** The thread that proves a worker's segments, so that the worker's own thread can renew its hold on them meanwhile. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openArtefact, sealArtefact } from '@solvent/artefacts/sealed-artefact';
import type { Engine } from '@solvent/kernels/engine';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';
import { systemRandom } from '@solvent/ledger/random';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { productionPreset } from '@solvent/stark/preset';
import { createStoreWriter } from '@solvent/stark-prover/holder-store';
import { segmentFileName } from '@solvent/stark-prover/store-folder';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import type { SegmentStep } from '../prove/prove-job.js';
import { proveSegmentTask, segmentStatement } from '../prove/segment-task.js';
import { type FaultCode, faultCode, SegmentFault } from './segment-fault.js';
import type { StoredFile } from './segment-message.js';
import { describeFile } from './stored-file.js';
import { decodeSegmentTask } from './task-bytes.js';

/** What the thread is started with. */
export interface ThreadSetup {
  readonly task: 'solvent worker';
  readonly key: StoreKey;
  readonly threads: number;
}

/** A segment for the thread. */
export interface ThreadRequest {
  /** The sealed task, and the name of its object. */
  readonly sealed: Uint8Array;
  readonly taskName: string;
  readonly proofName: string;
  /** What the message said, which the task must say too. */
  readonly segment: number;
  readonly rows: number;
  /** An empty folder, for the private file. */
  readonly folder: string;
}

/** An attempt that is ready to be stored. */
export interface ThreadResult {
  /** The sealed proof, and where the sealed private data is. */
  readonly proof: Uint8Array;
  readonly privatePath: string;
  readonly files: { readonly proof: StoredFile; readonly private: StoredFile };
}

/** What the thread says. */
export type ThreadMessage =
  | { readonly kind: 'step'; readonly step: SegmentStep }
  | { readonly kind: 'done'; readonly result: ThreadResult }
  | { readonly kind: 'failed'; readonly code: FaultCode; readonly detail: string };

async function proveInFolder(
  request: ThreadRequest,
  { key }: ThreadSetup,
  engine: Engine,
  onStep: (step: SegmentStep) => void,
): Promise<ThreadResult> {
  const task = openTask(request, key);
  const { segment, rowCount } = task;
  const attempt = proveSegmentTask(task, { engine, random: systemRandom(), onStep });
  onStep('storing');
  const store = await createStoreWriter(request.folder, { key });
  await store.addSegment(segment, attempt.proven.holderData, attempt.accounts());
  const { proven } = attempt;
  const verdict = verifySegment(segmentStatement(task, attempt.totals), proven, proven.proof, productionPreset);
  if (!verdict.ok) throw new SegmentFault('proof-rejected', `segment of ${rowCount} rows, ${verdict.code}`);
  const proof = sealArtefact(proven.proof, key, request.proofName);
  const privatePath = join(request.folder, segmentFileName(segment));
  const files = { proof: await describeFile([proof]), private: await describeFile(createReadStream(privatePath)) };
  return { proof, privatePath, files };
}

function openTask({ sealed, taskName, segment, rows }: ThreadRequest, key: StoreKey) {
  try {
    const task = decodeSegmentTask(openArtefact(sealed, key, taskName));
    if (task.segment === segment && task.rowCount === rows) return task;
  } catch (error) {
    throw new SegmentFault('task-damaged', error instanceof Error ? error.name : 'unknown');
  }
  throw new SegmentFault('task-damaged', 'of another segment');
}

// Imported anywhere else, this module does nothing.
if (parentPort !== null && workerData?.task === 'solvent worker') {
  const setup = workerData as ThreadSetup;
  const engine = createWasmEngine({ threads: setup.threads });
  const say = (message: ThreadMessage) => parentPort?.postMessage(message);
  parentPort.on('message', (request: ThreadRequest) => {
    proveInFolder(request, setup, engine, (step) => say({ kind: 'step', step })).then(
      (result) => say({ kind: 'done', result }),
      (error: unknown) => {
        const { code, message } = faultCode(error);
        say({ kind: 'failed', code, detail: message });
      },
    );
  });
}
