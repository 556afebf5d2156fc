/** Cardano: addresses whose payment part is the hash of a key (spec §16.8). */
import { bech32 } from '@scure/base';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  type CardanoAddress,
  cardanoEnterpriseAddress,
  cardanoKeyHash,
  decodeCardanoAddress,
} from '../addresses/cardano-address.js';
import type { FamilySupport, OwnershipClaim } from '../claim.js';
import { decodeHex, decodeHexUpTo, sameBytes } from '../encodings/binary-text.js';
import { decodeCoseKey, decodeCoseSign1 } from '../schemes/cose-signature.js';
import { edwardsKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { failed, type OwnershipVerdict, unproven } from '../verdict.js';
import { type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

/** A field of a row has at most 2^16 letters. */
const structureSizeMax = 2 ** 15;

// That the payload is a hash stands in the header that is not signed: whoever has a signature of 28 odd bytes can say so.
const hashedDetail =
  'the wallet signed 28 bytes and may not have shown that they are the hash of the message; a signature of the message ' +
  'itself would settle it';

const support: FamilySupport = {
  addressKinds: ['enterprise address', 'base address by its payment key'],
  schemes: ['CIP-8 (COSE_Sign1)', 'raw Ed25519'],
  checked: 'the payment part of the address is the hash of the key; the stake part is not looked at',
  unproven: `a wallet's signature of the message's hash; ${ownersAlone}`,
  section: '16.8',
};

export const cardanoFamily = keyedFamily<KeyedNetwork, CardanoAddress>({
  support,
  decodeAddress: decodeCardanoAddress,
  evidence: 'the script that the address is the hash of',
  read: readSignature,
  tie: (key, address) => (sameBytes(cardanoKeyHash(key.bytes), address.paymentHash) ? address.kind : undefined),
  spell: (key) => cardanoEnterpriseAddress(key.bytes).canonical,
});

function readSignature(
  { script, message }: OwnershipClaim,
  text: string,
  address: CardanoAddress,
): KeyedSignature | OwnershipVerdict {
  const plain = decodeHex(text, 64);
  const bytes = plain === undefined ? decodeHexUpTo(text, structureSizeMax) : undefined;
  const signed = bytes && decodeCoseSign1(bytes);
  if (plain === undefined && signed === undefined) {
    return failed('W5', 'signature-format', 'expected 64 bytes, or COSE_Sign1 of Ed25519, in hexadecimal');
  }
  const expected = 'a key of 32 bytes in hexadecimal, as addr_vk or as COSE_Key';
  const key = readKey(script, (column) => edwardsKeyOf(decodeCardanoKey(column)), expected);
  if ('verdict' in key) return key;
  if (signed === undefined) return { key, signature: plain!, forms: [rawEd25519Bytes(message)] };
  const form = signed.form(message);
  const isForOther = signed.address !== undefined && !sameBytes(signed.address, address.bytes);
  return {
    key,
    signature: signed.signature,
    forms: form === undefined ? [] : [form],
    doubt: signed.isHashed ? unproven('W7', 'payload-unseen', hashedDetail) : undefined,
    contradiction: isForOther ? failed('W7', 'address-mismatch', 'the wallet signed for another address') : undefined,
  };
}

const edwardsKeyOf = (bytes: Uint8Array | undefined) => bytes && edwardsKey(bytes);

function decodeCardanoKey(text: string): Uint8Array | undefined {
  const plain = decodeHex(text, 32);
  if (plain !== undefined) return plain;
  const words = bech32.decodeUnsafe(text);
  if (words?.prefix === 'addr_vk') {
    const bytes = bech32.fromWordsUnsafe(words.words);
    return bytes?.length === 32 ? Uint8Array.from(bytes) : undefined;
  }
  const structure = decodeHexUpTo(text, 256);
  return structure && decodeCoseKey(structure);
}
