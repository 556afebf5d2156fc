/** Tron: accounts whose key signs a message of version 1 or 2 (spec §13.8). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeTronAddress, type TronAddress, tronAddressOf } from '../addresses/tron-address.js';
import type { FamilySupport, OwnershipFamily } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { tryRecoveredForms } from '../explain/recovered-forms.js';
import { decodeEvmSignatures, recoverEvmSigner } from '../schemes/evm-signature.js';
import { tronDigests } from '../schemes/tron-message.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { laterKeys, ownersAlone, verifySigners } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account'],
  schemes: ['Tron message v1', 'Tron message v2'],
  checked: 'the recovered account is the address',
  unproven: `${laterKeys}; ${ownersAlone}`,
  section: '13.8',
};

export const tronFamily: OwnershipFamily<PlainNetwork, TronAddress> = {
  decodeAddress: decodeTronAddress,
  verify: (claim, address) =>
    verifySigners(claim, address, {
      decode: decodeTronAddress,
      verifySigner: (signature, signer) => verifySigner(signature, claim.message, signer),
      evidence: "the account's permissions, or the contract's owners,",
    }),
  tryForms: ({ signatures, message }, { canonical }) =>
    tryRecoveredForms(signatures, canonical, tronDigests(message), spellAccount),
  support: () => support,
};

/** An account of `0x` and 40 digits as Tron writes it. */
function spellAccount(account: string): string {
  return tronAddressOf(hexToBytes(account.slice(2))).canonical;
}

/** Steps W5 to W7 for one account and the signature said to be its own, which has the form of the EVM's. */
function verifySigner(text: string, message: string, address: TronAddress): OwnershipVerdict {
  // The EVM's other forms, of 64 bytes or wrapped, are none of Tron's.
  if (decodeHex(text, 65) === undefined) {
    return failed('W5', 'signature-format', 'expected R, S and V of 65 bytes in hexadecimal');
  }
  const decoded = decodeEvmSignatures(text, 1);
  if ('verdict' in decoded) return decoded;
  const expected = `0x${bytesToHex(address.account)}`;
  const recovered = recoverEvmSigner(decoded[0], tronDigests(message), (account) => account === expected);
  if (recovered.ok) return verified(`${recovered.scheme}, ${address.kind}`);
  if (recovered.accounts.length === 0) return failed('W6', 'signature', 'no key made this signature');
  // Account permissions may give other keys control of an address; they are on the chain, not in the row.
  const signers = recovered.accounts.map(spellAccount);
  return failed(
    'W7',
    'address-mismatch',
    `expected a signature by ${address.canonical}, found ${signers.join(' or ')}`,
  );
}
