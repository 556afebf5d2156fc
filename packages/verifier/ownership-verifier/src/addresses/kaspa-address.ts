/** Addresses of Kaspa: a version and a key or the hash of a script, in Base32 with a checksum (spec §17.2). */
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { decodeCashAddr, encodeCashAddr } from '../encodings/cash-addr.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

const prefix = 'kaspa';
/** Bytes of a key by the version of its address: a key of BIP-340 has x alone, one of ECDSA is compressed. */
const keySizes = [32, 33];
const scriptVersion = 8;

export interface KaspaAddress extends DecodedAddress {
  readonly scheme: 'schnorr' | 'ecdsa';
  /** 32 bytes of a key of BIP-340, or 33 of one of ECDSA. */
  readonly key: Uint8Array;
}

/** The address of a text, or why it is none of this network's. */
export function decodeKaspaAddress(text: string): KaspaAddress | OwnershipVerdict {
  const [, found, letters] = /^([a-z]{1,16}):([a-z0-9]{61,63})$/.exec(text) ?? [];
  if (letters === undefined) return failed('W3', 'address', 'expected kaspa: and 61 or 63 letters in lower case');
  const payload = decodeCashAddr(found, letters);
  if (payload === undefined) return failed('W3', 'address-checksum', `not an address under the prefix ${found}`);
  if (found !== prefix) return failed('W3', 'address-network', `expected the prefix kaspa, found ${found}`);
  const [version] = payload;
  const key = payload.subarray(1);
  if (version === scriptVersion && key.length === 32) {
    return unsupported('W3', 'address-kind', 'no rule for addresses of scripts');
  }
  if (keySizes[version] !== key.length) {
    return failed('W3', 'address', `expected version 0, 1 or 8 with its size, found ${bytesToHex(payload)}`);
  }
  return kaspaAddressOf(key);
}

/** The address of a key of 32 bytes, which signs by BIP-340, or of 33, which signs by ECDSA. */
export function kaspaAddressOf(key: Uint8Array): KaspaAddress {
  const version = keySizes.indexOf(key.length);
  const scheme = version === 0 ? 'schnorr' : 'ecdsa';
  const canonical = `${prefix}:${encodeCashAddr(prefix, concatBytes(Uint8Array.of(version), key))}`;
  return { canonical, kind: `${scheme} account`, scheme, key };
}
