/** Solana: accounts whose address is their key, and the associated token accounts of an owner (spec §13.9). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeSolanaAddress, findAssociatedMint, isOnCurve, type SolanaAddress } from '../addresses/solana-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { decodeBase58, decodeBase64, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { findEd25519Scheme } from '../schemes/ed25519.js';
import { edwardsKey, whyInvalidKey } from '../schemes/public-key.js';
import { solanaSignedBytes } from '../schemes/solana-message.js';
import { failed, type OwnershipVerdict, unproven, verified } from '../verdict.js';
import { checkSignatureCount, verifyOwnerSignatures } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'associated token account of a known mint'],
  schemes: ['Solana message', 'Solana off-chain message v0', 'Solana off-chain message v1', 'raw Ed25519'],
  checked: 'the address is the key, or the associated token account of the key and a known mint',
  unproven: 'accounts of programs, and other token accounts',
  section: '13.9',
};

export const solanaFamily: OwnershipFamily<PlainNetwork, SolanaAddress> = {
  decodeAddress: decodeSolanaAddress,
  verify(claim, address) {
    if (claim.owners.length > 1) return verifyOwners(claim);
    return checkSignatureCount(claim.signatures, 1) ?? verifySigner(claim, claim.signatures[0], address);
  },
  support: () => support,
};

function verifyOwners(claim: OwnershipClaim): OwnershipVerdict {
  return verifyOwnerSignatures(claim, {
    decode: decodeSolanaAddress,
    // Each owner is itself the key.
    verifySigner: (signature, owner) => verifySigner({ ...claim, owners: [], script: '' }, signature, owner),
    evidence: "the account's owner and data",
  });
}

/** The key that the row names beside the address: the owner's, or the one in the column of scripts. */
function namedKey(owner: string | undefined, script: string): Uint8Array | undefined | OwnershipVerdict {
  const named = owner === undefined ? undefined : decodeSolanaAddress(owner);
  if (named !== undefined && isVerdict(named)) return failed('W5', 'owner-format', `owner: ${named.detail}`);
  const written = script === '' ? undefined : (decodeHex(script, 32) ?? decodeBase58(script, 32));
  if (script !== '' && written === undefined) {
    return failed('W5', 'key-format', 'expected a public key of 32 bytes in hexadecimal or Base58');
  }
  if (named !== undefined && written !== undefined && !sameBytes(named.bytes, written)) {
    return failed('W5', 'key-format', 'expected the key of the owner in the column of scripts, found another one');
  }
  return named?.bytes ?? written;
}

/** Steps W5 to W7 with the key that the row names, or else the address. */
function verifySigner(claim: OwnershipClaim, text: string, address: SolanaAddress): OwnershipVerdict {
  const signature = decodeSolanaSignature(text);
  if (signature === undefined) {
    return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal, Base58 or Base64');
  }
  const named = namedKey(claim.owners[0], claim.script);
  if (named !== undefined && 'verdict' in named) return named;
  const key = named ?? address.bytes;
  const scheme = findEd25519Scheme(solanaSignedBytes(claim.message, key), signature, key);
  if (scheme !== undefined) return compareAddress(scheme, key, claim, address);
  if (named === undefined && !isOnCurve(key)) {
    return failed(
      'W5',
      'key-missing',
      'the address is derived by a program: expected the key of its owner, found none',
    );
  }
  return (
    whyInvalidKey(edwardsKey(key)) ?? failed('W6', 'signature', 'the key signed none of the known forms of the message')
  );
}

/** Step W7 for a key that signed. */
function compareAddress(
  scheme: string,
  key: Uint8Array,
  claim: OwnershipClaim,
  address: SolanaAddress,
): OwnershipVerdict {
  if (sameBytes(key, address.bytes)) return verified(`${scheme}, account`);
  if (isOnCurve(address.bytes)) {
    if (claim.owners.length === 0) {
      return failed('W7', 'address-mismatch', 'expected the key that the address is, found another one');
    }
  } else {
    const mint = findAssociatedMint(address.bytes, key);
    if (mint !== undefined) return verified(`${scheme}, associated token account of ${mint.symbol}`);
  }
  return unproven(
    'W7',
    'owner-unproven',
    "the owner signed, and nothing here ties it to the address; the account's owner and data at the snapshot block would",
  );
}

/** 64 bytes in hexadecimal, Base58 or Base64; no text is of two of these forms. */
function decodeSolanaSignature(text: string): Uint8Array | undefined {
  return decodeHex(text, 64) ?? decodeBase64(text, 64) ?? decodeBase58(text, 64);
}
