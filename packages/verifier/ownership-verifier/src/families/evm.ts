/** EVM networks: plain accounts by their key, contract wallets by evidence from the chain (spec §13.7). */
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import { decodeEvmAddress, type EvmAddress } from '../addresses/evm-address.js';
import { isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { personalDigest, publishedDigest } from '../schemes/eip191.js';
import { ownershipDigest } from '../schemes/eip712.js';
import { verifyContract } from '../schemes/evm-contract.js';
import {
  decodeEvmSignatures,
  type EvmDigest,
  type EvmSignature,
  maxJoinedSignatures,
  recoverEvmSigner,
} from '../schemes/evm-signature.js';
import { rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict, unproven, verified } from '../verdict.js';
import { checkSignatureCount } from './owner-signatures.js';

export const evmFamily: OwnershipFamily<EvmNetwork, EvmAddress> = {
  decodeAddress: decodeEvmAddress,
  verify(claim, address, network) {
    const owners = decodeOwners(claim, network);
    if ('verdict' in owners) return owners;
    const signatures = decodeSignatures(claim);
    if ('verdict' in signatures) return signatures;
    const digests = evmDigests(claim.message, address, network);
    if (claim.evidence !== undefined) {
      // A key whose account is the address itself needs no evidence, and no contract can have such a key.
      if (signatures.length === 1 && owners.length === 0) {
        const plain = verifySigners(signatures, [address], address, digests);
        if (plain.verdict === 'verified') return plain;
      }
      return verifyContract(claim, address, network, signatures, digests, owners);
    }
    const signers = owners.length > 0 ? owners : [address];
    return (
      checkSignatureCount(claim.signatures, signers.length) ?? verifySigners(signatures, signers, address, digests)
    );
  },
};

/** The digests that a signature may be of, in the order in which they are tried. The row does not say which: they
 * differ in their first bytes or in what is hashed, so a signature of one form is none of another. */
function evmDigests(message: string, address: EvmAddress, network: EvmNetwork): readonly EvmDigest[] {
  return [
    { scheme: 'published EIP-191', digest: () => publishedDigest(message) },
    { scheme: 'EIP-191', digest: () => personalDigest(message) },
    { scheme: 'EIP-712', digest: () => ownershipDigest(network.chainId, address.account, message) },
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
  ];
}

/** One signature in each text; several may be joined in one where evidence can say whose they are. */
function decodeSignatures({ signatures, evidence }: OwnershipClaim): readonly EvmSignature[] | OwnershipVerdict {
  const decoded: EvmSignature[] = [];
  for (const text of signatures) {
    const found = decodeEvmSignatures(text, evidence === undefined ? 1 : maxJoinedSignatures);
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

/** Signature i must be by signer i, all of them distinct; the row is proven if one of them is the address itself. */
function verifySigners(
  signatures: readonly EvmSignature[],
  signers: readonly EvmAddress[],
  address: EvmAddress,
  digests: readonly EvmDigest[],
): OwnershipVerdict {
  const names = signers.map(({ canonical }) => canonical);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return failed('W6', 'repeated-key', `owner ${repeated} stands twice`);
  const schemes: string[] = [];
  for (const [index, name] of names.entries()) {
    const found = recoverEvmSigner(signatures[index], digests, (account) => account === name);
    if (!found.ok) return signerVerdict(name, found.accounts, name === address.canonical);
    schemes.push(found.scheme);
  }
  const own = names.indexOf(address.canonical);
  if (own !== -1) return verified(`${schemes[own]}, ${address.kind}`);
  return unproven(
    'W7',
    'owner-unproven',
    `signed by ${names.join(' and ')}, which nothing here ties to the address; proofs of the contract's owners at a ` +
      'trusted block would',
  );
}

function signerVerdict(expected: string, found: readonly string[], isAddress: boolean): OwnershipVerdict {
  if (found.length === 0) return failed('W6', 'signature', 'R is not the x coordinate of a point of the curve');
  const detail = `expected a signature by ${expected}, found ${found.join(' or ')}, depending on its form`;
  return isAddress ? failed('W7', 'address-mismatch', detail) : failed('W7', 'owner-mismatch', detail);
}
