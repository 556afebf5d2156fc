/** Hedera: accounts by an alias that follows from a key, and by a number, which follows from none (spec §17.3). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  decodeHederaAddress,
  decodeHederaKey,
  type HederaAddress,
  hederaAddressOf,
} from '../addresses/hedera-address.js';
import type { FamilySupport, OwnershipClaim } from '../claim.js';
import { decodeBase64, decodeHex } from '../encodings/binary-text.js';
import type { SignedBytes } from '../schemes/ed25519.js';
import type { PublicKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { failed, type OwnershipVerdict, unproven } from '../verdict.js';
import { type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { laterKeys, ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['EVM alias', 'key alias'],
  schemes: ['Hedera signed message', 'raw Ed25519'],
  checked: 'the alias is the key or its hash',
  unproven: `accounts by number, 0.0.N, whose key is on the chain; ${laterKeys}; ${ownersAlone}`,
  section: '17.3',
};

const accountKey = "the account's key at the snapshot";

export const hederaFamily = keyedFamily<KeyedNetwork, HederaAddress>({
  support,
  decodeAddress: decodeHederaAddress,
  evidence: accountKey,
  read: readSignature,
  tie,
  spell: (key) => hederaAddressOf(key).canonical,
});

/** What wallets sign: the length is of UTF-16 code units in the wallets' own library, and of bytes in others. */
function signedTexts(message: string): readonly Uint8Array[] {
  const lengths = new Set([message.length, utf8ToBytes(message).length]);
  return [...lengths].map((length) => utf8ToBytes(`\x19Hedera Signed Message:\n${length}${message}`));
}

/** What a key may have signed: bytes, or under a key of secp256k1 their Keccak-256. */
export function hederaForms(message: string, { curve }: PublicKey): readonly SignedBytes[] {
  const forms = signedTexts(message).map((bytes) => ({ scheme: 'Hedera signed message', bytes }));
  if (curve === 'ed25519') return [...forms, rawEd25519Bytes(message)];
  return forms.map(({ scheme, bytes }) => ({ scheme, bytes: keccak_256(bytes) }));
}

function readSignature({ script, message }: OwnershipClaim, text: string): KeyedSignature | OwnershipVerdict {
  const signature = decodeHex(text, 64) ?? decodeBase64(text, 64);
  if (signature === undefined) return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal or Base64');
  const key = readKey(script, decodeHederaKey, 'a key of 32 or 33 bytes in hexadecimal, alone or in DER');
  return 'verdict' in key ? key : { key, signature, forms: hederaForms(message, key) };
}

function tie(key: PublicKey, address: HederaAddress): string | OwnershipVerdict | undefined {
  const { canonical } = hederaAddressOf(key);
  if (address.kind === 'account by number') {
    const detail = `signed by the key of ${canonical}; nothing here ties it to the account: ${accountKey} would`;
    return unproven('W7', 'account-unproven', detail);
  }
  return canonical === address.canonical ? address.kind : undefined;
}
