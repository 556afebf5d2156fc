/** Addresses of MultiversX: 32 bytes in Bech32 (spec §16.7). */
import { bech32 } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

const prefix = 'erd';
const lettersMax = 62;

export interface MultiversxAddress extends DecodedAddress {
  /** The account's key, 32 bytes. */
  readonly key: Uint8Array;
}

/** The address of a text, or why it is none. */
export function decodeMultiversxAddress(text: string): MultiversxAddress | OwnershipVerdict {
  const decoded = bech32.decodeUnsafe(text, lettersMax);
  if (decoded === undefined) return failed('W3', 'address', 'expected Bech32 with a right checksum');
  if (decoded.prefix !== prefix) {
    return failed('W3', 'address-network', `expected the prefix ${prefix}, found ${decoded.prefix}`);
  }
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  if (bytes?.length !== 32) return failed('W3', 'address', 'expected 32 bytes');
  const address = multiversxAddressOf(Uint8Array.from(bytes));
  // Eight bytes of zeros mark contracts.
  if (bytes.subarray(0, 8).some((byte) => byte !== 0)) return address;
  return unsupported('W3', 'address-kind', 'no rule for contracts');
}

/** The address of a key, in lower case. */
export function multiversxAddressOf(key: Uint8Array): MultiversxAddress {
  return { canonical: bech32.encode(prefix, bech32.toWords(key), lettersMax), kind: 'account', key };
}
