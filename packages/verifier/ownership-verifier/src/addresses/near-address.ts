/** Account ids of NEAR: implicit ones, which are a key, and names (spec §16.5). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

export interface NearAddress extends DecodedAddress {
  /** The key of an implicit account, 32 bytes; undefined of a name. */
  readonly key: Uint8Array | undefined;
}

/** Parts of lower-case letters and digits with single signs between them, joined by points. */
const accountId = /^(?:[a-z0-9]+[-_])*[a-z0-9]+(?:\.(?:[a-z0-9]+[-_])*[a-z0-9]+)*$/;

/** The address of a text, or why it is none. Each account has one spelling. */
export function decodeNearAddress(text: string): NearAddress | OwnershipVerdict {
  if (/^[0-9a-f]{64}$/.test(text)) return nearAddressOf(hexToBytes(text));
  if (text.length >= 2 && text.length <= 64 && accountId.test(text)) {
    return { canonical: text, kind: 'named account', key: undefined };
  }
  return failed('W3', 'address', 'expected 64 lower-case hexadecimal digits, or 2 to 64 letters of an account id');
}

/** The implicit account of a key. */
export function nearAddressOf(key: Uint8Array): NearAddress {
  return { canonical: bytesToHex(key), kind: 'implicit account', key };
}
