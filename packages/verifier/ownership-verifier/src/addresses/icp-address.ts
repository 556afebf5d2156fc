/** Principals and accounts of the Internet Computer (spec §17.4). */
import { sha224 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase32, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

/** The canonical spelling is that of the account: a principal and its account have one balance. */
export interface IcpAddress extends DecodedAddress {
  readonly kind: 'principal' | 'account' | 'canister';
}

/** Last byte of a principal that is the hash of a key. */
const ofKey = 2;
/** Checksum, 28 bytes and the kind: 53 letters and a hyphen after each fifth. */
const lettersMax = 63;

/** The address of a text, or why it is none. */
export function decodeIcpAddress(text: string): IcpAddress | OwnershipVerdict {
  const account = /^[0-9a-fA-F]{64}$/.test(text) ? decodeHex(text, 32) : undefined;
  if (account !== undefined) return addressOfAccount(account);
  const bytes = decodePrincipalText(text);
  if (bytes === undefined) return failed('W3', 'address', 'expected 64 hexadecimal digits, or a principal');
  const principal = bytes.subarray(4);
  if (icpPrincipalText(principal) === text) return icpPrincipalOf(principal);
  return failed('W3', 'address-checksum', 'the first four bytes are not the checksum of the others');
}

function addressOfAccount(bytes: Uint8Array): IcpAddress | OwnershipVerdict {
  if (sameBytes(crc32(bytes.subarray(4)), bytes.subarray(0, 4)))
    return { canonical: bytesToHex(bytes), kind: 'account' };
  return failed('W3', 'address-checksum', 'the first four bytes are not the checksum of the others');
}

/** Checksum and principal of a text; undefined where it is none. */
function decodePrincipalText(text: string): Uint8Array | undefined {
  if (text.length > lettersMax || !/^[a-z2-7]{5}(?:-[a-z2-7]{5})*(?:-[a-z2-7]{1,5})?$/.test(text)) return undefined;
  const bytes = decodeBase32(text.replaceAll('-', '').toUpperCase());
  return bytes !== undefined && bytes.length > 4 ? bytes : undefined;
}

/** A principal as text. */
export function icpPrincipalText(bytes: Uint8Array): string {
  const letters = base32nopad.encode(concatBytes(crc32(bytes), bytes)).toLowerCase();
  return letters.match(/.{1,5}/g)!.join('-');
}

/** The address of a principal. */
function icpPrincipalOf(bytes: Uint8Array): IcpAddress {
  const kind = bytes.length === 29 && bytes[28] === ofKey ? 'principal' : 'canister';
  return { canonical: icpAccountText(bytes), kind };
}

/** The principal of a key in DER: its SHA-224 and 02. */
export function icpPrincipalBytes(der: Uint8Array): Uint8Array {
  return concatBytes(sha224(der), Uint8Array.of(ofKey));
}

/** The account of a principal without a subaccount, as text. */
export function icpAccountText(principal: Uint8Array): string {
  const hash = sha224(concatBytes(Uint8Array.of(10), utf8ToBytes('account-id'), principal, new Uint8Array(32)));
  return bytesToHex(concatBytes(crc32(hash), hash));
}

/** CRC-32 (ISO 3309), the high byte first. */
function crc32(bytes: Uint8Array): Uint8Array {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  const value = ~register;
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
