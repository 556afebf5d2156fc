/** Aptos: accounts whose address is the authentication key that they began with (spec §13.12). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import {
  type AptosAddress,
  aptosAddressOf,
  aptosAuthenticationKeys,
  decodeAptosAddress,
} from '../addresses/aptos-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { decodeAptosSignature } from '../schemes/aptos-message.js';
import { decodeHex, sameBytes } from '../schemes/binary-text.js';
import { verifyEd25519, whyInvalid } from '../schemes/ed25519.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { checkSignatureCount, verifyOwnerSignatures } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['Ed25519 account', 'single-key account'],
  schemes: ['Aptos message', 'raw Ed25519'],
  checked: 'the address is the authentication key of the key',
  unproven: 'objects, and accounts whose key was changed',
  section: '13.12',
};

export const aptosFamily: OwnershipFamily<PlainNetwork, AptosAddress> = {
  decodeAddress: decodeAptosAddress,
  verify(claim, address) {
    const { owners, signatures } = claim;
    if (owners.length > 1) {
      return unsupported('W5', 'signature-form', 'one key stands in the column of scripts: expected at most one owner');
    }
    if (owners.length === 1) {
      return verifyOwnerSignatures(claim, {
        decode: decodeAptosAddress,
        // A wallet states the account that it signs for, which after a rotation is not its key's.
        verifySigner: (signature, owner) => verifyKey(claim, signature, owner, [owner, address]),
        evidence: "the account's authentication key, or the object's owner,",
      });
    }
    return checkSignatureCount(signatures, 1) ?? verifyKey(claim, signatures[0], address, [address]);
  },
  support: () => support,
};

/** Steps W5 to W7 for the account `address`; a wallet may have stated one of the addresses `statable`. */
function verifyKey(
  { script, message }: OwnershipClaim,
  text: string,
  address: AptosAddress,
  statable: readonly AptosAddress[],
): OwnershipVerdict {
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeAptosKey(script);
  if (key === undefined) return failed('W5', 'key-format', 'expected an Ed25519 key of 32 bytes in hexadecimal');
  const decoded = decodeAptosSignature(text, message);
  if (decoded === undefined) {
    return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal, alone or after aptos|…|nonce=…|');
  }
  const { signature, signed, statedAddress } = decoded;
  if (!verifyEd25519(signature, signed.bytes, key)) {
    return whyInvalid(key) ?? failed('W6', 'signature', `the key did not sign the message as ${signed.scheme}`);
  }
  if (statedAddress !== undefined && !statable.some((one) => spells(statedAddress, one))) {
    return failed('W7', 'address-mismatch', `the wallet signed for ${statedAddress}`);
  }
  const derived = aptosAuthenticationKeys(key);
  const account = derived.find(({ bytes }) => sameBytes(bytes, address.bytes));
  if (account !== undefined) return verified(`${signed.scheme}, ${account.scheme}`);
  // After a rotation another key signs for the account; that is on the chain, not in the row.
  const signer = aptosAddressOf(derived[0].bytes).canonical;
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${signer}`);
}

/** 32 bytes in hexadecimal, also with the prefix of AIP-80 in which the chain's tools write keys. */
function decodeAptosKey(text: string): Uint8Array | undefined {
  return decodeHex(text.replace(/^ed25519-pub-/, ''), 32);
}

function spells(text: string, address: AptosAddress): boolean {
  const decoded = decodeAptosAddress(text);
  return !isVerdict(decoded) && decoded.canonical === address.canonical;
}
