/** The XRP Ledger: accounts whose address is the hash of their master key (spec §13.11). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeXrpAddress, type XrpAddress, xrpAccountOf, xrpAddressOf } from '../addresses/xrp-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { sameBytes } from '../encodings/binary-text.js';
import { decodeRawEcdsa, type RecoverableSignature, rawEcdsaDigest, recoverKey } from '../schemes/raw-ecdsa.js';
import { isLowS } from '../schemes/secp256k1-key.js';
import { decodeXrpKey, decodeXrpSignature, findXrpScheme, isEd25519, isXrpKey } from '../schemes/xrp-signature.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { laterKeys, ownersAlone, verifyOneSigner } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['classic', 'X-address'],
  schemes: ['ECDSA, half of SHA-512', 'raw ECDSA', 'Ed25519', 'raw Ed25519'],
  checked: 'the address is the hash of the key',
  unproven: `${laterKeys}; ${ownersAlone}`,
  section: '13.11',
};

export const xrpFamily: OwnershipFamily<PlainNetwork, XrpAddress> = {
  decodeAddress: decodeXrpAddress,
  verify: (claim, address) =>
    verifyOneSigner(claim, address, {
      decode: decodeXrpAddress,
      verifySigner: (signature, signer) => verifySigner(claim, signature, signer),
      evidence: "the account's regular key or signer list",
    }),
  support: () => support,
};

function verifySigner(claim: OwnershipClaim, text: string, address: XrpAddress): OwnershipVerdict {
  const raw = decodeRawEcdsa(text);
  const key = decodeXrpKey(claim.script);
  if (raw === undefined || (key !== undefined && isEd25519(key))) return verifyKey(claim, text, address);
  if (claim.script !== '' && key === undefined) return keyFormat();
  return verifyRecovered(raw, claim.message, key, address);
}

/** The published raw scheme: the signature gives the key, and a key beside it is the same. */
function verifyRecovered(
  raw: RecoverableSignature,
  message: string,
  key: Uint8Array | undefined,
  address: XrpAddress,
): OwnershipVerdict {
  const recovered = isLowS(raw.rs) ? recoverKey(raw, rawEcdsaDigest(message))?.toBytes(true) : undefined;
  if (key !== undefined && !(recovered && sameBytes(key, recovered))) {
    return invalidSignature(key, 'the key in the column of scripts did not sign the message as raw ECDSA');
  }
  if (recovered === undefined) return failed('W6', 'signature', 'no key with s in the lower half made this signature');
  return compareAccount(recovered, address, 'raw ECDSA');
}

function verifyKey({ script, message }: OwnershipClaim, text: string, address: XrpAddress): OwnershipVerdict {
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeXrpKey(script);
  if (key === undefined) return keyFormat();
  const signature = decodeXrpSignature(text, key);
  if (signature === undefined) {
    return failed(
      'W5',
      'signature-format',
      'expected DER or 65 bytes for secp256k1, or 64 bytes for Ed25519, in hexadecimal',
    );
  }
  const scheme = findXrpScheme(message, signature, key);
  if (scheme === undefined) return invalidSignature(key, 'the key did not sign the message');
  return compareAccount(key, address, scheme);
}

/** Step W5 of a key that could sign nothing, else step W6: in this order, because looking at the key is slow. */
function invalidSignature(key: Uint8Array, detail: string): OwnershipVerdict {
  return isXrpKey(key) ? failed('W6', 'signature', detail) : keyFormat();
}

function keyFormat(): OwnershipVerdict {
  return failed('W5', 'key-format', 'expected 33 bytes in hexadecimal: a compressed point, or ed and an Ed25519 key');
}

function compareAccount(key: Uint8Array, address: XrpAddress, scheme: string): OwnershipVerdict {
  const account = xrpAccountOf(key);
  if (sameBytes(account, address.account)) return verified(`${scheme}, ${address.kind}`);
  // A regular key or a signer list may sign for the account; they are in the ledger, not in the row.
  const signer = xrpAddressOf(account).canonical;
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${signer}`);
}
