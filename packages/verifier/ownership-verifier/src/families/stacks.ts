/** Stacks: accounts of one key, and of several by their script (spec §15.4). */
import { hexToBytes } from '@noble/hashes/utils.js';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import {
  decodeStacksAddress,
  isStacksScript,
  type StacksAddress,
  stacksAddressesOf,
} from '../addresses/stacks-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { checkThreshold, readMultisig } from '../schemes/bitcoin-multisig.js';
import { decodeRawEcdsa, type RecoverableSignature, rawEcdsaDigest, recoverKey } from '../schemes/raw-ecdsa.js';
import { isLowS } from '../schemes/secp256k1-key.js';
import type { SignedDigest } from '../schemes/signed-digest.js';
import { stacksMessageDigest } from '../schemes/stacks-message.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { type HashedKeyRules, verifyHashedKey } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'm of n keys by their script'],
  schemes: ['Stacks message', 'raw ECDSA'],
  checked: 'the address is the hash of the key or script; of scripts, enough distinct keys signed',
  unproven: `contracts; ${ownersAlone}`,
  section: '15.4',
};

const digests = (message: string): readonly SignedDigest[] => [
  { scheme: 'Stacks message', digest: () => stacksMessageDigest(message) },
  { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
];

const rules: HashedKeyRules<HashedKeyNetwork, StacksAddress> = {
  decodeAddress: decodeStacksAddress,
  addressesOf: stacksAddressesOf,
  recoverable: digests,
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal',
  evidence: "the contract's owners",
};

/** A script of m of n keys in hexadecimal: a number from 1 to 16, and at last OP_CHECKMULTISIG. */
const multisigText = /^(?:0x)?((?:5[1-9a-f]|60)(?:[0-9a-f]{2})+ae)$/i;
const scriptLettersMax = 20_002;

export const stacksFamily: OwnershipFamily<HashedKeyNetwork, StacksAddress> = {
  decodeAddress: decodeStacksAddress,
  verify(claim, address, network) {
    const { script, owners } = claim;
    const digits = script.length > scriptLettersMax ? undefined : multisigText.exec(script)?.[1];
    if (address.scriptHash === undefined || digits === undefined || owners.length > 0) {
      return verifyHashedKey(claim, address, network, rules);
    }
    return verifyScript(claim, hexToBytes(digits), address.scriptHash);
  },
  support: () => support,
};

/** Steps W5 to W7 for a script in the column of scripts. */
function verifyScript({ signatures, message }: OwnershipClaim, bytes: Uint8Array, hash: Uint8Array): OwnershipVerdict {
  if (signatures.length === 0) return failed('W5', 'signature-missing', 'expected a signature, found none');
  const decoded = signatures.map(decodeRawEcdsa);
  const wrong = decoded.indexOf(undefined);
  if (wrong !== -1) {
    return failed('W5', 'signature-format', `signature ${wrong + 1}: expected ${rules.signatureTexts}`);
  }
  const script = readMultisig(bytes, false);
  if ('verdict' in script) return script;
  const problem = checkThreshold(
    script,
    (decoded as RecoverableSignature[]).map((signature) => signersOf(signature, message)),
  );
  if (problem !== undefined) return problem;
  if (!isStacksScript(bytes, hash)) return failed('W7', 'address-mismatch', 'the script belongs to another address');
  return verified(`${script.threshold} of ${script.keys.length} keys`);
}

function signersOf(signature: RecoverableSignature, message: string) {
  if (!isLowS(signature.rs)) return [];
  return digests(message).flatMap(({ digest }) => recoverKey(signature, digest()) ?? []);
}
