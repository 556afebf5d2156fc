/**
 * The transcript: turns what the prover has sent so far into the verifier's next challenge (spec §3.4).
 *
 * Every absorbed item carries a label and its length, every challenge a label. The state is a chain of digests, so a
 * challenge depends on every item absorbed before it, on their order, and on every earlier challenge's label (spec §11.1).
 */
import { type Extension, isBase } from '@solvent/field/extension';
import { isCanonical } from '@solvent/field/koala-bear';
import { createHasher, digestSize } from './blake3.js';
import { bytesToHex, concatBytes, decodeUint32, encodeExtensions, encodeText, encodeUint32 } from './bytes.js';

const absorbHasher = createHasher('transcript absorb');
const squeezeHasher = createHasher('transcript squeeze');
const outputHasher = createHasher('transcript output');

/** Bytes of a block of output. */
const blockSize = 1024;

/** Reads the endless output of one challenge in pieces. */
class OutputStream {
  readonly #seed: Uint8Array;
  #block: Uint8Array = new Uint8Array(0);
  #blockIndex = 0;
  #offset = 0;

  constructor(seed: Uint8Array) {
    this.#seed = seed;
  }

  /** The next uint32 of the stream; block k is the hash of seed and k. */
  nextUint32(): number {
    if (this.#offset === this.#block.length) {
      this.#block = outputHasher.digest(concatBytes(this.#seed, encodeUint32(this.#blockIndex++)), blockSize);
      this.#offset = 0;
    }
    const value = decodeUint32(this.#block, this.#offset);
    this.#offset += 4;
    return value;
  }

  /** A uniform base-field element: the low 31 bits of the next uint32 that are below p. */
  nextElement(): number {
    for (;;) {
      const candidate = this.nextUint32() % 2 ** 31;
      if (isCanonical(candidate)) return candidate;
    }
  }

  /** A uniform element of F. */
  nextExtension(): Extension {
    return [this.nextElement(), this.nextElement(), this.nextElement(), this.nextElement(), this.nextElement()];
  }
}

export class Transcript {
  #state: Uint8Array;
  readonly #log: string[] = [];

  /** Starts a transcript; `protocol` names the protocol and its version. */
  constructor(protocol: string) {
    this.#state = new Uint8Array(digestSize);
    this.absorb('/protocol', encodeText(protocol));
  }

  /** One line for each item absorbed and each challenge drawn, for comparing prover and verifier. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** Absorbs bytes under a label. */
  absorb(label: string, bytes: Uint8Array): void {
    this.#state = absorbHasher.digest(concatBytes(this.#state, encodeText(label), encodeUint32(bytes.length), bytes));
    this.#note('absorb', label, `${bytes.length} B`);
  }

  /** Absorbs elements of F under a label. */
  absorbExtensions(label: string, elements: readonly Extension[]): void {
    this.absorb(label, encodeExtensions(elements));
  }

  /** 32 pseudorandom bytes that commit to everything absorbed so far. */
  squeezeDigest(label: string): Uint8Array {
    this.#ratchet(label);
    this.#note('squeeze', label, `${digestSize} B`);
    return outputHasher.digest(this.#state);
  }

  /** Uniform elements of F. */
  squeezeExtensions(label: string, count: number): Extension[] {
    const stream = this.#ratchet(label);
    this.#note('squeeze', label, `${count} F`);
    return Array.from({ length: count }, () => stream.nextExtension());
  }

  /** Uniform elements of F outside the base field, where no denominator vanishes (spec §11.5, §11.7). */
  squeezeNonBaseExtensions(label: string, count: number): Extension[] {
    const stream = this.#ratchet(label);
    this.#note('squeeze', label, `${count} F\\Fp`);
    return Array.from({ length: count }, () => {
      let element = stream.nextExtension();
      while (isBase(element)) element = stream.nextExtension();
      return element;
    });
  }

  /** Uniform, independent integers in [0, 2^bits), bits ≤ 31; repetitions are kept, and count (spec §11.10). */
  squeezeIntegers(label: string, count: number, bits: number): number[] {
    const stream = this.#ratchet(label);
    this.#note('squeeze', label, `${count} × ${bits} bits`);
    return Array.from({ length: count }, () => stream.nextUint32() % 2 ** bits);
  }

  #ratchet(label: string): OutputStream {
    this.#state = squeezeHasher.digest(concatBytes(this.#state, encodeText(label)));
    return new OutputStream(this.#state);
  }

  #note(action: string, label: string, size: string): void {
    const number = String(this.#log.length).padStart(2, '0');
    this.#log.push(`${action} ${number} ${label} ${size} ${bytesToHex(this.#state.subarray(0, 4))}`);
  }
}
