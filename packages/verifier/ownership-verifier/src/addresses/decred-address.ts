/** Addresses of Decred: two bytes of version and 20 of hash in Base58Check with BLAKE-256 (spec §15.9). */
import { blake256 } from '@noble/hashes/blake1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import { decodeBase58, sameBytes } from '../encodings/binary-text.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

const keyVersion = 0x073f;
/** Of Ed25519, of Schnorr, of scripts, and of keys themselves. */
const otherVersions = [0x071f, 0x0701, 0x071a, 0x1386];

/** The address of a text, or why it is none. */
export function decodeDecredAddress(text: string): HashedKeyAddress | OwnershipVerdict {
  const bytes = decodeBase58(text, 26);
  if (bytes === undefined) return failed('W3', 'address', 'expected 26 bytes in Base58Check');
  const payload = bytes.subarray(0, 22);
  if (!sameBytes(checksum(payload), bytes.subarray(22))) {
    return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
  }
  const version = (payload[0] << 8) | payload[1];
  if (version === keyVersion) return { canonical: text, kind: 'P2PKH' };
  if (otherVersions.includes(version)) return unsupported('W3', 'address-kind', 'no rule for addresses but of one key');
  return failed('W3', 'address-network', `expected version 073f, found ${version.toString(16).padStart(4, '0')}`);
}

function checksum(bytes: Uint8Array): Uint8Array {
  return blake256(blake256(bytes)).subarray(0, 4);
}

/** The address of a key in the spelling that signed. */
export function decredAddressOf(key: CurvePoint, compressed: boolean): HashedKeyAddress {
  const hash = ripemd160(blake256(key.toBytes(compressed)));
  const payload = concatBytes(Uint8Array.of(keyVersion >> 8, keyVersion & 255), hash);
  return { canonical: base58.encode(concatBytes(payload, checksum(payload))), kind: 'P2PKH' };
}
