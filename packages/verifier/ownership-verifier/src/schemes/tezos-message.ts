/** Keys, signatures and signed texts of Tezos (spec §17.1). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TezosCurve } from '../addresses/tezos-address.js';
import { decodeBase58Check } from '../encodings/base58-check.js';
import { decodeHex, sameBytes } from '../encodings/binary-text.js';
import type { SignedBytes } from './ed25519.js';
import { type PublicKey, publicKeySizeBytes } from './public-key.js';

/** A signature of 64 bytes, and whose it says that it is. */
export interface TezosSignature {
  readonly signature: Uint8Array;
  readonly curve?: TezosCurve;
}

/** The bytes that spell edpk, sppk and p2pk. */
const keyPrefixes: readonly (readonly [TezosCurve, readonly number[]])[] = [
  ['ed25519', [13, 15, 37, 217]],
  ['secp256k1', [3, 254, 226, 86]],
  ['secp256r1', [3, 178, 139, 127]],
];
/** The bytes that spell edsig, spsig1, p2sig, and sig of any curve. */
const signaturePrefixes: readonly (readonly [TezosCurve | undefined, readonly number[]])[] = [
  ['ed25519', [9, 245, 205, 134, 18]],
  ['secp256k1', [13, 115, 101, 19, 63]],
  ['secp256r1', [54, 240, 44, 52]],
  [undefined, [4, 130, 43]],
];

function after(bytes: Uint8Array | undefined, prefix: readonly number[], sizeBytes: number): Uint8Array | undefined {
  if (bytes?.length !== prefix.length + sizeBytes) return undefined;
  return sameBytes(bytes.subarray(0, prefix.length), Uint8Array.from(prefix))
    ? bytes.subarray(prefix.length)
    : undefined;
}

/** A key with its prefix in Base58Check, or in hexadecimal of the address's curve; undefined for other texts. */
export function decodeTezosKey(text: string, curve: TezosCurve = 'ed25519'): PublicKey | undefined {
  const plain = decodeHex(text, publicKeySizeBytes(curve));
  if (plain !== undefined) return { curve, bytes: plain };
  const bytes = decodeBase58Check(text);
  for (const [name, prefix] of keyPrefixes) {
    const key = after(bytes, prefix, publicKeySizeBytes(name));
    if (key !== undefined) return { curve: name, bytes: key };
  }
  return undefined;
}

/** A signature with its prefix in Base58Check, or 64 bytes in hexadecimal; undefined for other texts. */
export function decodeTezosSignature(text: string): TezosSignature | undefined {
  const plain = decodeHex(text, 64);
  if (plain !== undefined) return { signature: plain };
  const bytes = decodeBase58Check(text);
  for (const [curve, prefix] of signaturePrefixes) {
    const signature = after(bytes, prefix, 64);
    if (signature !== undefined) return curve === undefined ? { signature } : { signature, curve };
  }
  return undefined;
}

/** The digests that wallets sign: of a packed Micheline string, which no operation of the chain begins as. */
export function tezosDigests(message: string): readonly [SignedBytes, SignedBytes] {
  const digestOf = (text: string) => blake2b(packedString(utf8ToBytes(text)), { dkLen: 32 });
  return [
    { scheme: 'Micheline text', bytes: digestOf(message) },
    { scheme: 'Tezos signed message', bytes: digestOf(`Tezos Signed Message: ${message}`) },
  ];
}

/** 05 of packed data, 01 of a string, the number of its bytes in four. */
function packedString(bytes: Uint8Array): Uint8Array {
  const head = new Uint8Array(6);
  head.set([5, 1]);
  new DataView(head.buffer).setUint32(2, bytes.length);
  return concatBytes(head, bytes);
}
