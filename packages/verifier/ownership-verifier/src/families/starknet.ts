/** Starknet: accounts are contracts, whose addresses follow from a key where their class is known (spec §15.13). */
import { hexToBytes } from '@noble/hashes/utils.js';
import { keccak, Point, verify } from '@scure/starknet';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { findStarknetClass, starknetAddressEnd } from '../addresses/starknet-accounts.js';
import type { DecodedAddress, FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { withCasesOf } from '../encodings/mixed-case.js';
import { decodeFelt } from '../schemes/starknet-hash.js';
import { starknetDigests } from '../schemes/starknet-message.js';
import { failed, type OwnershipVerdict, unproven, unsupported, verified } from '../verdict.js';
import { checkSignatureCount, laterKeys } from './owner-signatures.js';

/** An address of Starknet, below 2^251 − 256. */
export interface StarknetAddress extends DecodedAddress {
  readonly felt: bigint;
}

const support: FamilySupport = {
  addressKinds: ['account of a known class'],
  schemes: ['published SNIP-12', 'SNIP-12'],
  checked: 'the address follows from the key and a known class of accounts',
  unproven: `accounts of other classes, and those whose key was another one at first; ${laterKeys}`,
  section: '15.13',
};

export const starknetFamily: OwnershipFamily<HashedKeyNetwork, StarknetAddress> = {
  decodeAddress,
  verify(claim, address) {
    if (claim.owners.length > 0) return unsupported('W5', 'signature-form', 'no rule for owners of an account');
    return checkSignatureCount(claim.signatures, 1) ?? verifySigner(claim, address);
  },
  support: () => support,
};

function decodeAddress(text: string): StarknetAddress | OwnershipVerdict {
  const felt = text.startsWith('0x') ? decodeFelt(text) : undefined;
  if (felt === undefined || felt === 0n || felt >= starknetAddressEnd) {
    return failed('W3', 'address', 'expected 0x and up to 64 digits, a number below 2^251 − 256 and not 0');
  }
  const digits = felt.toString(16).padStart(64, '0');
  if (!hasRightCases(text.slice(2), digits)) {
    return failed('W3', 'address-checksum', 'digits of both cases, and the cases are not the checksum');
  }
  return { canonical: `0x${digits}`, kind: 'account', felt };
}

/** Of digits of both cases, each letter's case is a bit of the hash of the number's bytes. */
function hasRightCases(text: string, digits: string): boolean {
  if (text === text.toLowerCase() || text === text.toUpperCase()) return true;
  const shortest = digits.replace(/^(?:00)+/, '');
  const nibbles = keccak(hexToBytes(shortest)).toString(16).padStart(64, '0');
  const checked = withCasesOf(digits, nibbles);
  return checked.endsWith(text) && checked.slice(0, -text.length).replace(/0/g, '') === '';
}

function verifySigner({ script, signatures, message }: OwnershipClaim, address: StarknetAddress): OwnershipVerdict {
  const rs = decodeHex(signatures[0], 64);
  if (rs === undefined) return failed('W5', 'signature-format', 'expected r and s of 64 bytes in hexadecimal');
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeFelt(script);
  if (key === undefined || !isStarkKey(key)) {
    return failed('W5', 'key-format', 'expected the x coordinate of a key in hexadecimal');
  }
  const form = starknetDigests(message, address.felt).find(({ digest }) => hasSigned(rs, digest(), key));
  if (form === undefined) return failed('W6', 'signature', 'the key in the column of scripts did not sign the message');
  const found = findStarknetClass(address.felt, key);
  if (found !== undefined) return verified(`${form.scheme}, ${found.name}`);
  return unproven(
    'W7',
    'account-unproven',
    'the key signed, and its accounts of the known classes have other addresses; the class and the key of the account ' +
      'at a block would settle it',
  );
}

/** A key with this x coordinate and an even y; a key is known by its x alone. */
const keyText = (key: bigint) => `02${key.toString(16).padStart(64, '0')}`;

function isStarkKey(key: bigint): boolean {
  return attempt(() => {
    Point.fromHex(keyText(key));
    return true;
  });
}

/** A signature under the key with the one y is a signature under the other, for x alone is compared. */
function hasSigned(rs: Uint8Array, digest: bigint, key: bigint): boolean {
  const texts = [keyText(key), keyText(key).replace('02', '03')];
  return texts.some((text) => attempt(() => verify(rs, digest.toString(16), text)));
}

function attempt(run: () => boolean): boolean {
  try {
    return run();
  } catch {
    return false;
  }
}
