/** Sui: accounts whose address is the hash of a key, or of several with their weights (spec §16.2). */
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  decodeSuiAddress,
  flaggedSuiKey,
  type SuiAddress,
  type SuiCurve,
  suiAccountOf,
  suiAddressOf,
  suiFlags,
  suiMultisigFlag,
} from '../addresses/sui-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeBase64UpTo, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { uint16 } from '../encodings/little-endian.js';
import { edwardsKey, isSameKey, type PublicKey, publicKeySizeBytes, whyInvalidKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { parseSuiSignature, type SuiMultisig, suiSignatureSizeMax, suiSignedBytes } from '../schemes/sui-message.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { findScheme, type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['Ed25519 account', 'secp256k1 account', 'secp256r1 account', 'account of several keys'],
  schemes: ['Sui personal message', 'raw Ed25519'],
  checked: 'the address is the hash of the key, or of keys and threshold; of several keys, enough weight signed',
  unproven: `objects; ${ownersAlone}`,
  section: '16.2',
};

const keyExpected = 'a key of 32 bytes in hexadecimal, or flag and key in Base64';

const keyed = keyedFamily<KeyedNetwork, SuiAddress>({
  support,
  decodeAddress: decodeSuiAddress,
  evidence: "the object's owner",
  read: (claim, text) => readSignature(claim, text),
  tie: (key, address) => (sameBytes(suiAccountOf(key).bytes, address.bytes) ? `${key.curve} account` : undefined),
  spell: (key) => suiAccountOf(key).canonical,
});

export const suiFamily: OwnershipFamily<KeyedNetwork, SuiAddress> = {
  ...keyed,
  verify(claim, address, network) {
    const { signatures, owners, script } = claim;
    const bytes = signatures.length === 1 ? decodeBase64UpTo(signatures[0], suiSignatureSizeMax) : undefined;
    if (bytes?.[0] !== suiMultisigFlag || owners.length > 0) return keyed.verify(claim, address, network);
    const multisig = parseSuiSignature(bytes);
    if (multisig === undefined || multisig === 'unknown' || multisig.kind !== 'several keys') return signatureFormat();
    if (script !== '') return failed('W5', 'key-format', 'the keys stand in the signature: expected no script');
    return verifyMultisig(multisig, claim.message, address);
  },
};

function signatureFormat(): OwnershipVerdict {
  const expected = '64 bytes in hexadecimal, or flag, signature and key in Base64';
  return failed('W5', 'signature-format', `expected ${expected}`);
}

function readSignature({ script, message }: OwnershipClaim, text: string): KeyedSignature | OwnershipVerdict {
  const raw = decodeHex(text, 64);
  if (raw !== undefined) {
    const key = readKey(script, decodeSuiKey, keyExpected);
    if ('verdict' in key) return key;
    if (key.curve !== 'ed25519') return failed('W5', 'key-format', 'expected an Ed25519 key beside 64 bytes');
    return { key, signature: raw, forms: [rawEd25519Bytes(message)] };
  }
  const bytes = decodeBase64UpTo(text, suiSignatureSizeMax);
  const parsed = bytes && parseSuiSignature(bytes);
  if (parsed === 'unknown') return unsupported('W5', 'signature-form', 'no rule for zkLogin and passkeys');
  if (parsed === undefined) return signatureFormat();
  if (parsed.kind === 'several keys') {
    return unsupported('W5', 'signature-form', 'no rule for owners of several keys');
  }
  const key = readKey(script, decodeSuiKey, keyExpected, parsed.key);
  if ('verdict' in key) return key;
  if (!isSameKey(key, parsed.key))
    return failed('W5', 'key-format', 'the script and the signature have different keys');
  return { key, signature: parsed.signature, forms: [suiSignedBytes(message, key.curve)] };
}

/** 32 bytes in hexadecimal, which are Ed25519's, or flag and key in Base64. */
function decodeSuiKey(text: string): PublicKey | undefined {
  const plain = decodeHex(text, 32);
  if (plain !== undefined) return edwardsKey(plain);
  const bytes = decodeBase64UpTo(text, 34);
  const curve = (Object.keys(suiFlags) as SuiCurve[]).find((name) => suiFlags[name] === bytes?.[0]);
  if (bytes === undefined || curve === undefined || bytes.length !== 1 + publicKeySizeBytes(curve)) return undefined;
  return { curve, bytes: bytes.subarray(1) };
}

/** Steps W6 and W7 for several keys: each signature is its member's, and their weights reach the threshold. */
function verifyMultisig(multisig: SuiMultisig, message: string, address: SuiAddress): OwnershipVerdict {
  let weight = 0;
  for (const { member, curve, signature } of multisig.signatures) {
    const { key, weight: own } = multisig.members[member];
    const scheme =
      key.curve === curve ? findScheme({ key, signature, forms: [suiSignedBytes(message, curve)] }) : undefined;
    if (scheme === undefined) {
      return whyInvalidKey(key) ?? failed('W6', 'signature', `member ${member + 1} did not sign the message`);
    }
    weight += own;
  }
  if (weight < multisig.threshold) {
    return failed('W6', 'threshold', `expected signatures of weight ${multisig.threshold}, found ${weight}`);
  }
  const found = multisigAddress(multisig);
  if (sameBytes(found.bytes, address.bytes)) return verified('Sui personal message, account of several keys');
  const detail = `expected the keys of ${address.canonical}, found those of ${found.canonical}`;
  return failed('W7', 'address-mismatch', detail);
}

function multisigAddress({ members, threshold }: SuiMultisig): SuiAddress {
  const head = concatBytes(Uint8Array.of(suiMultisigFlag), uint16(threshold));
  const parts = members.flatMap(({ key, weight }) => [flaggedSuiKey(key), Uint8Array.of(weight)]);
  return suiAddressOf(blake2b(concatBytes(head, ...parts), { dkLen: 32 }));
}
