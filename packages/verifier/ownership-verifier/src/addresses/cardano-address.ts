/** Addresses of Cardano since Shelley: a header, a payment part, and perhaps a stake part, in Bech32 (CIP-19; spec §16.8). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { bech32 } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase58UpTo, sameBytes } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

const mainnet = 1;
/** More than the longest address has; those of before Shelley are at most about as long. */
const lettersMax = 130;
const hashSizeBytes = 28;

/** Types of addresses, the high half of the header, whose payment part is the hash of a key; and their sizes. */
const keyTypes = new Map([
  [0, { kind: 'base address', sizeBytes: 57 }],
  [2, { kind: 'base address with a script for stake', sizeBytes: 57 }],
  [6, { kind: 'enterprise address', sizeBytes: 29 }],
]);

export interface CardanoAddress extends DecodedAddress {
  /** Header and parts, as wallets write them into what they sign. */
  readonly bytes: Uint8Array;
  /** BLAKE2b-224 of the key that spends, 28 bytes. */
  readonly paymentHash: Uint8Array;
}

/** The address of a text, or why it is none. */
export function decodeCardanoAddress(text: string): CardanoAddress | OwnershipVerdict {
  const decoded = bech32.decodeUnsafe(text, lettersMax);
  if (decoded === undefined) return whyNoBech32(text);
  const { prefix, words } = decoded;
  if (prefix === 'addr_test') return failed('W3', 'address-network', 'the address is one of a test network');
  if (prefix === 'stake') return unsupported('W3', 'address-kind', 'no rule for stake addresses');
  if (prefix !== 'addr') return failed('W3', 'address', `expected the prefix addr, found ${prefix}`);
  const raw = bech32.fromWordsUnsafe(words);
  if (raw === undefined || raw.length < 29) return failed('W3', 'address', 'expected at least 29 bytes');
  const bytes = Uint8Array.from(raw);
  if ((bytes[0] & 15) !== mainnet) return failed('W3', 'address-network', 'the header is not one of the main network');
  const type = keyTypes.get(bytes[0] >>> 4);
  if (type === undefined) return unsupported('W3', 'address-kind', 'no rule for addresses of scripts and pointers');
  if (bytes.length !== type.sizeBytes) return failed('W3', 'address', `expected ${type.sizeBytes} bytes`);
  return cardanoAddressOf(bytes, type.kind);
}

function cardanoAddressOf(bytes: Uint8Array, kind: string): CardanoAddress {
  const canonical = bech32.encode('addr', bech32.toWords(bytes), lettersMax);
  return { canonical, kind, bytes, paymentHash: bytes.subarray(1, 1 + hashSizeBytes) };
}

/** BLAKE2b-224 of a key. */
export function cardanoKeyHash(key: Uint8Array): Uint8Array {
  return blake2b(key, { dkLen: hashSizeBytes });
}

/** The enterprise address of a key. */
export function cardanoEnterpriseAddress(key: Uint8Array): CardanoAddress {
  return cardanoAddressOf(concatBytes(Uint8Array.of((6 << 4) | mainnet), cardanoKeyHash(key)), 'enterprise address');
}

/** Addresses of before Shelley are CBOR in Base58. */
function whyNoBech32(text: string): OwnershipVerdict {
  const head = decodeBase58UpTo(text, lettersMax)?.subarray(0, 3);
  if (head !== undefined && sameBytes(head, Uint8Array.of(0x82, 0xd8, 0x18))) {
    return unsupported('W3', 'address-kind', 'no rule for addresses of before Shelley');
  }
  return failed('W3', 'address', 'expected Bech32 with a right checksum');
}
