/** Kaspa: accounts that are a key of secp256k1 (spec §17.2). */
import { schnorr } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeKaspaAddress, type KaspaAddress, kaspaAddressOf } from '../addresses/kaspa-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex, sameBytes } from '../schemes/binary-text.js';
import { decodeRawEcdsa, rawEcdsaDigest, recoverKey } from '../schemes/raw-ecdsa.js';
import { isLowS, pointOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { checkSignatureCount, ownersAlone, verifyOwnerSignatures } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['Schnorr account', 'ECDSA account'],
  schemes: ['Kaspa personal message', 'raw ECDSA'],
  checked: 'the address is the key',
  unproven: ownersAlone,
  section: '17.2',
};

export const kaspaFamily: OwnershipFamily<KeyedNetwork, KaspaAddress> = {
  decodeAddress: decodeKaspaAddress,
  support: () => support,
  verify(claim, address) {
    const { owners, signatures, script } = claim;
    if (owners.length > 0 && script !== '') {
      return unsupported('W5', 'signature-form', 'each owner is a key: expected nothing in the column of scripts');
    }
    if (owners.length > 0) {
      return verifyOwnerSignatures(claim, {
        decode: decodeKaspaAddress,
        verifySigner: (signature, owner) => verifySigner(claim, signature, owner),
        evidence: 'the script that the address is the hash of',
      });
    }
    return checkSignatureCount(signatures, 1) ?? verifySigner(claim, signatures[0], address);
  },
};

/** The digest that wallets sign, 32 bytes: BLAKE2b-256 with a key. */
export function kaspaDigest(message: string): Uint8Array {
  return blake2b(utf8ToBytes(message), { dkLen: 32, key: utf8ToBytes('PersonalMessageSigningHash') });
}

function verifySigner({ script, message }: OwnershipClaim, text: string, address: KaspaAddress): OwnershipVerdict {
  const keyVerdict = checkKey(script, address);
  if (keyVerdict !== undefined) return keyVerdict;
  return address.scheme === 'schnorr' ? verifySchnorr(text, message, address) : verifyEcdsa(text, message, address);
}

/** Steps W5 and W7 of the column of scripts: the key stands in the address. */
function checkKey(script: string, address: KaspaAddress): OwnershipVerdict | undefined {
  if (script === '') return undefined;
  const key = decodeHex(script, address.key.length);
  if (key === undefined) return failed('W5', 'key-format', `expected a key of ${address.key.length} bytes`);
  return sameBytes(key, address.key) ? undefined : mismatch(kaspaAddressOf(key), address);
}

function mismatch(found: KaspaAddress, address: KaspaAddress): OwnershipVerdict {
  const detail = `expected the key of ${address.canonical}, found that of ${found.canonical}`;
  return failed('W7', 'address-mismatch', detail);
}

function verifySchnorr(text: string, message: string, address: KaspaAddress): OwnershipVerdict {
  const signature = decodeHex(text, 64);
  if (signature === undefined) return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal');
  if (schnorr.verify(signature, kaspaDigest(message), address.key)) {
    return verified('Kaspa personal message, Schnorr account');
  }
  if (!isXOnlyKey(address.key)) return failed('W5', 'key-format', 'expected the x of a point in the address');
  return failed('W6', 'signature', 'the key in the address did not sign the message');
}

/** Whether 32 bytes are the x of a point (BIP-340). */
function isXOnlyKey(bytes: Uint8Array): boolean {
  return pointOf(Uint8Array.of(2, ...bytes)) !== undefined;
}

/** The published raw form: the signature gives the key. */
function verifyEcdsa(text: string, message: string, address: KaspaAddress): OwnershipVerdict {
  const signature = decodeRawEcdsa(text);
  if (signature === undefined) return failed('W5', 'signature-format', 'expected R, S and V in hexadecimal');
  if (!isLowS(signature.rs)) {
    return failed('W6', 'signature', 'expected R and S below the order and not 0, and S in its lower half');
  }
  const key = recoverKey(signature, rawEcdsaDigest(message))?.toBytes(true);
  if (key === undefined) return failed('W6', 'signature', 'no key made this signature');
  return sameBytes(key, address.key) ? verified('raw ECDSA, ECDSA account') : mismatch(kaspaAddressOf(key), address);
}
