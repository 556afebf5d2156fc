/** Addresses of Substrate's chains: a network's prefix and a 32-byte account in Base58 (SS58; spec §16.3). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import type { Ss58Network } from '@solvent/report-format/networks/network';
import type { DecodedAddress } from '../claim.js';
import { decodeBase58UpTo, sameBytes } from '../encodings/binary-text.js';
import { uint16 } from '../encodings/little-endian.js';
import type { Members } from '../schemes/member-signatures.js';
import type { PublicKey } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

/** What the hash of an account of several members begins with. */
const membersHeader = utf8ToBytes('modlpy/utilisuba');
const checksumHeader = utf8ToBytes('SS58PRE');
/** Two bytes of prefix, 33 of a key and two of checksum take 51 letters. */
const lettersMax = 51;

export interface Ss58Address extends DecodedAddress {
  /** 32 bytes. */
  readonly account: Uint8Array;
}

/** The address of a text, or why it is none of this network's. */
export function decodeSs58Address(text: string, network: Ss58Network): Ss58Address | OwnershipVerdict {
  const bytes = decodeBase58UpTo(text, lettersMax);
  const prefixSize = bytes !== undefined && bytes[0] < 64 ? 1 : 2;
  const size = (bytes?.length ?? 0) - prefixSize - 2;
  if (bytes === undefined || bytes[0] > 127 || (size !== 32 && size !== 33)) {
    return failed('W3', 'address', 'expected prefix, account and checksum, 35 or 36 bytes, in Base58');
  }
  if (!sameBytes(bytes.subarray(-2), checksum(bytes.subarray(0, -2)))) {
    return failed('W3', 'address-checksum', 'the last two bytes are not the checksum of the others');
  }
  const prefix = prefixSize === 1 ? bytes[0] : longPrefix(bytes[0], bytes[1]);
  // A small prefix has one byte: two would be another spelling of the same address.
  if (prefixSize === 2 && prefix < 64) return failed('W3', 'address', `expected prefix ${prefix} in one byte`);
  if (!network.prefixes.includes(prefix)) {
    const expected = network.prefixes.join(' or ');
    return failed('W3', 'address-network', `expected prefix ${expected} of ${network.title}, found ${prefix}`);
  }
  if (size === 33) return unsupported('W3', 'address-kind', 'no rule for accounts of 33 bytes');
  return ss58AddressOf(bytes.subarray(prefixSize, -2), network);
}

/** The address of a 32-byte account; under the network's usual prefix it is canonical. */
export function ss58AddressOf(account: Uint8Array, { prefixes: [prefix] }: Ss58Network): Ss58Address {
  const head =
    prefix < 64
      ? Uint8Array.of(prefix)
      : Uint8Array.of(((prefix & 0xfc) >> 2) | 0x40, (prefix >> 8) | ((prefix & 3) << 6));
  const payload = concatBytes(head, account);
  return { canonical: base58.encode(concatBytes(payload, checksum(payload))), kind: 'account', account };
}

/** The account that a key opens: the key itself, or the BLAKE2b-256 of a key of secp256k1. */
export function ss58AccountOf({ curve, bytes }: PublicKey): Uint8Array {
  return curve === 'secp256k1' ? blake2b(bytes, { dkLen: 32 }) : bytes;
}

/** The account of several members: the hash of the accounts in the order of their bytes, after their number, and of the
 * threshold. */
export function ss58AccountOfMembers({ members, threshold }: Members<Ss58Address>): Uint8Array {
  const accounts = members.map(({ account }) => account).sort(compareBytes);
  // Compact form of a number below 64.
  const count = Uint8Array.of(accounts.length << 2);
  const parts = [membersHeader, count, ...accounts, uint16(threshold)];
  return blake2b(concatBytes(...parts), { dkLen: 32 });
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at === -1 ? 0 : a[at] - b[at];
}

/** The 14 bits of a prefix of two bytes. */
function longPrefix(first: number, second: number): number {
  return ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8);
}

function checksum(payload: Uint8Array): Uint8Array {
  return blake2b(concatBytes(checksumHeader, payload), { dkLen: 64 }).subarray(0, 2);
}
