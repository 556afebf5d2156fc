/** The two virtual transactions of BIP-322, and the digests that their signatures sign (spec §13.6). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../encodings/binary-text.js';
import { uint32 } from '../encodings/little-endian.js';
import { encodeCompactSize, varBytes } from '../encodings/var-text.js';
import { doubleSha256 } from './bitcoin-hashes.js';

/** What a signer chooses of `to_sign`; the rest is fixed. */
export interface ToSign {
  readonly version: number;
  readonly sequence: number;
  readonly lockTime: number;
  /** Undefined where the form leaves it to be derived from the witness. */
  readonly scriptSig: Uint8Array | undefined;
  readonly witness: readonly Uint8Array[];
}

/** `to_sign` as decoded: also which output it spends, 36 bytes. */
export interface DecodedToSign extends ToSign {
  readonly outpoint: Uint8Array;
}

/** The one output: value 0, script OP_RETURN. */
const output = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0x6a);
const zeroValue = new Uint8Array(8);
const sighashAll = 1;

/** BIP-340's tagged hash, 32 bytes. */
export function taggedHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const prefix = sha256(utf8ToBytes(tag));
  return sha256(concatBytes(prefix, prefix, ...parts));
}

/** Transaction id of `to_spend` for a message and the script of an address, in the order of bytes in which it is hashed. */
export function toSpendId(message: string, lockingScript: Uint8Array): Uint8Array {
  const messageHash = taggedHash('BIP0322-signed-message', utf8ToBytes(message));
  const input = concatBytes(
    new Uint8Array(32),
    uint32(0xffffffff),
    varBytes(concatBytes(Uint8Array.of(0, 32), messageHash)),
  );
  const spent = concatBytes(zeroValue, varBytes(lockingScript));
  return doubleSha256(concatBytes(uint32(0), Uint8Array.of(1), input, uint32(0), Uint8Array.of(1), spent, uint32(0)));
}

/** The output that `to_sign` spends: the first of `to_spend`, 36 bytes. */
export function toSpendOutpoint(message: string, lockingScript: Uint8Array): Uint8Array {
  return concatBytes(toSpendId(message, lockingScript), uint32(0));
}

/** The digest of a signature in a legacy input. */
export function legacyDigest(toSign: ToSign, outpoint: Uint8Array, scriptCode: Uint8Array): Uint8Array {
  const { version, sequence, lockTime } = toSign;
  const input = concatBytes(Uint8Array.of(1), outpoint, varBytes(scriptCode), uint32(sequence));
  return doubleSha256(
    concatBytes(uint32(version), input, Uint8Array.of(1), output, uint32(lockTime), uint32(sighashAll)),
  );
}

/** The digest of a signature in an input of segwit version 0 (BIP-143). */
export function segwitDigest(toSign: ToSign, outpoint: Uint8Array, scriptCode: Uint8Array): Uint8Array {
  const { version, sequence, lockTime } = toSign;
  const parts = [doubleSha256(outpoint), doubleSha256(uint32(sequence)), outpoint, varBytes(scriptCode), zeroValue];
  return doubleSha256(
    concatBytes(
      uint32(version),
      ...parts,
      uint32(sequence),
      doubleSha256(output),
      uint32(lockTime),
      uint32(sighashAll),
    ),
  );
}

/** The digest of a signature of a taproot key without a script (BIP-341); the hash type is 0 or 1. */
export function taprootDigest(
  toSign: ToSign,
  outpoint: Uint8Array,
  lockingScript: Uint8Array,
  hashType: number,
): Uint8Array {
  const hashes = [outpoint, zeroValue, varBytes(lockingScript), uint32(toSign.sequence), output].map((part) =>
    sha256(part),
  );
  const head = [Uint8Array.of(0, hashType), uint32(toSign.version), uint32(toSign.lockTime)];
  return taggedHash('TapSighash', ...head, ...hashes, Uint8Array.of(0), uint32(0));
}

/** Reads bytes from the front; every reader gives undefined at the end, and after that for ever. */
class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  take(count: number): Uint8Array | undefined {
    const end = this.at + count;
    const taken = end <= this.bytes.length ? this.bytes.subarray(this.at, end) : undefined;
    this.at = end;
    return taken;
  }

  uint32(): number | undefined {
    const bytes = this.take(4);
    return bytes && bytes[0] + 256 * bytes[1] + 65536 * bytes[2] + 16777216 * bytes[3];
  }

  /** A count in its shortest form. */
  compactSize(): number | undefined {
    const first = this.take(1)?.[0];
    if (first === undefined || first < 0xfd) return first;
    const width = first === 0xfd ? 2 : 4;
    const bytes = first === 0xff ? undefined : this.take(width);
    if (bytes === undefined) return undefined;
    const value = bytes.reduceRight((sum, byte) => 256 * sum + byte, 0);
    return encodeCompactSize(value).length === width + 1 ? value : undefined;
  }

  /** Bytes after their number. */
  counted(): Uint8Array | undefined {
    const count = this.compactSize();
    return count === undefined ? undefined : this.take(count);
  }

  /** Byte strings after their number. */
  stack(): Uint8Array[] | undefined {
    return readList(this, this.bytes.length, (reader) => reader.counted());
  }

  /** Whether the next bytes are these; they are taken only then. */
  skip(expected: Uint8Array): boolean {
    const found = this.bytes.subarray(this.at, this.at + expected.length);
    if (!sameBytes(found, expected)) return false;
    this.at += expected.length;
    return true;
  }

  /** Whether all bytes have been read, and no more. */
  done(): boolean {
    return this.at === this.bytes.length;
  }
}

/** The stack of a simple signature, not empty; undefined where the bytes are none. */
export function decodeWitness(bytes: Uint8Array): Uint8Array[] | undefined {
  const reader = new Reader(bytes);
  const items = reader.stack();
  return items !== undefined && items.length > 0 && reader.done() ? items : undefined;
}

/** What `decodeToSign` finds where a transaction spends further outputs: a proof of funds. */
export const severalInputs = 'several inputs';

interface Input {
  readonly outpoint: Uint8Array;
  readonly scriptSig: Uint8Array;
  readonly sequence: number;
}

/** `to_sign` of a full signature in the network's serialization; undefined where the bytes are none. */
export function decodeToSign(bytes: Uint8Array): DecodedToSign | typeof severalInputs | undefined {
  const reader = new Reader(bytes);
  const version = reader.uint32();
  const segwit = reader.skip(Uint8Array.of(0, 1));
  const inputs = readList(reader, bytes.length, readInput);
  if (inputs === undefined || inputs.length === 0 || reader.compactSize() !== 1 || !reader.skip(output))
    return undefined;
  const witnesses = segwit ? inputs.map(() => reader.stack()) : [];
  const lockTime = reader.uint32();
  if (version === undefined || lockTime === undefined || !reader.done()) return undefined;
  // A witness that is announced and empty is refused as the network refuses it.
  if (segwit && !witnesses.some((witness) => witness !== undefined && witness.length > 0)) return undefined;
  return inputs.length > 1 ? severalInputs : { ...inputs[0], version, lockTime, witness: witnesses[0] ?? [] };
}

function readInput(reader: Reader): Input | undefined {
  const outpoint = reader.take(36);
  const scriptSig = reader.counted();
  const sequence = reader.uint32();
  if (outpoint === undefined || scriptSig === undefined || sequence === undefined) return undefined;
  return { outpoint, scriptSig, sequence };
}

/** Things after their number, which is at most `countMax`. */
function readList<T>(reader: Reader, countMax: number, read: (reader: Reader) => T | undefined): T[] | undefined {
  const count = reader.compactSize();
  if (count === undefined || count > countMax) return undefined;
  const things: T[] = [];
  for (let i = 0; i < count; i++) {
    const thing = read(reader);
    if (thing === undefined) return undefined;
    things.push(thing);
  }
  return things;
}
