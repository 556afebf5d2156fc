/** Signatures of Cardano's wallets: COSE_Sign1 over the message, with the key as COSE_Key (CIP-8, CIP-30, RFC 9052 §4.2;
 * spec §16.8). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../encodings/binary-text.js';
import { type CborMap, type CborValue, decodeCbor, encodeCborBytes } from '../encodings/cbor.js';
import type { KeyedForm } from './public-key.js';

/** COSE's numbers of headers, and of what they say here. */
const labels = { algorithm: 1, keyId: 4 } as const;
const keyLabels = { type: 1, id: 2, algorithm: 3, curve: -1, x: -2 } as const;
const edDsa = -8;
const octetKeyPair = 1;
const ed25519Curve = 6;

/** An array of four, and its first text. */
const structureHead = concatBytes(Uint8Array.of(0x84, 0x6a), utf8ToBytes('Signature1'));
const noExternalData = Uint8Array.of(0x40);

export interface CoseSignature {
  /** 64 bytes. */
  readonly signature: Uint8Array;
  /** The address that the wallet says that it signed for, in bytes. */
  readonly address: Uint8Array | undefined;
  /** Whether the header that is not signed says that the payload is the hash of the message. */
  readonly isHashed: boolean;
  /** What the key signs of a message; undefined where the signature is over another message. */
  form(message: string): KeyedForm | undefined;
}

/** COSE_Sign1 of Ed25519; undefined where the bytes are none, or have headers that say something else. */
export function decodeCoseSign1(bytes: Uint8Array): CoseSignature | undefined {
  const value = decodeCbor(bytes);
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [protectedBytes, unprotected, payload, signature] = value as CborValue[];
  if (!(protectedBytes instanceof Uint8Array) || !(unprotected instanceof Map)) return undefined;
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return undefined;
  if (payload !== null && !(payload instanceof Uint8Array)) return undefined;
  const header = decodeCbor(protectedBytes);
  if (!(header instanceof Map) || !hasLabels(header, [labels.algorithm, labels.keyId, 'address'])) return undefined;
  if (!hasLabels(unprotected, ['hashed', labels.keyId])) return undefined;
  const address = header.get('address');
  const isHashed = unprotected.has('hashed') ? unprotected.get('hashed') : false;
  if (header.get(labels.algorithm) !== edDsa || typeof isHashed !== 'boolean') return undefined;
  if (address !== undefined && !(address instanceof Uint8Array)) return undefined;
  return { signature, address, isHashed, form: (message) => formOf(message, protectedBytes, payload, isHashed) };
}

/** The message, or its hash where the wallet has hashed it, stands in the payload or is left out of it. */
function formOf(
  message: string,
  protectedBytes: Uint8Array,
  payload: Uint8Array | null,
  isHashed: boolean,
): KeyedForm | undefined {
  const text = utf8ToBytes(message);
  const content = isHashed ? blake2b(text, { dkLen: 28 }) : text;
  if (payload !== null && !sameBytes(payload, content)) return undefined;
  const parts = [structureHead, encodeCborBytes(protectedBytes), noExternalData, encodeCborBytes(content)];
  return { scheme: 'CIP-8 (COSE_Sign1)', bytes: concatBytes(...parts) };
}

/** The 32 bytes of an Ed25519 key in COSE_Key; undefined where the bytes are none. */
export function decodeCoseKey(bytes: Uint8Array): Uint8Array | undefined {
  const map = decodeCbor(bytes);
  if (!(map instanceof Map) || !hasLabels(map, Object.values(keyLabels))) return undefined;
  const algorithm = map.has(keyLabels.algorithm) ? map.get(keyLabels.algorithm) : edDsa;
  const x = map.get(keyLabels.x);
  const isEdwards = map.get(keyLabels.type) === octetKeyPair && map.get(keyLabels.curve) === ed25519Curve;
  return isEdwards && algorithm === edDsa && x instanceof Uint8Array && x.length === 32 ? x : undefined;
}

/** Whether all labels of a map are among these: one that is not could mean anything. */
function hasLabels(map: CborMap, known: readonly (number | string)[]): boolean {
  return [...map.keys()].every((label) => known.includes(label));
}
