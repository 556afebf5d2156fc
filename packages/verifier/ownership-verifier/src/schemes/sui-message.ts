/** Signatures of Sui's wallets over personal messages, by one key or by several (spec §16.2). */
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type SuiCurve, suiFlags, suiMultisigFlag } from '../addresses/sui-address.js';
import { type ByteReader, readWhole } from '../encodings/byte-reader.js';
import type { SignedBytes } from './ed25519.js';
import { type Curve, isSameKey, type PublicKey, publicKeySizeBytes } from './public-key.js';

const curves = Object.keys(suiFlags) as SuiCurve[];
/** Scope of personal messages, version 0, application Sui. */
const personalMessageIntent = Uint8Array.of(3, 0, 0);
/** Most keys of an account of several. */
const membersMax = 10;
/** More than the longest signature by ten keys takes. */
export const suiSignatureSizeMax = 2048;

/** One key's signature, with the key. */
export interface SuiSignature {
  readonly kind: 'one key';
  readonly key: PublicKey;
  readonly signature: Uint8Array;
}

export interface SuiMember {
  readonly key: PublicKey;
  readonly weight: number;
}

/** Signatures by some of several keys, in the order of the keys, with all keys. */
export interface SuiMultisig {
  readonly kind: 'several keys';
  readonly signatures: readonly { readonly member: number; readonly curve: SuiCurve; readonly signature: Uint8Array }[];
  readonly members: readonly SuiMember[];
  readonly threshold: number;
}

/** The bytes of a wallet's signature, read; 'unknown' of a flag for which there is no rule; undefined where they are in
 * no form. */
export function parseSuiSignature(bytes: Uint8Array): SuiSignature | SuiMultisig | 'unknown' | undefined {
  const flag = bytes[0];
  if (flag === suiMultisigFlag) return readWhole(bytes.subarray(1), readMultisig);
  // zkLogin and passkeys: what they prove is not a key's signature of the message.
  if (flag === 5 || flag === 6) return 'unknown';
  const curve = curves.find((name) => suiFlags[name] === flag);
  if (curve === undefined) return undefined;
  return readWhole(bytes.subarray(1), (reader) => {
    const signature = reader.take(64);
    return { kind: 'one key', signature, key: { curve, bytes: reader.take(publicKeySizeBytes(curve)) } };
  });
}

/** BCS of signatures, bitmap, keys with weights, and threshold; the flags of keys are the numbers of enum variants. */
function readMultisig(reader: ByteReader): SuiMultisig | undefined {
  const signatures = readList(reader, () => {
    const curve = readCurve(reader);
    return curve && { curve, signature: reader.take(64) };
  });
  const bitmap = readInteger16(reader);
  const members =
    signatures &&
    readList(reader, () => {
      const curve = readCurve(reader);
      return curve && { key: { curve, bytes: reader.take(publicKeySizeBytes(curve)) }, weight: reader.byte() };
    });
  if (members === undefined || signatures === undefined) return undefined;
  const threshold = readInteger16(reader);
  const signers = members.map((_, i) => i).filter((i) => (bitmap >>> i) & 1);
  if (bitmap >>> members.length !== 0 || signers.length !== signatures.length) return undefined;
  if (!isMembership(members, threshold)) return undefined;
  return {
    kind: 'several keys',
    members,
    threshold,
    signatures: signatures.map((one, i) => ({ ...one, member: signers[i] })),
  };
}

/** As the chain asks: weights, a threshold that they reach, and no key twice. */
function isMembership(members: readonly SuiMember[], threshold: number): boolean {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const isRepeated = members.some(({ key }, i) => members.slice(0, i).some((other) => isSameKey(key, other.key)));
  return members.every(({ weight }) => weight > 0) && threshold > 0 && threshold <= total && !isRepeated;
}

function readList<T>(reader: ByteReader, readOne: () => T | undefined): T[] | undefined {
  const count = reader.byte();
  if (count === 0 || count > membersMax) return undefined;
  const items: T[] = [];
  while (items.length < count) {
    const item = readOne();
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function readCurve(reader: ByteReader): SuiCurve | undefined {
  const flag = reader.byte();
  return curves.find((name) => suiFlags[name] === flag);
}

/** Low byte first. */
function readInteger16(reader: ByteReader): number {
  return reader.byte() + (reader.byte() << 8);
}

/** What a key of the curve signs of a personal message. */
export function suiSignedBytes(message: string, curve: Curve): SignedBytes {
  const text = utf8ToBytes(message);
  const digest = blake2b(concatBytes(personalMessageIntent, encodeUleb128(text.length), text), { dkLen: 32 });
  return { scheme: 'Sui personal message', bytes: curve === 'ed25519' ? digest : sha256(digest) };
}

/** A length as BCS writes it: seven bits a byte, the lowest first. */
function encodeUleb128(length: number): Uint8Array {
  const bytes: number[] = [];
  let rest = length;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Uint8Array.from([...bytes, rest]);
}
