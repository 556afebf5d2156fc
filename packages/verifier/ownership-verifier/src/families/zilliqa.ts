/** Zilliqa: accounts of one key that signs by Schnorr (spec §15.10). */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { decodeZilliqaAddress, zilliqaAccountOf, zilliqaAddressOf } from '../addresses/zilliqa-address.js';
import type { DecodedAddress, FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { decodeSecp256k1Key } from '../schemes/secp256k1-key.js';
import { verifyZilliqaSchnorr } from '../schemes/zilliqa-schnorr.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { ownersAlone, verifyOneSigner } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account'],
  schemes: ['Zilliqa message'],
  checked: 'the address is the hash of the key',
  unproven: ownersAlone,
  section: '15.10',
};

export const zilliqaFamily: OwnershipFamily<HashedKeyNetwork, DecodedAddress> = {
  decodeAddress: decodeZilliqaAddress,
  verify: (claim, address) =>
    verifyOneSigner(claim, address, {
      decode: decodeZilliqaAddress,
      verifySigner: (signature, signer) => verifySigner(claim, signature, signer),
      evidence: "the contract's owners",
    }),
  support: () => support,
};

function verifySigner({ script, message }: OwnershipClaim, text: string, address: DecodedAddress): OwnershipVerdict {
  const rs = decodeHex(text, 64);
  if (rs === undefined) return failed('W5', 'signature-format', 'expected r and s of 64 bytes in hexadecimal');
  if (script === '') return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  const key = decodeSecp256k1Key(script);
  if (key === undefined) return failed('W5', 'key-format', 'expected a key of secp256k1 in the column of scripts');
  if (!verifyZilliqaSchnorr(rs, sha256(utf8ToBytes(message)), key)) {
    return failed('W6', 'signature', 'the key in the column of scripts did not sign the message');
  }
  const found = zilliqaAddressOf(zilliqaAccountOf(key.toBytes(true))).canonical;
  if (found === address.canonical) return verified(`Zilliqa message, ${address.kind}`);
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${found}`);
}
