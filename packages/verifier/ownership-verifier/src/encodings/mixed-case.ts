/** Hexadecimal digits of both cases, whose cases are a checksum (EIP-55; spec §13.7). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Digits with each letter in upper case where the nibble of the hash at its place is 8 or more. */
export function withCasesOf(digits: string, hash: string): string {
  return Array.from(digits.toLowerCase(), (digit, i) => (hash[i] >= '8' ? digit.toUpperCase() : digit)).join('');
}

/** Whether digits have the cases of EIP-55, or all one case, which is no checksum. EIP-1191 hashes a prefix with them. */
export function hasRightCases(digits: string, prefix = ''): boolean {
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  return digits === withCasesOf(lower, bytesToHex(keccak_256(utf8ToBytes(prefix + lower))));
}
