/**
 * BLS signatures over BLS12-381 with keys in G1, in the proof-of-possession suite that Ethereum's validators use
 * (draft-irtf-cfrg-bls-signature §3.3, draft §4.2.3; spec §13.13).
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';

const { longSignatures } = bls12_381;
const suite = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
/** The basic suite, which Filecoin has (draft §4.2.1). */
export const basicBlsSuite = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_';

/** A public key that has passed KeyValidate: a point of the prime-order subgroup of G1, not the identity. */
export type BlsPublicKey = InstanceType<typeof bls12_381.G1.Point>;

/** A point of the prime-order subgroup of G2, not the identity. */
export type BlsSignature = InstanceType<typeof bls12_381.G2.Point>;

/** The key of 48 bytes, compressed; undefined where the bytes are none (KeyValidate, draft §2.5). */
export function decodeBlsPublicKey(bytes: Uint8Array): BlsPublicKey | undefined {
  return decodePoint(() => bls12_381.G1.Point.fromBytes(bytes));
}

/** The signature of 96 bytes, compressed; undefined where the bytes are none. */
export function decodeBlsSignature(bytes: Uint8Array): BlsSignature | undefined {
  return decodePoint(() => longSignatures.Signature.fromBytes(bytes));
}

/** Whether the key made the signature over these bytes. */
export function verifyBls(
  signature: BlsSignature,
  signed: Uint8Array,
  key: BlsPublicKey,
  domain: typeof suite | typeof basicBlsSuite = suite,
): boolean {
  return longSignatures.verify(signature, longSignatures.hash(signed, domain), key);
}

/** Decoding checks the curve's equation; the subgroup and the identity are checked here, whatever decoding does. */
function decodePoint<Point extends { is0(): boolean; isTorsionFree(): boolean }>(
  decode: () => Point,
): Point | undefined {
  try {
    const point = decode();
    return !point.is0() && point.isTorsionFree() ? point : undefined;
  } catch {
    return undefined;
  }
}
