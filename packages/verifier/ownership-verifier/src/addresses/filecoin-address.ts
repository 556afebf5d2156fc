/** Addresses of Filecoin: of keys, of actors, by number, and those of its EVM (spec §15.3). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import { decodeBase32, sameBytes } from '../encodings/binary-text.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

/** An address of Filecoin, with the key that it is if it is one of BLS. */
export interface FilecoinAddress extends HashedKeyAddress {
  /** The 48 bytes of a BLS key, which such an address holds whole. */
  readonly blsKey?: Uint8Array;
}

/** Base32 of 48 bytes and four of checksum, after two letters. */
const lettersMax = 90;
/** The actor that gives EVM accounts their addresses (FIP-0048, FIP-0055). */
const evmNamespace = 10;
const secp256k1Protocol = 1;
const payloadSizes: Readonly<Record<number, number>> = { 1: 20, 2: 20, 3: 48 };

/** The address of a text, or why it is none. */
export function decodeFilecoinAddress(text: string): FilecoinAddress | OwnershipVerdict {
  const [, network, protocol, rest] = /^([ft])([0-9])([a-z0-9]+)$/.exec(text.length > lettersMax ? '' : text) ?? [];
  if (rest === undefined) return failed('W3', 'address', 'expected f, a protocol from 0 to 4 and lower-case letters');
  if (network === 't') return failed('W3', 'address-network', 'the address is marked for a test network');
  if (protocol === '0') return decodeNumber(text, rest);
  if (protocol === '4') return decodeDelegated(text);
  const size = payloadSizes[Number(protocol)];
  if (size === undefined) return failed('W3', 'address', `expected a protocol from 0 to 4, found ${protocol}`);
  const payload = decodeChecked(rest, Uint8Array.of(Number(protocol)), size);
  if ('verdict' in payload) return payload;
  if (protocol === '1') return { canonical: text, kind: 'account' };
  if (protocol === '2') return { canonical: text, kind: 'actor', evidence: 'the signers in the state of the actor' };
  return { canonical: text, kind: 'BLS account', blsKey: payload };
}

function decodeNumber(text: string, digits: string): FilecoinAddress | OwnershipVerdict {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(digits))
    return failed('W3', 'address', 'expected a number of at most 20 digits');
  return { canonical: text, kind: 'actor by number', evidence: 'the key address in the state of the actor' };
}

/** The account of 20 bytes of an address of Filecoin's EVM; undefined for other texts, or the verdict against. */
export function decodeFilecoinEvmAccount(text: string): Uint8Array | OwnershipVerdict | undefined {
  const rest = /^f410f([a-z2-7]{1,80})$/.exec(text)?.[1];
  return rest === undefined ? undefined : decodeChecked(rest, Uint8Array.of(4, evmNamespace), 20);
}

function decodeDelegated(text: string): OwnershipVerdict {
  const account = decodeFilecoinEvmAccount(text);
  if (account === undefined) return unsupported('W3', 'address-kind', 'no rule for other actors’ namespaces than 10');
  if ('verdict' in account) return account;
  // It is a second spelling of an account of the EVM, whose balance is to be counted once.
  return failed('W3', 'address-network', 'expected the network filecoin-evm for an account of its EVM');
}

/** The payload before its checksum, which is BLAKE2b of protocol and payload. */
function decodeChecked(letters: string, head: Uint8Array, size: number): Uint8Array | OwnershipVerdict {
  const bytes = decodeBase32(letters.toUpperCase());
  if (bytes?.length !== size + 4)
    return failed('W3', 'address', `expected ${size} bytes and four of checksum in Base32`);
  const payload = bytes.subarray(0, size);
  if (sameBytes(checksum(concatBytes(head, payload)), bytes.subarray(size))) return payload;
  return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
}

/** The address of a key of secp256k1: BLAKE2b of its 65 bytes. */
export function filecoinAddressOf(key: CurvePoint): FilecoinAddress {
  const payload = blake2b(key.toBytes(false), { dkLen: 20 });
  const bytes = concatBytes(payload, checksum(concatBytes(Uint8Array.of(secp256k1Protocol), payload)));
  return { canonical: `f1${base32nopad.encode(bytes).toLowerCase()}`, kind: 'account' };
}

function checksum(bytes: Uint8Array): Uint8Array {
  return blake2b(bytes, { dkLen: 4 });
}
