/**
 * What goes through the queue: which segment of which run, and where things are. Nothing of the ledger.
 *
 * A message carries a code that only holders of the store key can make, so that a worker does nothing for a queue that
 * somebody else writes to.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { maxSegmentCount } from '@solvent/report-format/manifest';
import { isRowCount } from '@solvent/stark/table';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { z } from 'zod';

const format = 'solvent-segment/1';
const digestField = z.string().regex(/^[0-9a-f]{64}$/);
const drawField = z.string().regex(/^[0-9a-f]{32}$/);

const requestSchema = z.strictObject({
  format: z.literal(format),
  run: digestField,
  segment: z
    .int()
    .min(0)
    .max(maxSegmentCount - 1),
  rows: z.int().refine(isRowCount),
  task: drawField,
  code: digestField,
});

const fileSchema = z.strictObject({ size: z.int().min(1), sha256: digestField });
const answerSchema = z.strictObject({
  format: z.literal(format),
  attempt: drawField,
  worker: z.string().max(128),
  proof: fileSchema,
  private: fileSchema,
});

/** A segment that is asked for. */
export interface SegmentRequest {
  /** What the run is called: 64 hexadecimal digits. */
  readonly run: string;
  readonly segment: number;
  /** N. */
  readonly rows: number;
  /** Random part of the name of the task's object: 32 hexadecimal digits. */
  readonly task: string;
}

/** A segment that was proven. */
export interface SegmentAnswer {
  /** Random part of the names of the attempt's objects: 32 hexadecimal digits. */
  readonly attempt: string;
  readonly worker: string;
  readonly proof: StoredFile;
  readonly private: StoredFile;
}

/** An object as it was stored. */
export interface StoredFile {
  /** Bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The message for a worker. */
export function encodeRequest(request: SegmentRequest, key: StoreKey): Record<string, unknown> {
  return { format, ...request, code: codeOf(request, key).toString('hex') };
}

/** What a message asks for: undefined when it is no such message, or its code is not of this key. */
export function decodeRequest(message: unknown, key: StoreKey): SegmentRequest | 'malformed' | 'not-authentic' {
  const parsed = requestSchema.safeParse(message);
  if (!parsed.success) return 'malformed';
  const { run, segment, rows, task, code } = parsed.data;
  const request = { run, segment, rows, task };
  return timingSafeEqual(codeOf(request, key), Buffer.from(code, 'hex')) ? request : 'not-authentic';
}

function codeOf({ run, segment, rows, task }: SegmentRequest, key: StoreKey): Buffer {
  return createHmac('sha256', key).update(`${format} ${run} ${segment} ${rows} ${task}`).digest();
}

/** What a worker returns. */
export function encodeAnswer(answer: SegmentAnswer): Record<string, unknown> {
  return { format, ...answer };
}

/** What a worker has returned; undefined when it is something else. */
export function decodeAnswer(message: unknown): SegmentAnswer | undefined {
  const parsed = answerSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** The names of a segment's objects. */
export const objectNames = {
  run: (run: string) => `runs/${run}/`,
  segment: (run: string, segment: number) => `runs/${run}/segment-${String(segment).padStart(4, '0')}/`,
  task: ({ run, segment, task }: SegmentRequest) => `${objectNames.segment(run, segment)}task-${task}.bin`,
  attempt: ({ run, segment }: SegmentRequest, attempt: string) => {
    const folder = `${objectNames.segment(run, segment)}attempt-${attempt}/`;
    return { proof: `${folder}proof.bin`, private: `${folder}private.bin` };
  },
};

/** The number of the segment whose object has this name; undefined for another name. */
export function segmentOfObject(run: string, name: string): number | undefined {
  const match = /^segment-(\d{4})\//.exec(name.startsWith(objectNames.run(run)) ? name.slice(6 + run.length) : '');
  return match === null ? undefined : Number(match[1]);
}
