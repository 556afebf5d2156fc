/** Addresses of Conflux's core space: 20 bytes in Base32 (CIP-37), or in hexadecimal as before it (spec §15.5). */
import { concatBytes } from '@noble/hashes/utils.js';
import { decodeHex } from '../encodings/binary-text.js';
import { decodeCashAddr, encodeCashAddr } from '../encodings/cash-addr.js';
import { hasRightCases } from '../encodings/mixed-case.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { ethereumAccountOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

const alphabet = 'abcdefghjkmnprstuvwxyz0123456789';
const prefix = 'cfx';
/** Prefix, up to 20 letters of a kind, 42 of the address, two colons. */
const lettersMax = 70;
const kinds: Readonly<Record<string, number>> = { user: 1, contract: 8, builtin: 0, null: 0 };

/** The address of a text, or why it is none. */
export function decodeConfluxAddress(text: string): HashedKeyAddress | OwnershipVerdict {
  const account = text.startsWith('0x') ? decodeHex(text, 20) : undefined;
  if (account !== undefined) return hasRightCases(text.slice(2)) ? addressOfAccount(account) : wrongCases();
  const lower = text.length > lettersMax ? '' : text.toLowerCase();
  // Not the text's own upper case: some letters beside A to Z become one of a to z, and are their own upper case.
  if (lower !== text && lower.toUpperCase() !== text) {
    return failed('W3', 'address', 'expected 0x and 40 digits, or Base32 after cfx in one case');
  }
  const [, found, kind, letters] = /^([a-z0-9]+):(?:type\.([a-z]+):)?([a-z0-9]{42})$/.exec(lower) ?? [];
  if (letters === undefined) return failed('W3', 'address', 'expected 42 letters of Base32 after cfx and a colon');
  if (found !== prefix) return failed('W3', 'address-network', `expected the prefix cfx, found ${found}`);
  const payload = decodeCashAddr(prefix, letters, alphabet);
  if (payload?.length !== 21 || payload[0] !== 0) {
    return failed('W3', 'address-checksum', 'the checksum of Base32 does not hold');
  }
  if (kind !== undefined && kinds[kind] !== payload[1] >> 4) {
    return failed('W3', 'address', `expected an address of the kind ${kind}`);
  }
  return addressOfAccount(payload.subarray(1));
}

function wrongCases(): OwnershipVerdict {
  return failed('W3', 'address-checksum', 'digits of both cases, and the cases are not the checksum of EIP-55');
}

/** The first digit is the kind: 1 of accounts of keys, 8 of contracts. */
function addressOfAccount(account: Uint8Array): HashedKeyAddress | OwnershipVerdict {
  const canonical = `${prefix}:${encodeCashAddr(prefix, concatBytes(Uint8Array.of(0), account), alphabet)}`;
  const kind = account[0] >> 4;
  if (kind === 1) return { canonical, kind: 'account' };
  if (kind === 8) return { canonical, kind: 'contract', evidence: 'the code and the state of the contract' };
  if (kind === 0) return unsupported('W3', 'address-kind', 'no rule for addresses that are built in');
  return failed('W3', 'address', `expected a first digit of 0, 1 or 8, found ${kind.toString(16)}`);
}

/** The address of a key: its account of Ethereum with 1 as its first digit. */
export function confluxAddressOf(key: CurvePoint): HashedKeyAddress {
  const account = ethereumAccountOf(key).slice();
  account[0] = 0x10 | (account[0] & 15);
  return addressOfAccount(account) as HashedKeyAddress;
}
