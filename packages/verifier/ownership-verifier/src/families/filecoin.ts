/** Filecoin: accounts of keys of secp256k1 and BLS (spec §15.3). */
import { blake2b } from '@noble/hashes/blake2.js';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { decodeFilecoinAddress, type FilecoinAddress, filecoinAddressOf } from '../addresses/filecoin-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { basicBlsSuite, decodeBlsPublicKey, decodeBlsSignature, verifyBls } from '../schemes/bls.js';
import { filecoinSignedBytes } from '../schemes/filecoin-message.js';
import { decodeRawEcdsa, rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { type HashedKeyRules, verifyHashedKey } from './hashed-key-family.js';
import { checkSignatureCount, ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['f1 account', 'f3 account'],
  schemes: ['Filecoin bytes', 'Filecoin message (FRC-0102)', 'raw ECDSA'],
  checked: 'the address is the hash of the key, or the BLS key itself',
  unproven: `f0 and f2, which are actors; ${ownersAlone}`,
  section: '15.3',
};

/** The kinds of signatures in the chain's own tools, which write them before the signature. */
const secp256k1Kind = /^(?:0x)?01(?=[0-9a-fA-F]{130}$)/;
const blsKind = /^(?:0x)?02(?=[0-9a-fA-F]{192}$)/;

const rules: HashedKeyRules<HashedKeyNetwork, FilecoinAddress> = {
  decodeAddress: decodeFilecoinAddress,
  addressesOf: (key) => [filecoinAddressOf(key)],
  decodeRecoverable: (text) => decodeRawEcdsa(text.length > 134 ? '' : text.replace(secp256k1Kind, '')),
  recoverable: (message) => [
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
    ...filecoinSignedBytes(message).map(({ scheme, bytes }) => {
      return { scheme, digest: () => blake2b(bytes, { dkLen: 32 }) };
    }),
  ],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal, alone or after 01',
  evidence: "the actor's signers",
};

export const filecoinFamily: OwnershipFamily<HashedKeyNetwork, FilecoinAddress> = {
  decodeAddress: decodeFilecoinAddress,
  verify(claim, address, network) {
    const { blsKey } = address;
    if (blsKey === undefined) return verifyHashedKey(claim, address, network, rules);
    return verifyBlsAccount(claim, blsKey);
  },
  support: () => support,
};

function verifyBlsAccount(
  { message, signatures, owners, script }: OwnershipClaim,
  bytes: Uint8Array,
): OwnershipVerdict {
  if (owners.length > 0) return unsupported('W5', 'signature-form', 'no rule for owners of an account of BLS');
  const countVerdict = checkSignatureCount(signatures, 1);
  if (countVerdict !== undefined) return countVerdict;
  const [text] = signatures;
  const point = decodeHex(text.length > 196 ? '' : text.replace(blsKind, ''), 96);
  const signature = point && decodeBlsSignature(point);
  if (signature === undefined) {
    return failed('W5', 'signature-format', 'expected 96 bytes of BLS in hexadecimal, alone or after 02');
  }
  const key = script === '' ? decodeBlsPublicKey(bytes) : undefined;
  if (key === undefined) {
    return failed('W5', 'key-format', 'expected a BLS key in the address, and nothing in the column of scripts');
  }
  const form = filecoinSignedBytes(message).find(({ bytes }) => verifyBls(signature, bytes, key, basicBlsSuite));
  if (form === undefined) return failed('W6', 'signature', 'the key in the address did not sign the message');
  return verified(`${form.scheme}, BLS account`);
}
