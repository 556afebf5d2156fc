/**
 * Where the ledger's secret choices come from: which account goes to which segment, and the order of rows.
 *
 * Everything that draws takes its source as an argument, so that a test can name every draw; in production that source
 * is `systemRandom` and nothing else.
 */
import { randomFillSync } from 'node:crypto';

/** A source of uniformly random bytes. */
export interface Random {
  /** Overwrites all the bytes. */
  fill(bytes: Uint8Array): void;
}

/** The largest bound that `uniformBelow` takes. */
const maxUniformBound = 2 ** 32;

// One call into the operating system costs about as much as copying this many bytes.
const poolSize = 1 << 16;
// Up to so many bytes a loop is faster than calls that copy.
const smallCopy = 64;

/** The system's cryptographic generator, read in blocks so that a draw of a few bytes is cheap. */
export function systemRandom(): Random {
  const pool = bufferedRandom(poolSize, (block) => randomFillSync(block));
  return {
    fill(bytes) {
      if (bytes.length < poolSize) pool.fill(bytes);
      else randomFillSync(bytes);
    },
  };
}

/**
 * A source that hands out the bytes of whole blocks in order, each byte once; what was handed out is erased here.
 * `refill` overwrites a block of `blockSize` bytes with the next ones.
 */
export function bufferedRandom(blockSize: number, refill: (block: Uint8Array) => void): Random {
  const block = new Uint8Array(blockSize);
  let used = blockSize;
  return {
    fill(bytes) {
      for (let done = 0; done < bytes.length; ) {
        if (used === blockSize) {
          refill(block);
          used = 0;
        }
        const count = Math.min(bytes.length - done, blockSize - used);
        if (count <= smallCopy) {
          for (let i = 0; i < count; i++) {
            bytes[done + i] = block[used + i];
            block[used + i] = 0;
          }
        } else {
          bytes.set(block.subarray(used, used + count), done);
          block.fill(0, used, used + count);
        }
        used += count;
        done += count;
      }
    },
  };
}

const word = new Uint8Array(4);

/**
 * A uniformly random integer in [0, bound), without bias: draws that would favour small values are thrown away.
 *
 * @param bound an integer from 1 to 2^32
 */
export function uniformBelow(random: Random, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > maxUniformBound) {
    throw new RangeError(`bound: expected an integer from 1 to 2^32, got ${bound}`);
  }
  for (;;) {
    random.fill(word);
    const draw = readWord(word, 0);
    // Of two doubles below 2^32 the rounded quotient is never on the other side of a whole number.
    if (isFair(draw, bound)) return draw - Math.floor(draw / bound) * bound;
  }
}

function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

// Whether the draw is below the last whole multiple of the bound. The first comparison nearly always says so.
function isFair(draw: number, bound: number): boolean {
  return draw <= maxUniformBound - bound || draw < maxUniformBound - (maxUniformBound % bound);
}

const shuffleBatch = 1024;

/** Puts the values into a uniformly random order, in place (Fisher–Yates), with the draws of `uniformBelow`. */
export function shuffle(random: Random, values: Uint32Array | Uint16Array | Uint8Array): void {
  const words = new Uint8Array(4 * shuffleBatch);
  let size = 0;
  let used = 0;
  for (let i = values.length - 1; i > 0; ) {
    if (used === size) {
      // At least one word for each value that is left, so no word is drawn in vain.
      size = 4 * Math.min(i, shuffleBatch);
      random.fill(words.subarray(0, size));
      used = 0;
    }
    const draw = readWord(words, used);
    used += 4;
    if (!isFair(draw, i + 1)) continue;
    const j = draw % (i + 1);
    const value = values[i];
    values[i--] = values[j];
    values[j] = value;
  }
  words.fill(0);
}
