/** The objects of one run in the storage, as whoever asks for its segments sees them. */
import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactDamagedError, ArtefactMissingError, type ArtefactStorage } from '@solvent/artefacts/artefact-storage';
import { openArtefact, sealArtefact } from '@solvent/artefacts/sealed-artefact';
import { maxProofSize } from '@solvent/proof-format/proof';
import { proofFileName } from '@solvent/report-format/manifest';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { segmentFileName } from '@solvent/stark-prover/store-folder';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { writeWholeFile } from '../files/whole-file.js';
import type { RunFolders } from '../prove/run-folder.js';
import type { SegmentTask } from '../prove/segment-task.js';
import {
  objectNames,
  type SegmentAnswer,
  type SegmentRequest,
  type StoredFile,
  segmentOfObject,
} from './segment-message.js';
import { describeFile } from './stored-file.js';
import { encodeSegmentTask } from './task-bytes.js';

/** The objects of a run. */
export interface RunObjects {
  /** Stores a segment's task under a name of its own. Gives what asks for the segment. */
  putTask(task: SegmentTask): Promise<SegmentRequest>;
  /**
   * Puts an attempt into the folders of the run, proof and private data together. Gives false when one of them is missing
   * or is not what the worker has stored.
   */
  fetchAttempt(segment: number, answer: SegmentAnswer, folders: RunFolders): Promise<boolean>;
  /** Removes a segment's task, then all attempts at it: from then on no worker leaves another. */
  removeSegment(segment: number): Promise<void>;
  /** The segments of the run that have objects. */
  segments(): Promise<number[]>;
}

const incomingName = 'incoming';

export function openRunObjects(storage: ArtefactStorage, run: string, key: StoreKey, segmentCount: number): RunObjects {
  return {
    async putTask(task) {
      const request = { run, segment: task.segment, rows: task.rowCount, task: randomBytes(16).toString('hex') };
      const name = objectNames.task(request);
      await storage.put(name, sealArtefact(encodeSegmentTask(task), key, name));
      return request;
    },
    async fetchAttempt(segment, answer, folders) {
      // It is opened in memory, and the queue may say anything.
      if (answer.proof.size > 2 * maxProofSize) return false;
      const incoming = join(folders.work, incomingName);
      rmSync(incoming, { recursive: true, force: true });
      mkdirSync(incoming, { mode: 0o700 });
      const names = objectNames.attempt({ run, segment, rows: 0, task: '' }, answer.attempt);
      const [proofPath, privatePath] = [join(incoming, 'proof.bin'), join(incoming, 'private.bin')];
      try {
        await storage.getToFile(names.proof, proofPath);
        await storage.getToFile(names.private, privatePath);
        if (!(await isFile(proofPath, answer.proof)) || !(await isFile(privatePath, answer.private))) return false;
        const proof = openArtefact(await readFile(proofPath), key, names.proof);
        // A run that ends in between has a proof without private data, or the other way round: it keeps neither.
        renameSync(privatePath, join(folders.private, segmentFileName(segment)));
        syncFolder(folders.private);
        writeWholeFile(join(folders.public, proofFileName(segment)), proof, 0o644);
        return true;
      } catch (error) {
        if (error instanceof ArtefactMissingError || error instanceof ArtefactDamagedError) return false;
        throw error;
      } finally {
        rmSync(incoming, { recursive: true, force: true });
      }
    },
    async removeSegment(segment) {
      const folder = objectNames.segment(run, segment);
      await storage.delete(await storage.list(`${folder}task-`));
      await storage.delete(await storage.list(folder));
    },
    async segments() {
      const found = new Set<number>();
      for (const name of await storage.list(objectNames.run(run))) {
        const segment = segmentOfObject(run, name);
        // Whoever writes there may call objects as they like.
        if (segment !== undefined && segment < segmentCount) found.add(segment);
      }
      return [...found];
    },
  };
}

async function isFile(path: string, { size, sha256 }: StoredFile): Promise<boolean> {
  const found = await describeFile(createReadStream(path));
  return found.size === size && found.sha256 === sha256;
}
