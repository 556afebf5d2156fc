/** Addresses of Bitcoin's family: Base58Check, CashAddr, and segwit's Bech32 and Bech32m (spec §13.6). */
import { concatBytes } from '@noble/hashes/utils.js';
import { bech32, bech32m } from '@scure/base';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import type { DecodedAddress } from '../claim.js';
import { encodeBase58Check } from '../encodings/base58-check.js';
import { decodeBase58UpTo, sameBytes } from '../encodings/binary-text.js';
import { decodeCashAddr, encodeCashAddr } from '../encodings/cash-addr.js';
import { doubleSha256 } from '../schemes/bitcoin-hashes.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

export type BitcoinAddressKind = 'P2PKH' | 'P2SH' | 'P2WPKH' | 'P2WSH' | 'P2TR';

export interface BitcoinAddress extends DecodedAddress {
  readonly kind: BitcoinAddressKind;
  /** The hash of a key or script, 20 bytes (P2WSH: 32), or a taproot output key, 32 bytes. */
  readonly hash: Uint8Array;
}

/** Longest text worth decoding as Base58, and as anything. */
const base58DigitsMax = 100;
const textLengthMax = 1000;
/** Longest segwit address (BIP-173). */
const segwitLengthMax = 90;
/** 21 bytes and the checksum are 42 letters, all of one case. */
const unprefixedCashAddr = /^(?:[02-9ac-hj-np-z]{42}|[02-9AC-HJ-NP-Z]{42})$/;

/**
 * The address of a text, or why it is none of this network's. The form is the one whose checksum holds: Base58Check,
 * segwit's Bech32 or Bech32m, CashAddr with or without its prefix.
 */
export function decodeBitcoinAddress(text: string, network: BitcoinNetwork): BitcoinAddress | OwnershipVerdict {
  if (text.length > textLengthMax)
    return failed('W3', 'address', `expected an address, found ${text.length} characters`);
  const payload = base58CheckPayload(text);
  if (payload !== undefined) return addressOfPayload(payload, network);
  if (text.includes(':')) return decodeWithPrefix(text, network);
  const segwit = segwitParts(text);
  if (segwit !== undefined) return addressOfSegwit(segwit, network);
  if (network.cashAddrPrefix !== undefined && unprefixedCashAddr.test(text)) {
    return addressOfCashAddr(network.cashAddrPrefix, text.toLowerCase(), network);
  }
  return undecodable(text, network);
}

/** What Base58Check holds, without its checksum; undefined where the text is none. */
function base58CheckPayload(text: string): Uint8Array | undefined {
  const bytes = decodeBase58UpTo(text, base58DigitsMax);
  if (bytes === undefined || bytes.length < 5) return undefined;
  const payload = bytes.subarray(0, -4);
  return sameBytes(doubleSha256(payload).subarray(0, 4), bytes.subarray(-4)) ? payload : undefined;
}

function addressOfPayload(payload: Uint8Array, network: BitcoinNetwork): BitcoinAddress | OwnershipVerdict {
  const hashUnder = (versions: readonly (readonly number[])[]) => {
    const version = versions.find(
      (bytes) => payload.length === bytes.length + 20 && bytes.every((byte, i) => byte === payload[i]),
    );
    return version === undefined ? undefined : payload.subarray(version.length);
  };
  const keyHash = hashUnder(network.p2pkh);
  if (keyHash !== undefined) return bitcoinAddress('P2PKH', keyHash, network);
  const scriptHash = hashUnder(network.p2sh);
  if (scriptHash !== undefined) return bitcoinAddress('P2SH', scriptHash, network);
  if (payload.length !== 21 && payload.length !== 22) {
    return failed('W3', 'address', `expected version and hash of 21 or 22 bytes, found ${payload.length} bytes`);
  }
  return failed('W3', 'address-network', `Base58Check version ${payload[0]} is not one of ${network.title}`);
}

/** An address in its one spelling: CashAddr where the network has it, else Base58Check under the usual version, or
 * segwit in lower case. */
export function bitcoinAddress(kind: BitcoinAddressKind, hash: Uint8Array, network: BitcoinNetwork): BitcoinAddress {
  return { kind, hash, canonical: spelling(kind, hash, network) };
}

function spelling(kind: BitcoinAddressKind, hash: Uint8Array, network: BitcoinNetwork): string {
  if (kind !== 'P2PKH' && kind !== 'P2SH') {
    const words = bech32.toWords(hash);
    const prefix = network.segwitPrefix ?? '';
    return kind === 'P2TR' ? bech32m.encode(prefix, [1, ...words]) : bech32.encode(prefix, [0, ...words]);
  }
  if (network.cashAddrPrefix !== undefined) {
    const payload = concatBytes(Uint8Array.of(kind === 'P2SH' ? 8 : 0), hash);
    return `${network.cashAddrPrefix}:${encodeCashAddr(network.cashAddrPrefix, payload)}`;
  }
  const payload = concatBytes(Uint8Array.from((kind === 'P2SH' ? network.p2sh : network.p2pkh)[0]), hash);
  return encodeBase58Check(payload);
}

interface SegwitParts {
  readonly prefix: string;
  readonly encoding: 'Bech32' | 'Bech32m';
  readonly words: readonly number[];
  readonly length: number;
}

/** Prefix and 5-bit words of a text with either checksum; undefined where neither holds or letters are of both cases. */
function segwitParts(text: string): SegwitParts | undefined {
  const plain = bech32.decodeUnsafe(text, false);
  if (plain !== undefined) return { ...plain, encoding: 'Bech32', length: text.length };
  const modified = bech32m.decodeUnsafe(text, false);
  return modified === undefined ? undefined : { ...modified, encoding: 'Bech32m', length: text.length };
}

function addressOfSegwit(parts: SegwitParts, network: BitcoinNetwork): BitcoinAddress | OwnershipVerdict {
  if (network.otherPrefixes?.includes(parts.prefix) === true) {
    return unsupported('W3', 'address-kind', `no rule for ${network.title} addresses with prefix ${parts.prefix}`);
  }
  if (parts.prefix !== network.segwitPrefix) {
    return failed('W3', 'address-network', `prefix ${parts.prefix} is not one of ${network.title}`);
  }
  const [version, ...words] = parts.words;
  const program = bech32.fromWordsUnsafe([...words]);
  const wellFormed = program !== undefined && program.length >= 2 && program.length <= 40;
  if (!wellFormed || version === undefined || version > 16 || parts.length > segwitLengthMax) {
    return failed('W3', 'address', 'expected a segwit version up to 16 and a program of 2 to 40 bytes');
  }
  if ((version === 0) !== (parts.encoding === 'Bech32')) {
    return failed(
      'W3',
      'address-checksum',
      `segwit version ${version} does not go with a checksum of ${parts.encoding}`,
    );
  }
  if (version === 0) return addressOfVersionZero(program, network);
  if (version === 1 && program.length === 32 && network.taproot === true)
    return bitcoinAddress('P2TR', program, network);
  return unsupported('W3', 'address-kind', `no rule for segwit version ${version} with ${program.length} bytes here`);
}

function addressOfVersionZero(program: Uint8Array, network: BitcoinNetwork): BitcoinAddress | OwnershipVerdict {
  if (program.length === 20) return bitcoinAddress('P2WPKH', program, network);
  if (program.length === 32) return bitcoinAddress('P2WSH', program, network);
  return failed('W3', 'address', `expected 20 or 32 bytes under segwit version 0, found ${program.length}`);
}

function isUpperCase(text: string): boolean {
  return text === text.toUpperCase();
}

/** CashAddr with its prefix, in one case. */
function decodeWithPrefix(text: string, network: BitcoinNetwork): BitcoinAddress | OwnershipVerdict {
  const lower = text.toLowerCase();
  // Not the text's own upper case: some letters beside A to Z become one of a to z, and are their own upper case.
  if (text !== lower && text !== lower.toUpperCase())
    return failed('W3', 'address', 'the address mixes upper and lower case');
  const [, prefix, letters] = /^([a-z]{1,32}):([^:]*)$/.exec(lower) ?? [];
  if (prefix === undefined) return failed('W3', 'address', 'expected a prefix of letters before the colon');
  return addressOfCashAddr(prefix, letters, network);
}

function addressOfCashAddr(
  prefix: string,
  letters: string,
  network: BitcoinNetwork,
): BitcoinAddress | OwnershipVerdict {
  const payload = decodeCashAddr(prefix, letters);
  if (payload === undefined) return failed('W3', 'address-checksum', `not CashAddr under the prefix ${prefix}`);
  if (prefix !== network.cashAddrPrefix) {
    return failed('W3', 'address-network', `prefix ${prefix} is not one of ${network.title}`);
  }
  if (payload.length === 21 && payload[0] === 0) return bitcoinAddress('P2PKH', payload.subarray(1), network);
  if (payload.length === 21 && payload[0] === 8) return bitcoinAddress('P2SH', payload.subarray(1), network);
  return unsupported('W3', 'address-kind', `no rule for CashAddr version ${payload[0]} with ${payload.length} bytes`);
}

/** Why a text without a checksum that holds is no address: for people, a wrong letter is told from a wrong form. */
function undecodable(text: string, network: BitcoinNetwork): OwnershipVerdict {
  const bytes = decodeBase58UpTo(text, base58DigitsMax);
  if (bytes !== undefined && (bytes.length === 25 || bytes.length === 26)) {
    return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
  }
  const oneCase = text === text.toLowerCase() || isUpperCase(text);
  const prefixes = [network.segwitPrefix, ...(network.otherPrefixes ?? [])];
  const segwitShaped = prefixes.some((prefix) => prefix !== undefined && text.toLowerCase().startsWith(`${prefix}1`));
  if (segwitShaped && oneCase) return failed('W3', 'address-checksum', 'neither checksum of a segwit address holds');
  if (segwitShaped) return failed('W3', 'address', 'the address mixes upper and lower case');
  return failed('W3', 'address', `expected an address of ${network.title}`);
}
