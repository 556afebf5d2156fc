/** Zilliqa's Schnorr signatures over secp256k1: a challenge r, and s, from which the commitment follows (spec §15.10). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { CurvePoint } from './raw-ecdsa.js';

const { Point } = secp256k1;
const scalars = Point.Fn;

/** Whether the key signed these bytes; r ‖ s has 64 bytes. */
export function verifyZilliqaSchnorr(rs: Uint8Array, signed: Uint8Array, key: CurvePoint): boolean {
  const [r, s] = [rs.subarray(0, 32), rs.subarray(32)].map((half) => BigInt(`0x${bytesToHex(half)}`));
  if (r === 0n || s === 0n || r >= scalars.ORDER || s >= scalars.ORDER) return false;
  const commitment = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(r));
  return !commitment.is0() && zilliqaChallenge(commitment, key, signed) === r;
}

/** The hash of commitment, key and message as a scalar. */
export function zilliqaChallenge(commitment: CurvePoint, key: CurvePoint, signed: Uint8Array): bigint {
  const hash = sha256(concatBytes(commitment.toBytes(true), key.toBytes(true), signed));
  return scalars.create(BigInt(`0x${bytesToHex(hash)}`));
}
