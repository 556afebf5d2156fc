/** Addresses of the XRP Ledger: a 20-byte account, in classic spelling or as an X-address with a tag (spec §13.11). */
import { concatBytes } from '@noble/hashes/utils.js';
import { base58xrp } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { sameBytes } from '../encodings/binary-text.js';
import { doubleSha256, hash160 } from '../schemes/bitcoin-hashes.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const accountVersion = 0x00;
const mainnetX = [0x05, 0x44];
const testnetX = [0x04, 0x93];
/** An X-address has 47 letters, a classic one up to 35. */
const lettersMax = 48;

export interface XrpAddress extends DecodedAddress {
  /** RIPEMD-160 of SHA-256 of the account's key, 20 bytes. */
  readonly account: Uint8Array;
}

/** The address of a text in either spelling, or why it is none. The tag of an X-address says who is credited inside the
 * account, so that addresses with different tags are one account. */
export function decodeXrpAddress(text: string): XrpAddress | OwnershipVerdict {
  const bytes = decodeXrpBase58(text);
  if (bytes === undefined || (bytes.length !== 25 && bytes.length !== 35)) {
    return failed('W3', 'address', "expected 25 or 35 bytes in Base58 of the ledger's alphabet");
  }
  const payload = bytes.subarray(0, -4);
  if (!sameBytes(bytes.subarray(-4), checksum(payload))) {
    return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
  }
  return payload.length === 21 ? classicAddress(payload, text) : taggedAddress(payload);
}

function decodeXrpBase58(text: string): Uint8Array | undefined {
  if (text.length > lettersMax) return undefined;
  try {
    return base58xrp.decode(text);
  } catch {
    return undefined;
  }
}

function classicAddress(payload: Uint8Array, canonical: string): XrpAddress | OwnershipVerdict {
  if (payload[0] === accountVersion) return { canonical, kind: 'account', account: payload.subarray(1) };
  return failed(
    'W3',
    'address',
    `expected version 0x00 of accounts, found 0x${payload[0].toString(16).padStart(2, '0')}`,
  );
}

/** Prefix, account, a flag for the tag, and the tag in eight bytes, of which the last four are zero. */
function taggedAddress(payload: Uint8Array): XrpAddress | OwnershipVerdict {
  const prefix = payload.subarray(0, 2);
  if (sameBytes(prefix, Uint8Array.from(testnetX))) {
    return failed('W3', 'address-network', 'the address is marked for the test network');
  }
  const [flag, tag] = [payload[22], payload.subarray(23)];
  const tagFits = tag.subarray(4).every((byte) => byte === 0) && (flag === 1 || tag.every((byte) => byte === 0));
  if (!sameBytes(prefix, Uint8Array.from(mainnetX)) || flag > 1 || !tagFits) {
    return failed('W3', 'address', 'expected the prefix of an X-address, and no tag or one of 32 bits');
  }
  return xrpAddressOf(payload.subarray(2, 22));
}

/** The address of a 20-byte account; the canonical spelling is the classic one. */
export function xrpAddressOf(account: Uint8Array): XrpAddress {
  const payload = concatBytes(Uint8Array.of(accountVersion), account);
  return { canonical: base58xrp.encode(concatBytes(payload, checksum(payload))), kind: 'account', account };
}

/** The account that a 33-byte key opens, 20 bytes. */
export function xrpAccountOf(key: Uint8Array): Uint8Array {
  return hash160(key);
}

function checksum(payload: Uint8Array): Uint8Array {
  return doubleSha256(payload).subarray(0, 4);
}
