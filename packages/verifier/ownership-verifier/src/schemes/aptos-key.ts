/** Keys of Aptos's accounts: one of Ed25519 or secp256k1, or several of Ed25519 (AIP-55, AIP-80; spec §13.12). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { decodeHex, decodeHexUpTo, sameBytes } from '../encodings/binary-text.js';
import type { PublicKey } from './public-key.js';

const membersMax = 32;
/** Bits for as many members, in whole bytes. */
const bitmapSizeBytes = 4;

/** Several keys, of which as many as the threshold says must sign. */
export interface AptosMultiKey {
  /** 2 to 32 keys of 32 bytes, none twice. */
  readonly members: readonly Uint8Array[];
  readonly threshold: number;
}

/** Ed25519: 32 bytes in hexadecimal, also after `ed25519-pub-`. secp256k1: the 65 bytes of a point, after
 * `secp256k1-pub-` alone, because two keys and a threshold have as many. */
export function decodeAptosKey(text: string): PublicKey | undefined {
  const edwards = decodeHex(text.replace(/^ed25519-pub-/, ''), 32);
  if (edwards !== undefined) return { curve: 'ed25519', bytes: edwards };
  const point = text.startsWith('secp256k1-pub-') ? decodeHex(text.slice(14), 65) : undefined;
  if (point?.[0] !== 4) return undefined;
  try {
    return { curve: 'secp256k1', bytes: secp256k1.Point.fromBytes(point).toBytes(true) };
  } catch {
    return undefined;
  }
}

/** The keys, and the threshold in one byte, in hexadecimal; undefined where the text is none of several keys. */
export function decodeAptosMultiKey(text: string): AptosMultiKey | undefined {
  const bytes = decodeHexUpTo(text, 32 * membersMax + 1);
  const count = ((bytes?.length ?? 0) - 1) / 32;
  if (bytes === undefined || count < 2 || !Number.isInteger(count)) return undefined;
  const members = Array.from({ length: count }, (_, i) => bytes.subarray(32 * i, 32 * i + 32));
  const isRepeated = members.some((key, i) => members.slice(0, i).some((other) => sameBytes(key, other)));
  const threshold = bytes[bytes.length - 1];
  return isRepeated || threshold === 0 || threshold > count ? undefined : { members, threshold };
}

/** The signatures of members, each with the index of its member; undefined where the bytes are not as many signatures as
 * the bitmap after them says, or say a member who is not there. */
export function splitAptosMultiSignature(
  bytes: Uint8Array,
  { members }: AptosMultiKey,
): { member: number; signature: Uint8Array }[] | undefined {
  const bitmap = bytes.subarray(-bitmapSizeBytes);
  const signers = Array.from({ length: 8 * bitmapSizeBytes }, (_, i) => i).filter(
    (i) => (bitmap[i >>> 3] >>> (7 - (i & 7))) & 1,
  );
  if (signers.length === 0 || bytes.length !== 64 * signers.length + bitmapSizeBytes) return undefined;
  if (signers[signers.length - 1] >= members.length) return undefined;
  return signers.map((member, i) => ({ member, signature: bytes.subarray(64 * i, 64 * i + 64) }));
}

/** What a key signs of some bytes: Ed25519 the bytes, secp256k1 their SHA3-256. */
export function aptosSignedBytes(bytes: Uint8Array, { curve }: PublicKey): Uint8Array {
  return curve === 'ed25519' ? bytes : sha3_256(bytes);
}
