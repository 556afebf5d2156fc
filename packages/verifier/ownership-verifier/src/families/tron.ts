/** Tron: accounts whose key signs a message of version 1 or 2 (spec §13.8). */
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeTronAddress, type TronAddress, tronAddressOf } from '../addresses/tron-address.js';
import type { OwnershipFamily } from '../claim.js';
import { sameBytes } from '../schemes/binary-text.js';
import { decodeTronSignature, recoverTronAccount, tronDigests } from '../schemes/tron-message.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { checkSignatureCount, verifyOwnerSignatures } from './owner-signatures.js';

export const tronFamily: OwnershipFamily<PlainNetwork, TronAddress> = {
  decodeAddress: decodeTronAddress,
  verify(claim, address) {
    const { owners, signatures, message } = claim;
    if (owners.length > 0) {
      return verifyOwnerSignatures(claim, {
        decode: decodeTronAddress,
        verifySigner: (signature, owner) => verifySigner(signature, message, owner),
        evidence: "the account's permissions, or the contract's owners,",
      });
    }
    return checkSignatureCount(signatures, 1) ?? verifySigner(signatures[0], message, address);
  },
};

/** Steps W5 to W7 for one account and the signature said to be its own. */
function verifySigner(signature: string, message: string, address: TronAddress): OwnershipVerdict {
  const bytes = decodeTronSignature(signature);
  if (bytes === undefined) {
    return failed('W5', 'signature-format', 'expected R, S and V of 65 bytes in hexadecimal, V being 0, 1, 27 or 28');
  }
  const signers: string[] = [];
  for (const { scheme, digest } of tronDigests(message)) {
    const account = recoverTronAccount(bytes, digest);
    if (account === undefined) continue;
    if (sameBytes(account, address.account)) return verified(`${scheme}, ${address.kind}`);
    signers.push(tronAddressOf(account).canonical);
  }
  if (signers.length === 0) return failed('W6', 'signature', 'no key with s in the lower half made this signature');
  // Account permissions may give other keys control of an address; they are on the chain, not in the row.
  return failed(
    'W7',
    'address-mismatch',
    `expected a signature by ${address.canonical}, found ${signers.join(' or ')}`,
  );
}
