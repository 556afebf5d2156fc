/** Addresses of Stellar: a kind, a key and a checksum in Base32 (SEP-23; spec §16.4). */
import { concatBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase32, sameBytes } from '../encodings/binary-text.js';
import { crc16 } from '../encodings/crc16.js';
import { uint16 } from '../encodings/little-endian.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

const accountVersion = 6 << 3;
const muxedVersion = 12 << 3;
/** From a kind and 32 bytes to a signed payload of 64. */
const lettersMin = 56;
const lettersMax = 165;
/** Kinds that are no accounts, by what they are. */
const otherVersions = new Map([
  [2 << 3, 'contracts'],
  [1 << 3, 'claimable balances'],
  [11 << 3, 'liquidity pools'],
  [15 << 3, 'signed payloads'],
  [18 << 3, 'secret keys'],
  [19 << 3, 'pre-authorized transactions'],
  [23 << 3, 'hashes'],
]);

export interface StellarAddress extends DecodedAddress {
  /** The account's master key, 32 bytes. */
  readonly key: Uint8Array;
}

/** The address of a text, or why it is none. The number of a muxed one says who is credited inside the account, so that
 * addresses with different numbers are one account. */
export function decodeStellarAddress(text: string): StellarAddress | OwnershipVerdict {
  const hasSize = text.length >= lettersMin && text.length <= lettersMax;
  const bytes = hasSize ? decodeBase32(text) : undefined;
  if (bytes === undefined) return failed('W3', 'address', 'expected Base32 in upper case, 56 or 69 letters');
  const payload = bytes.subarray(0, -2);
  if (!sameBytes(bytes.subarray(-2), checksum(payload))) {
    return failed('W3', 'address-checksum', 'the last two bytes are not the checksum of the others');
  }
  const sizeBytes = payload[0] === muxedVersion ? 41 : 33;
  const other = otherVersions.get(payload[0]);
  if (other !== undefined) return unsupported('W3', 'address-kind', `no rule for ${other}`);
  if ((payload[0] !== accountVersion && payload[0] !== muxedVersion) || payload.length !== sizeBytes) {
    return failed('W3', 'address', 'expected the kind of an account and its key');
  }
  return stellarAddressOf(payload.subarray(1, 33));
}

/** The address of a key; the one that begins with G is canonical. */
export function stellarAddressOf(key: Uint8Array): StellarAddress {
  const payload = concatBytes(Uint8Array.of(accountVersion), key);
  return { canonical: base32nopad.encode(concatBytes(payload, checksum(payload))), kind: 'account', key };
}

/** The low byte first. */
function checksum(bytes: Uint8Array): Uint8Array {
  return uint16(crc16(bytes));
}
