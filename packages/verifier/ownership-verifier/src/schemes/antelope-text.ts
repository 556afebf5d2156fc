/** Keys and signatures as the chains of Antelope write them: Base58 with a checksum of RIPEMD-160 (spec §15.8). */
import { ripemd160 } from '@noble/hashes/legacy.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import { decodeBase58UpTo, sameBytes } from '../encodings/binary-text.js';
import type { CurvePoint, RecoverableSignature } from './raw-ecdsa.js';
import { pointOf } from './secp256k1-key.js';

/** The first byte of a signature by a compressed key: 31 and the recovery id. */
const firstByteMin = 31;

/** 69 bytes take 95 letters. */
const lettersMax = 95;

/** What the checksum takes in after the bytes: nothing in the old spelling of keys. */
const curveName = utf8ToBytes('K1');

/** A signature of `SIG_K1_…`; undefined for other texts. */
export function decodeAntelopeSignature(text: string): RecoverableSignature | undefined {
  const bytes = decodeChecked(text, 'SIG_K1_', 65, curveName);
  if (bytes === undefined) return undefined;
  const recoveryId = bytes[0] - firstByteMin;
  return recoveryId >= 0 && recoveryId < 4 ? { rs: bytes.subarray(1), recoveryId } : undefined;
}

/** A key of `PUB_K1_…`, or of `EOS…` in the old spelling; undefined for other texts. */
export function decodeAntelopeKey(text: string): CurvePoint | undefined {
  const bytes = decodeChecked(text, 'PUB_K1_', 33, curveName) ?? decodeChecked(text, 'EOS', 33, new Uint8Array(0));
  return bytes && pointOf(bytes);
}

/** The text of a signature by a compressed key. */
export function encodeAntelopeSignature({ rs, recoveryId }: RecoverableSignature): string {
  const bytes = concatBytes(Uint8Array.of(firstByteMin + recoveryId), rs);
  return `SIG_K1_${base58.encode(concatBytes(bytes, checksum(bytes, curveName)))}`;
}

/** A key in the new spelling. */
export function encodeAntelopeKey(key: CurvePoint): string {
  const bytes = key.toBytes(true);
  return `PUB_K1_${base58.encode(concatBytes(bytes, checksum(bytes, curveName)))}`;
}

function decodeChecked(text: string, prefix: string, size: number, suffix: Uint8Array): Uint8Array | undefined {
  const bytes = text.startsWith(prefix) ? decodeBase58UpTo(text.slice(prefix.length), lettersMax) : undefined;
  if (bytes?.length !== size + 4) return undefined;
  const payload = bytes.subarray(0, size);
  return sameBytes(checksum(payload, suffix), bytes.subarray(size)) ? payload : undefined;
}

function checksum(bytes: Uint8Array, suffix: Uint8Array): Uint8Array {
  return ripemd160(concatBytes(bytes, suffix)).subarray(0, 4);
}
