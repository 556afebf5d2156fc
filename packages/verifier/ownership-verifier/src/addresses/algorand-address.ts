/** Addresses of Algorand: a key, or the hash of several, and a checksum in Base32 (spec §16.6). */
import { sha512_256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { sameBytes } from '../schemes/binary-text.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const checksumSizeBytes = 4;
const multisigVersion = 1;
/** As many as a row has signatures. The chain takes more. */
const membersMax = 20;

export interface AlgorandAddress extends DecodedAddress {
  /** 32 bytes: a key, or a hash. */
  readonly bytes: Uint8Array;
}

/** The address of a text, or why it is none. */
export function decodeAlgorandAddress(text: string): AlgorandAddress | OwnershipVerdict {
  const bytes = decodeBase32(text);
  if (bytes === undefined) return failed('W3', 'address', 'expected 58 letters of Base32 in upper case');
  const address = algorandAddressOf(bytes.subarray(0, 32));
  if (address.canonical === text) return address;
  return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
}

/** The address of a key or hash. */
export function algorandAddressOf(bytes: Uint8Array): AlgorandAddress {
  const checksum = sha512_256(bytes).subarray(-checksumSizeBytes);
  return { canonical: base32nopad.encode(concatBytes(bytes, checksum)), kind: 'account', bytes };
}

/** Several keys, of which as many as the threshold says must sign. */
export interface AlgorandMultisig {
  readonly threshold: number;
  readonly keys: readonly Uint8Array[];
}

/** `multisig|threshold|address|address|…`, up to 20 members, none twice; undefined for other texts. */
export function decodeAlgorandMultisig(text: string): AlgorandMultisig | undefined {
  const [form, count, ...members] = text.split('|');
  if (form !== 'multisig' || !/^[1-9][0-9]{0,1}$/.test(count ?? '') || members.length > membersMax) return undefined;
  const keys: Uint8Array[] = [];
  for (const member of members) {
    const address = decodeAlgorandAddress(member);
    if ('verdict' in address || keys.some((key) => sameBytes(key, address.bytes))) return undefined;
    keys.push(address.bytes);
  }
  const threshold = Number(count);
  return threshold <= keys.length ? { threshold, keys } : undefined;
}

/** The address of several keys. */
export function algorandMultisigAddress({ threshold, keys }: AlgorandMultisig): AlgorandAddress {
  const head = concatBytes(utf8ToBytes('MultisigAddr'), Uint8Array.of(multisigVersion, threshold));
  return algorandAddressOf(sha512_256(concatBytes(head, ...keys)));
}

function decodeBase32(text: string): Uint8Array | undefined {
  if (text.length !== 58) return undefined;
  try {
    return base32nopad.decode(text);
  } catch {
    return undefined;
  }
}
