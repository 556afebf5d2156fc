/** Reads the binary formats with every access checked (spec §7.1). Integers and elements are little-endian. */
import { decodeUint32 } from '@solvent/commitment/bytes';
import type { Extension } from '@solvent/field/extension';
import { isCanonical } from '@solvent/field/koala-bear';

/** Thrown inside a decoder, and caught by it: bytes that are not in the format. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

/** A position in bytes that moves on with each read. Every method throws a FormatError where the bytes do not fit. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    // A view of its own: the `slice` of what a caller gives need not copy, as with Node's Buffer.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The next `length` bytes, not copied: a view of the caller's memory, whose `slice` is a copy. */
  bytes(length: number, what: string): Uint8Array {
    const available = this.#bytes.length - this.#offset;
    if (length > available) {
      throw new FormatError(`${what} at byte ${this.#offset}: expected ${length} bytes, found ${available}`);
    }
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  uint32(what: string): number {
    return decodeUint32(this.bytes(4, what));
  }

  /** A canonical base-field element. */
  element(what: string): number {
    const value = this.uint32(what);
    if (isCanonical(value)) return value;
    throw new FormatError(`${what} at byte ${this.#offset - 4}: expected a canonical field element, found ${value}`);
  }

  elements(count: number, what: string): number[] {
    return Array.from({ length: count }, () => this.element(what));
  }

  extension(what: string): Extension {
    return this.elements(5, what) as unknown as Extension;
  }

  extensions(count: number, what: string): Extension[] {
    return Array.from({ length: count }, () => this.extension(what));
  }

  /** Checks that nothing is left. */
  end(): void {
    const rest = this.#bytes.length - this.#offset;
    if (rest !== 0) throw new FormatError(`end at byte ${this.#offset}: expected no further bytes, found ${rest}`);
  }
}

/** Runs a decoder: its value, or in words what is wrong with the bytes. */
export function decodeWith<Value>(decode: () => Value): { ok: true; value: Value } | { ok: false; fault: string } {
  try {
    return { ok: true, value: decode() };
  } catch (error) {
    if (error instanceof FormatError) return { ok: false, fault: error.message };
    throw error;
  }
}
