/**
 * Finds the first line of a stream of bytes that is not UTF-8.
 */
import { isUtf8 } from 'node:buffer';

/** Watches the chunks of one stream. */
export interface Utf8Checker {
  /** The line of the first fault in what has passed, counted from 1; Infinity while there is none. */
  faultLine(): number;
  /**
   * A stage of a pipeline that passes every chunk on, having looked at it first, and then tells how many bytes have
   * passed. A fault is only noted: rows before it come first.
   */
  watch(onBytes: (total: number) => void): (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
}

const lineFeed = 0x0a;

/** A checker for one stream. */
export function createUtf8Checker(): Utf8Checker {
  let fault = Number.POSITIVE_INFINITY;
  let line = 1;
  // The start of a character whose other bytes are in the next chunk, three bytes at most.
  let pending: Uint8Array = new Uint8Array(0);

  function look(chunk: Uint8Array): void {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const whole = bytes.subarray(0, bytes.length - unfinishedSize(bytes));
    if (fault === Number.POSITIVE_INFINITY && !isUtf8(whole)) fault = line + findFaultyLine(whole);
    line += countLineFeeds(whole);
    pending = bytes.slice(whole.length);
  }

  return {
    faultLine: () => fault,
    watch: (onBytes) =>
      async function* pass(chunks) {
        let total = 0;
        for await (const chunk of chunks) {
          look(chunk);
          yield chunk;
          total += chunk.length;
          onBytes(total);
        }
        if (pending.length > 0) fault = Math.min(fault, line);
      },
  };
}

// How many bytes at the end begin a character that needs more bytes than are there.
function unfinishedSize(bytes: Uint8Array): number {
  for (let size = 1; size <= 3 && size <= bytes.length; size++) {
    const byte = bytes[bytes.length - size]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterSize(byte) > size ? size : 0;
  }
  return 0;
}

function characterSize(leadByte: number): number {
  if (leadByte >= 0xf0) return 4;
  return leadByte >= 0xe0 ? 3 : 2;
}

// Counted from 0. A line feed is never part of a longer character, so lines can be looked at one by one.
function findFaultyLine(bytes: Uint8Array): number {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(lineFeed, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) break;
    start = end < 0 ? bytes.length : end + 1;
  }
  return line;
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
}
