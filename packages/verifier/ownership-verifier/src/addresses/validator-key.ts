/** Validators of Ethereum: a BLS12-381 public key of 48 bytes stands where others have an address (spec §13.13). */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { type BlsPublicKey, decodeBlsPublicKey } from '../schemes/bls.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

export interface ValidatorAddress extends DecodedAddress {
  /** The key, 48 bytes compressed. */
  readonly bytes: Uint8Array;
  readonly key: BlsPublicKey;
}

/** The key of a text in hexadecimal, or why it is none. */
export function decodeValidatorKey(text: string): ValidatorAddress | OwnershipVerdict {
  const bytes = decodeHex(text, 48);
  if (bytes === undefined) return failed('W3', 'address', 'expected the 48 bytes of a validator key in hexadecimal');
  const key = decodeBlsPublicKey(bytes);
  if (key === undefined) {
    return failed('W3', 'address', 'expected a point of the group of BLS12-381 keys other than the identity');
  }
  return { canonical: `0x${bytesToHex(bytes)}`, kind: 'validator', bytes, key };
}
