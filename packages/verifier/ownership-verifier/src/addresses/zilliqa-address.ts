/** Addresses of Zilliqa: 20 bytes of a key's hash, in Bech32 or in hexadecimal (ZIP-1; spec §15.10). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bech32 } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const prefix = 'zil';
const lettersMax = 90;

/** The address of a text, or why it is none. */
export function decodeZilliqaAddress(text: string): DecodedAddress | OwnershipVerdict {
  const hex = text.startsWith('0x') ? decodeHex(text, 20) : undefined;
  if (hex !== undefined) return hasRightCases(text.slice(2), hex) ? zilliqaAddressOf(hex) : wrongCases();
  const decoded = text.length > lettersMax ? undefined : bech32.decodeUnsafe(text);
  if (decoded === undefined) {
    const isShaped = text.length <= lettersMax && /^(?:zil1[a-z0-9]*|ZIL1[A-Z0-9]*)$/.test(text);
    if (isShaped) return failed('W3', 'address-checksum', 'the checksum of Bech32 does not hold');
    return failed('W3', 'address', 'expected Bech32 in one case after zil, or 0x and 40 digits');
  }
  if (decoded.prefix !== prefix) {
    return failed('W3', 'address-network', `expected the prefix zil, found ${decoded.prefix}`);
  }
  const account = bech32.fromWordsUnsafe(decoded.words);
  return account?.length === 20 ? zilliqaAddressOf(account) : failed('W3', 'address', 'expected 20 bytes in Bech32');
}

/** Of digits of both cases, each letter's case is a bit of SHA-256 of the bytes: bit 255 − 6i of it for digit i. */
function hasRightCases(digits: string, bytes: Uint8Array): boolean {
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = BigInt(`0x${bytesToHex(sha256(bytes))}`);
  const isUpper = (i: number) => (hash >> BigInt(255 - 6 * i)) & 1n;
  return Array.from(lower, (digit, i) => (isUpper(i) ? digit.toUpperCase() : digit)).join('') === digits;
}

function wrongCases(): OwnershipVerdict {
  return failed('W3', 'address-checksum', 'digits of both cases, and the cases are not the checksum');
}

/** The address of 20 bytes. */
export function zilliqaAddressOf(account: Uint8Array): DecodedAddress {
  return { canonical: bech32.encode(prefix, bech32.toWords(account)), kind: 'account' };
}

/** The account of a compressed key: the last 20 bytes of its SHA-256. */
export function zilliqaAccountOf(key: Uint8Array): Uint8Array {
  return sha256(key).subarray(12);
}
