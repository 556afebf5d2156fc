/** EVM networks: plain accounts by their key, contract wallets by evidence from the chain (spec §13.7). */
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import { decodeEvmAddress, type EvmAddress } from '../addresses/evm-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { tryRecoveredForms } from '../explain/recovered-forms.js';
import { personalDigest, publishedDigest } from '../schemes/eip191.js';
import { ownershipDigest } from '../schemes/eip712.js';
import {
  decodeEvmSignatures,
  type EvmSignature,
  maxJoinedSignatures,
  recoverEvmSigner,
} from '../schemes/evm-signature.js';
import { walletFormFirst } from '../schemes/form-order.js';
import { rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import type { SignedDigest } from '../schemes/signed-digest.js';
import { decodeVechainCertificate } from '../schemes/vechain-certificate.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { verifyEvmAdr36 } from './evm-adr36.js';
import { verifyContract } from './evm-contract.js';
import { checkSignatureCount, ownersAlone, verifyOwnerSignatures } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'contract by evidence'],
  schemes: ['EIP-191', 'published EIP-191', 'EIP-712', 'raw ECDSA'],
  checked: 'the recovered account is the address; of a contract, its owners and threshold at a trusted block',
  unproven: `${ownersAlone} of a contract`,
  section: '13.7',
};

function supportOf({ adr36, certificates }: EvmNetwork): FamilySupport {
  const further = [...(adr36 === true ? ['ADR-36'] : []), ...(certificates === true ? ['VeChain certificate'] : [])];
  return further.length === 0 ? support : { ...support, schemes: [...support.schemes, ...further] };
}

export const evmFamily: OwnershipFamily<EvmNetwork, EvmAddress> = {
  decodeAddress: decodeEvmAddress,
  verify(claim, address, network) {
    const adr36 = verifyEvmAdr36(claim, address, network);
    if (adr36 !== undefined) return adr36;
    const digests = evmDigests(claim.message, address, network);
    if (claim.evidence !== undefined) return verifyWithEvidence(claim, address, network, digests);
    if (claim.owners.length > 0) return verifyOwners(claim, address, network, digests);
    const certificate = certificateOf(claim, address, network);
    if (certificate !== undefined) return verifySigner(certificate.signature, address, [certificate]);
    return checkSignatureCount(claim.signatures, 1) ?? verifySigner(claim.signatures[0], address, digests);
  },
  tryForms: ({ signatures, message }, address, network) =>
    tryRecoveredForms(signatures, address.canonical, evmDigests(message, address, network)),
  support: supportOf,
};

/** The digests that a signature may be of, in the order in which they are tried. The row does not say which: they
 * differ in their first bytes or in what is hashed, so a signature of one form is none of another. */
function evmDigests(message: string, address: EvmAddress, network: EvmNetwork): readonly SignedDigest[] {
  const published = { scheme: 'published EIP-191', digest: () => publishedDigest(message) };
  const personal = { scheme: 'EIP-191', digest: () => personalDigest(message) };
  return [
    ...(walletFormFirst(message) ? [personal, published] : [published, personal]),
    { scheme: 'EIP-712', digest: () => ownershipDigest(network.chainId, address.account, message) },
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
  ];
}

/** The certificate that is the row's one signature, on a network whose wallets sign them; else undefined. */
function certificateOf({ signatures, message }: OwnershipClaim, address: EvmAddress, { certificates }: EvmNetwork) {
  if (certificates !== true || signatures.length !== 1) return undefined;
  return decodeVechainCertificate(signatures[0], message, address.canonical);
}

/** Steps W5 to W7 for one account and the signature said to be its own. */
function verifySigner(text: string, signer: EvmAddress, digests: readonly SignedDigest[]): OwnershipVerdict {
  const signatures = decodeEvmSignatures(text, 1);
  if ('verdict' in signatures) return signatures;
  const found = recoverEvmSigner(signatures[0], digests, (account) => account === signer.canonical);
  if (found.ok) return verified(`${found.scheme}, ${signer.kind}`);
  if (found.accounts.length === 0)
    return failed('W6', 'signature', 'R is not the x coordinate of a point of the curve');
  const accounts = found.accounts.join(' or ');
  return failed(
    'W7',
    'address-mismatch',
    `expected a signature by ${signer.canonical}, found one by ${accounts}, depending on its form`,
  );
}

/** An owner that is the address itself proves it, once all signatures hold; other owners leave it unproven. */
function verifyOwners(
  claim: OwnershipClaim,
  address: EvmAddress,
  network: EvmNetwork,
  digests: readonly SignedDigest[],
): OwnershipVerdict {
  let ownSignature: OwnershipVerdict | undefined;
  const verdict = verifyOwnerSignatures(claim, {
    decode: (text) => decodeEvmAddress(text, network),
    verifySigner(text, owner) {
      const signed = verifySigner(text, owner, digests);
      if (owner.canonical === address.canonical) ownSignature = signed;
      return signed;
    },
    evidence: "proofs of the contract's owners",
  });
  return verdict.verdict === 'unproven' && ownSignature !== undefined ? ownSignature : verdict;
}

/** With evidence several signatures may be joined in one text, and owners in the row are those of the contract. */
function verifyWithEvidence(
  claim: OwnershipClaim,
  address: EvmAddress,
  network: EvmNetwork,
  digests: readonly SignedDigest[],
): OwnershipVerdict {
  // A key whose account is the address itself needs no evidence, and no contract can have such a key.
  if (claim.signatures.length === 1 && claim.owners.length === 0) {
    const plain = verifySigner(claim.signatures[0], address, digests);
    if (plain.verdict === 'verified') return plain;
  }
  const owners = decodeOwners(claim, network);
  if ('verdict' in owners) return owners;
  const signatures = decodeSignatures(claim);
  if ('verdict' in signatures) return signatures;
  return verifyContract(claim, address, network, signatures, digests, owners);
}

function decodeSignatures(claim: OwnershipClaim): readonly EvmSignature[] | OwnershipVerdict {
  const decoded: EvmSignature[] = [];
  for (const text of claim.signatures) {
    const found = decodeEvmSignatures(text, maxJoinedSignatures);
    if ('verdict' in found) return found;
    decoded.push(...found);
  }
  if (decoded.length <= maxJoinedSignatures) return decoded;
  return failed('W5', 'signature-count', `expected at most ${maxJoinedSignatures} signatures, found ${decoded.length}`);
}

function decodeOwners({ owners }: OwnershipClaim, network: EvmNetwork): readonly EvmAddress[] | OwnershipVerdict {
  const decoded: EvmAddress[] = [];
  for (const [index, text] of owners.entries()) {
    const owner = decodeEvmAddress(text, network);
    if (isVerdict(owner)) return failed('W5', 'owner-format', `owner ${index + 1}: ${owner.detail}`);
    decoded.push(owner);
  }
  return decoded;
}
