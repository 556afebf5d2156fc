/** Chains of the Cosmos SDK: accounts of one key or of a threshold of members (spec §15.2). */
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import {
  cosmosAccountOf,
  cosmosAddressOf,
  cosmosMultisigAccountOf,
  decodeCosmosAddress,
} from '../addresses/cosmos-address.js';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { adr36Bytes } from '../schemes/adr36.js';
import { decodeAminoMultisig, looksLikeAminoMultisig } from '../schemes/amino-multisig.js';
import { checkThreshold } from '../schemes/bitcoin-multisig.js';
import { type CurvePoint, decodeRawEcdsa, rawEcdsaDigest, recoverKey } from '../schemes/raw-ecdsa.js';
import { decodeCompact, isLowS } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { type HashedKeyRules, verifyHashedKey } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'm of n members by their amino key'],
  schemes: ['ADR-36', 'raw ECDSA'],
  checked: 'the address is the hash of the key; of several members, enough distinct ones signed',
  unproven: `${ownersAlone}; addresses of 32 bytes, which are contracts and modules`,
  section: '15.2',
};

/** All that a signature can have: two points for each of the two x coordinates that r may stand for. */
const recoveryIds = [0, 1, 2, 3];

const rules: HashedKeyRules<CosmosNetwork, HashedKeyAddress> = {
  decodeAddress: decodeCosmosAddress,
  addressesOf: (key, network) => [cosmosAddressOf(cosmosAccountOf(key, network), network)],
  recoverable: (message) => [{ scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) }],
  keyed: (message, address, network) => [
    { scheme: 'ADR-36', digest: () => adr36Digest(message, address.canonical, network) },
  ],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal, or R and S of 64 bytes in Base64 or hexadecimal',
  evidence: "the members of the account's key, or the contract's owners,",
};

export const cosmosFamily: OwnershipFamily<CosmosNetwork, HashedKeyAddress> = {
  decodeAddress: decodeCosmosAddress,
  verify(claim, address, network) {
    if (claim.owners.length === 0 && looksLikeAminoMultisig(claim.script)) {
      return verifyMembers(claim, address, network);
    }
    return verifyHashedKey(claim, address, network, rules);
  },
  support: () => support,
};

function adr36Digest(message: string, signer: string, { ethereumKeys }: CosmosNetwork): Uint8Array {
  return (ethereumKeys === true ? keccak_256 : sha256)(adr36Bytes(message, signer));
}

/** Steps W5 to W7 for a threshold key in the column of scripts. */
function verifyMembers(claim: OwnershipClaim, address: HashedKeyAddress, network: CosmosNetwork): OwnershipVerdict {
  const { signatures, script, message } = claim;
  if (signatures.length === 0) return failed('W5', 'signature-missing', 'expected a signature, found none');
  const wrong = signatures.findIndex((text) => decodeRawEcdsa(text) === undefined && decodeCompact(text) === undefined);
  if (wrong !== -1) {
    return failed('W5', 'signature-format', `signature ${wrong + 1}: expected ${rules.signatureTexts}`);
  }
  const decoded = decodeAminoMultisig(script);
  if (decoded === undefined) {
    return failed('W5', 'script-format', 'expected an amino key of m of n different members of secp256k1');
  }
  const signers = signatures.map((text) => signersOf(text, message, address, network));
  const problem = checkThreshold(decoded.key, signers);
  if (problem !== undefined) return problem;
  const found = cosmosAddressOf(cosmosMultisigAccountOf(decoded.bytes), network).canonical;
  if (found !== address.canonical) {
    return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${found}`);
  }
  return verified(`${decoded.key.threshold} of ${decoded.key.keys.length} members`);
}

/** The keys that may have made a signature, recovered from it: trying each member would cost up to 64 times as much. */
function signersOf(
  text: string,
  message: string,
  address: HashedKeyAddress,
  network: CosmosNetwork,
): readonly CurvePoint[] {
  const raw = decodeRawEcdsa(text);
  const rs = raw?.rs ?? decodeCompact(text)!;
  if (!isLowS(rs)) return [];
  const digest = raw === undefined ? adr36Digest(message, address.canonical, network) : rawEcdsaDigest(message);
  const ids = raw === undefined ? recoveryIds : [raw.recoveryId];
  return ids.flatMap((recoveryId) => recoverKey({ rs, recoveryId }, digest) ?? []);
}
