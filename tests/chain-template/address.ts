/**
 * Addresses of the chain: goes to `packages/verifier/ownership-verifier/src/addresses`. The first line of the file cites the
 * document that says how addresses are made, and the section of the specification.
 *
 * Here an address is `tpl`, the first 20 bytes of the SHA-256 of an Ed25519 key, and 4 bytes of checksum, in hexadecimal.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '@solvent/ownership-verifier/claim';
import { sameBytes } from '@solvent/ownership-verifier/encodings/binary-text';
import { failed, type OwnershipVerdict } from '@solvent/ownership-verifier/verdict';

const pattern = /^tpl([0-9a-f]{40})([0-9a-f]{8})$/i;

export interface TemplateAddress extends DecodedAddress {
  /** What the key is hashed to, 20 bytes. */
  readonly account: Uint8Array;
}

/** The address of a text, or why it is none. Never throws, whatever the text. */
export function decodeTemplateAddress(text: string): TemplateAddress | OwnershipVerdict {
  const [, digits, checksum] = pattern.exec(text) ?? [];
  if (digits === undefined) return failed('W3', 'address', 'expected tpl and 48 hexadecimal digits');
  const account = hexToBytes(digits);
  if (sameBytes(hexToBytes(checksum), checksumOf(account))) return templateAddressOf(account);
  return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
}

/** The address of an account. One account has one canonical spelling, whatever spellings the chain takes. */
export function templateAddressOf(account: Uint8Array): TemplateAddress {
  return { canonical: `tpl${bytesToHex(account)}${bytesToHex(checksumOf(account))}`, kind: 'account', account };
}

/** The account of a key. */
export function templateAccountOf(key: Uint8Array): Uint8Array {
  return sha256(key).subarray(0, 20);
}

function checksumOf(account: Uint8Array): Uint8Array {
  return sha256(sha256(account)).subarray(0, 4);
}
