/** Contract wallets: evidence of who may act for one, and the signatures that are then needed (spec §13.15). */
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import type { EvmAddress } from '../addresses/evm-address.js';
import type { OwnershipClaim } from '../claim.js';
import { blockHashOf, type ProvenAccount, provenAccount, provenSlot, stateRootOf } from '../evidence/evm-state.js';
import { bytesField, bytesOf, firstFault, hashField, trieProofField } from '../evidence/fields.js';
import {
  hasSignedOnChain,
  isSafeProxy,
  maxSafeOwners,
  type ReadSlot,
  readSafe,
  readSingleton,
  type SafeWallet,
  safeSingleton,
  slotName,
} from '../evidence/safe-wallet.js';
import { personalDigest } from '../schemes/eip191.js';
import { safeMessageDigest } from '../schemes/eip712.js';
import { type EvmSignature, recoverEvmSigner } from '../schemes/evm-signature.js';
import type { SignedDigest } from '../schemes/signed-digest.js';
import { failed, type OwnershipVerdict, unproven, verified } from '../verdict.js';

/** Proofs of a Safe: `eth_getProof` of the wallet with the slots that are read, and of the code that it runs. */
const safeEvidence = z.strictObject({
  form: z.literal('safe'),
  /** The block header in RLP. */
  blockHeader: bytesField(400, 4096),
  accountProof: trieProofField,
  singletonProof: trieProofField,
  storageProofs: z
    .array(z.strictObject({ slot: hashField, proof: trieProofField }))
    .check(z.minLength(1), z.maxLength(maxSafeOwners + 8)),
});

/** What a node answered to `isValidSignature`. No proof of an answer exists, since the state has no answers in it. */
const answerEvidence = z.strictObject({
  form: z.literal('eip-1271'),
  blockHash: hashField,
  answer: bytesField(0, 1024),
});

const contractEvidence = z.discriminatedUnion('form', [safeEvidence, answerEvidence]);

/** Evidence for a contract wallet, as an object of JSON. */
export type ContractEvidence = z.infer<typeof contractEvidence>;
type SafeEvidence = z.infer<typeof safeEvidence>;

/** `isValidSignature`'s selector, in the 32 bytes of the ABI, is its answer that the signature is valid (EIP-1271). */
const validAnswer = `0x1626ba7e${'0'.repeat(56)}`;

/** Steps W5 to W7 for a contract with evidence; `digests` are those of a plain account's signature. */
export function verifyContract(
  claim: OwnershipClaim,
  address: EvmAddress,
  network: EvmNetwork,
  signatures: readonly EvmSignature[],
  digests: readonly SignedDigest[],
  owners: readonly EvmAddress[],
): OwnershipVerdict {
  const parsed = contractEvidence.safeParse(claim.evidence);
  if (!parsed.success) return failed('W5', 'evidence-format', firstFault(parsed.error));
  const evidence = parsed.data;
  if (evidence.form === 'eip-1271') return verifyAnswer(evidence.answer, evidence.blockHash);
  const safe = proveSafe(evidence, claim, address, network);
  if ('verdict' in safe) return safe;
  if (signatures.length === 0) return verifyStoredSignature(safe, claim, address);
  const safeDigest = {
    scheme: 'Safe message',
    digest: () => safeMessageDigest(address.account, safe.chainId, personalDigest(claim.message)),
  };
  return verifyOwnersOfSafe(safe, signatures, [...digests, safeDigest], owners);
}

function verifyAnswer(answer: string, blockHash: string): OwnershipVerdict {
  if (answer !== validAnswer) return failed('W6', 'signature', 'the contract answered that the signature is not valid');
  return unproven(
    'W7',
    'answer-unproven',
    `a node answered at block ${blockHash} that the signature is valid; its answer is not in the state, so no proof ` +
      'shows it. Ask a node of your own, or give proofs of the owners',
  );
}

interface ProvenSafe extends SafeWallet {
  readonly read: ReadSlot;
  /** For people: version, and threshold of owners. */
  readonly title: string;
  /** The chain id in the domain of what the Safe signs, if it has one. */
  readonly chainId: number | undefined;
}

/** Owners and threshold of the Safe at the address in a block that the caller trusts, or why they are not proven. */
function proveSafe(
  evidence: SafeEvidence,
  claim: OwnershipClaim,
  address: EvmAddress,
  network: EvmNetwork,
): ProvenSafe | OwnershipVerdict {
  const header = bytesOf(evidence.blockHeader);
  const root = stateRootOf(header);
  if (root === undefined) return failed('W5', 'evidence-format', 'the block header is not one of Ethereum in RLP');
  const hash = blockHashOf(header);
  if (!claim.trustedBlocks?.some((block) => block.network === network.id && block.hash === hash)) {
    return unproven('W6', 'block-untrusted', `block ${hash} is none of those that are trusted of ${network.title}`);
  }
  const wallet = provenAccount(root, address.account, evidence.accountProof.map(bytesOf));
  if (!wallet.ok) return failed('W6', 'evidence-proof', `account: ${wallet.fault}`);
  if (!isSafeProxy(wallet.value.codeHash)) {
    return unproven('W6', 'contract-unknown', `code ${wallet.value.codeHash} is no known proxy of a Safe`);
  }
  const read = slotReader(wallet.value, evidence);
  const singletonAddress = readSingleton(read);
  if (!singletonAddress.ok) return failed('W6', 'evidence-proof', singletonAddress.fault);
  const code = provenAccount(root, singletonAddress.value, evidence.singletonProof.map(bytesOf));
  if (!code.ok) return failed('W6', 'evidence-proof', `singleton: ${code.fault}`);
  const singleton = safeSingleton(code.value.codeHash);
  if (singleton === undefined) {
    return unproven('W6', 'contract-unknown', `code ${code.value.codeHash} is no known version of a Safe`);
  }
  const safe = readSafe(read);
  if (!safe.ok) return failed('W6', 'evidence-proof', safe.fault);
  const { owners, threshold } = safe.value;
  return {
    owners,
    threshold,
    read,
    title: `Safe ${singleton.version}, ${threshold} of ${owners.length} owners, block ${hash}`,
    chainId: singleton.domainHasChain ? network.chainId : undefined,
  };
}

function slotReader(account: ProvenAccount, evidence: SafeEvidence): ReadSlot {
  const proofs = new Map(evidence.storageProofs.map(({ slot, proof }) => [slot, proof]));
  return (slot) => {
    const proof = proofs.get(slotName(slot));
    if (proof === undefined) return { ok: false, fault: `no proof of slot ${slotName(slot)}` };
    return provenSlot(account.storageRoot, slot, proof.map(bytesOf));
  };
}

/** The one answer of EIP-1271 that a state proof shows: the Safe's own mark for the message, without signatures. */
function verifyStoredSignature(safe: ProvenSafe, claim: OwnershipClaim, address: EvmAddress): OwnershipVerdict {
  const digest = safeMessageDigest(address.account, safe.chainId, personalDigest(claim.message));
  if (hasSignedOnChain(safe.read, digest)) return verified(`signed on the chain, ${safe.title}`);
  return failed('W5', 'signature-missing', 'expected signatures of owners, or proof that the Safe signed on the chain');
}

/** Every signature must be by another owner, and there must be as many as the threshold; owners in the row are real. */
function verifyOwnersOfSafe(
  safe: ProvenSafe,
  signatures: readonly EvmSignature[],
  digests: readonly SignedDigest[],
  named: readonly EvmAddress[],
): OwnershipVerdict {
  const signers = new Set<string>();
  for (const [index, signature] of signatures.entries()) {
    const found = recoverEvmSigner(signature, digests, (account) => safe.owners.includes(account));
    if (!found.ok) return failed('W6', 'signature', `signature ${index + 1} is by no owner of the Safe`);
    if (signers.has(found.account)) return failed('W6', 'repeated-key', `two signatures by ${found.account}`);
    signers.add(found.account);
  }
  if (signers.size < safe.threshold) {
    return failed('W6', 'threshold', `expected ${safe.threshold} owners, found ${signers.size}`);
  }
  const stranger = named.find(({ canonical }) => !safe.owners.includes(canonical));
  if (stranger !== undefined) return failed('W7', 'owner-mismatch', `${stranger.canonical} is no owner of the Safe`);
  return verified(`signed by owners, ${safe.title}`);
}
