/** Addresses of Sui: BLAKE2b-256 of a flag and a key, 32 bytes in hexadecimal (spec §16.2). */
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import type { PublicKey } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

export interface SuiAddress extends DecodedAddress {
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

/** The byte before a key, by the curve. */
export const suiFlags = { ed25519: 0, secp256k1: 1, secp256r1: 2 } as const;

/** A curve of which the chain takes keys. */
export type SuiCurve = keyof typeof suiFlags;
/** The byte before a key of several keys. */
export const suiMultisigFlag = 3;

/** The address of a text, or why it is none: 64 digits, zeros included, as the chain writes them. */
export function decodeSuiAddress(text: string): SuiAddress | OwnershipVerdict {
  const digits = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits === undefined) return failed('W3', 'address', 'expected 64 hexadecimal digits, also after 0x');
  return suiAddressOf(hexToBytes(digits));
}

/** The address of 32 bytes; 0x and digits in lower case are the canonical spelling. */
export function suiAddressOf(bytes: Uint8Array): SuiAddress {
  return { canonical: `0x${bytesToHex(bytes)}`, kind: 'account or object', bytes };
}

/** Flag and key, as the chain hashes and writes keys. */
export function flaggedSuiKey({ curve, bytes }: PublicKey): Uint8Array {
  return concatBytes(Uint8Array.of(suiFlags[curve as SuiCurve]), bytes);
}

/** The account that a key opens. */
export function suiAccountOf(key: PublicKey): SuiAddress {
  return suiAddressOf(blake2b(flaggedSuiKey(key), { dkLen: 32 }));
}
