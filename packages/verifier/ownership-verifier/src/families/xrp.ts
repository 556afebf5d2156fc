/** The XRP Ledger: accounts whose address is the hash of their master key (spec §13.11). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeXrpAddress, type XrpAddress, xrpAccountOf, xrpAddressOf } from '../addresses/xrp-address.js';
import type { OwnershipClaim, OwnershipFamily } from '../claim.js';
import { sameBytes } from '../schemes/binary-text.js';
import { decodeXrpKey, decodeXrpSignature, findXrpScheme } from '../schemes/xrp-signature.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { checkSignatureCount, verifyOwnerSignatures } from './owner-signatures.js';

export const xrpFamily: OwnershipFamily<PlainNetwork, XrpAddress> = {
  decodeAddress: decodeXrpAddress,
  verify(claim, address) {
    const { owners, signatures } = claim;
    if (owners.length > 1) {
      return unsupported('W5', 'signature-form', 'one key stands in the column of scripts: expected at most one owner');
    }
    if (owners.length === 1) {
      return verifyOwnerSignatures(claim, {
        decode: decodeXrpAddress,
        verifySigner: (signature, owner) => verifyKey(claim, signature, owner),
        evidence: "the account's regular key or signer list",
      });
    }
    return checkSignatureCount(signatures, 1) ?? verifyKey(claim, signatures[0], address);
  },
};

function verifyKey({ script, message }: OwnershipClaim, text: string, address: XrpAddress): OwnershipVerdict {
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeXrpKey(script);
  if (key === undefined) {
    return failed('W5', 'key-format', 'expected 33 bytes in hexadecimal: a compressed point, or ed and an Ed25519 key');
  }
  const signature = decodeXrpSignature(text, key);
  if (signature === undefined) {
    return failed('W5', 'signature-format', 'expected DER for secp256k1 or 64 bytes for Ed25519, in hexadecimal');
  }
  const scheme = findXrpScheme(message, signature, key);
  if (scheme === undefined) return failed('W6', 'signature', 'the key did not sign the message');
  const account = xrpAccountOf(key);
  if (sameBytes(account, address.account)) return verified(`${scheme}, ${address.kind}`);
  // A regular key or a signer list may sign for the account; they are in the ledger, not in the row.
  const signer = xrpAddressOf(account).canonical;
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${signer}`);
}
