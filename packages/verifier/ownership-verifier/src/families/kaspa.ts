/** Kaspa: accounts that are a key of secp256k1 (spec §17.2). */
import { schnorr } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeKaspaAddress, type KaspaAddress, kaspaAddressOf } from '../addresses/kaspa-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex, sameBytes } from '../encodings/binary-text.js';
import { decodeRawEcdsa, type RecoverableSignature, rawEcdsaDigest, recoverKey } from '../schemes/raw-ecdsa.js';
import { isLowS, pointOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { ownersAlone, verifySigners } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['Schnorr account', 'ECDSA account'],
  schemes: ['Kaspa personal message', 'raw ECDSA'],
  checked: 'the address is the key',
  unproven: ownersAlone,
  section: '17.2',
};

const signatureTexts = { schnorr: '64 bytes in hexadecimal', ecdsa: 'R, S and V in hexadecimal' } as const;

export const kaspaFamily: OwnershipFamily<KeyedNetwork, KaspaAddress> = {
  decodeAddress: decodeKaspaAddress,
  support: () => support,
  verify(claim, address) {
    if (claim.owners.length > 0 && claim.script !== '') {
      return unsupported('W5', 'signature-form', 'each owner is a key: expected nothing in the column of scripts');
    }
    return verifySigners(claim, address, {
      decode: decodeKaspaAddress,
      verifySigner: (signature, signer) => verifySigner(claim, signature, signer),
      evidence: 'the script that the address is the hash of',
    });
  },
};

/** The digest that wallets sign, 32 bytes: BLAKE2b-256 with a key. */
export function kaspaDigest(message: string): Uint8Array {
  return blake2b(utf8ToBytes(message), { dkLen: 32, key: utf8ToBytes('PersonalMessageSigningHash') });
}

/** Steps W5 to W7 for one account: the key stands in its address, and perhaps in the column of scripts too. */
function verifySigner({ script, message }: OwnershipClaim, text: string, address: KaspaAddress): OwnershipVerdict {
  const { scheme, key } = address;
  const signature = scheme === 'schnorr' ? decodeHex(text, 64) : decodeRawEcdsa(text);
  if (signature === undefined) return failed('W5', 'signature-format', `expected ${signatureTexts[scheme]}`);
  const stated = script === '' ? key : decodeHex(script, key.length);
  if (stated === undefined) return failed('W5', 'key-format', `expected a key of ${key.length} bytes`);
  const verdict =
    signature instanceof Uint8Array ? verifySchnorr(signature, message, key) : verifyEcdsa(signature, message, address);
  return verdict.verdict !== 'verified' || sameBytes(stated, key) ? verdict : mismatch(stated, address);
}

function mismatch(key: Uint8Array, address: KaspaAddress): OwnershipVerdict {
  const found = kaspaAddressOf(key).canonical;
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${found}`);
}

function verifySchnorr(signature: Uint8Array, message: string, key: Uint8Array): OwnershipVerdict {
  if (schnorr.verify(signature, kaspaDigest(message), key)) return verified('Kaspa personal message, Schnorr account');
  if (!isXOnlyKey(key)) return failed('W5', 'key-format', 'expected the x of a point in the address');
  return failed('W6', 'signature', 'the key in the address did not sign the message');
}

/** Whether 32 bytes are the x of a point (BIP-340). */
function isXOnlyKey(bytes: Uint8Array): boolean {
  return pointOf(Uint8Array.of(2, ...bytes)) !== undefined;
}

/** The published raw form: the signature gives the key. */
function verifyEcdsa(signature: RecoverableSignature, message: string, address: KaspaAddress): OwnershipVerdict {
  if (!isLowS(signature.rs)) {
    return failed('W6', 'signature', 'expected R and S below the order and not 0, and S in its lower half');
  }
  const key = recoverKey(signature, rawEcdsaDigest(message))?.toBytes(true);
  if (key === undefined) return failed('W6', 'signature', 'no key made this signature');
  return sameBytes(key, address.key) ? verified('raw ECDSA, ECDSA account') : mismatch(key, address);
}
