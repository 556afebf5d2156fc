/** Addresses of Tezos: a prefix and BLAKE2b-160 of a key in Base58Check, and contracts (spec §17.1). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { decodeBase58Check, encodeBase58Check } from '../encodings/base58-check.js';
import { sameBytes } from '../encodings/binary-text.js';
import type { Curve, PublicKey } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';

/** A curve of which the chain takes keys. */
export type TezosCurve = Exclude<Curve, 'sr25519'>;

export interface TezosAddress extends DecodedAddress {
  /** The curve of the account's key; contracts have none. */
  readonly curve?: TezosCurve;
}

/** The bytes that spell tz1, tz2 and tz3 before 20 bytes. */
const accountPrefixes: { readonly [C in TezosCurve]: readonly number[] } = {
  ed25519: [6, 161, 159],
  secp256k1: [6, 161, 161],
  secp256r1: [6, 161, 164],
};
const blsPrefix = [6, 161, 166];
const contractPrefix = [2, 90, 121];

/** The address of a text, or why it is none. */
export function decodeTezosAddress(text: string): TezosAddress | OwnershipVerdict {
  if (!/^(?:tz[1-4]|KT1)[1-9A-HJ-NP-Za-km-z]{33}$/.test(text)) {
    return failed('W3', 'address', 'expected tz1, tz2, tz3 or KT1 and 33 letters of Base58');
  }
  const bytes = decodeBase58Check(text);
  if (bytes === undefined) return failed('W3', 'address-checksum', 'the checksum of Base58Check does not hold');
  const begins = (prefix: readonly number[]) =>
    bytes.length === 23 && sameBytes(bytes.subarray(0, 3), Uint8Array.from(prefix));
  if (begins(contractPrefix)) return { canonical: text, kind: 'contract' };
  if (begins(blsPrefix)) return unsupported('W3', 'address-kind', 'no rule for accounts of BLS, tz4');
  const curve = (Object.keys(accountPrefixes) as TezosCurve[]).find((name) => begins(accountPrefixes[name]));
  if (curve === undefined) return failed('W3', 'address', 'expected a prefix of Tezos and 20 bytes');
  return { canonical: text, kind: `${curve} account`, curve };
}

/** The account that a key opens. */
export function tezosAccountOf({ curve, bytes }: PublicKey): TezosAddress {
  const known = curve as TezosCurve;
  const payload = concatBytes(Uint8Array.from(accountPrefixes[known]), blake2b(bytes, { dkLen: 20 }));
  return { canonical: encodeBase58Check(payload), kind: `${known} account`, curve: known };
}
