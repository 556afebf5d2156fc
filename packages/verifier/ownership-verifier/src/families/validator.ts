/** Ethereum's validators: what they hold belongs to whom their withdrawal credentials name (spec §13.13). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { EvmNetwork, PlainNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import * as z from 'zod/mini';
import { decodeValidatorKey, type ValidatorAddress } from '../addresses/validator-key.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { beaconBlockRoot, isInState, type ValidatorRecord, validatorRecord } from '../evidence/beacon-state.js';
import { bytesOf, firstFault } from '../evidence/fields.js';
import { type BlsPublicKey, decodeBlsSignature, verifyBls } from '../schemes/bls.js';
import { publishedDigest } from '../schemes/eip191.js';
import { decodeEvmSignatures } from '../schemes/evm-signature.js';
import { failed, type OwnershipVerdict, unproven, verified } from '../verdict.js';
import { evmFamily } from './evm.js';

const validatorEvidence = z.strictObject({
  form: z.literal('validator'),
  ...validatorRecord.shape,
  /** Evidence for the address in the withdrawal credentials, if it is a contract. */
  withdrawal: z.optional(z.unknown()),
});

/** Evidence for a validator, as an object of JSON. */
export type ValidatorEvidence = z.infer<typeof validatorEvidence>;

const support: FamilySupport = {
  addressKinds: ['BLS12-381 public key'],
  schemes: ['BLS12-381'],
  checked: 'the key in the address column signed, and withdrawal credentials lead to the signer',
  unproven: "a validator's key without its withdrawal credentials",
  section: '13.13',
};

export const validatorFamily: OwnershipFamily<PlainNetwork, ValidatorAddress> = {
  decodeAddress: decodeValidatorKey,
  verify(claim, address, network) {
    if (claim.signatures.length === 0 && claim.evidence === undefined) {
      return failed('W5', 'signature-missing', 'expected a signature, found none');
    }
    const keys = decodeKeys(claim, address);
    if ('verdict' in keys) return keys;
    const evidence = claim.evidence === undefined ? undefined : validatorEvidence.safeParse(claim.evidence);
    if (evidence?.success === false) return failed('W5', 'evidence-format', firstFault(evidence.error));
    const blsVerdict = verifyBlsSignatures(claim, keys.signer);
    if (blsVerdict !== undefined) return blsVerdict;
    const accounts = accountClaim(claim);
    if (evidence === undefined) return verifyWithoutEvidence(accounts);
    const fault = checkRecord(evidence.data, address, claim, network);
    if (fault !== undefined) return fault;
    // A key in the script column counts only with its signature.
    const hasSigned = claim.signatures.some(isBlsText);
    return verifyWithdrawal(evidence.data, accounts, hasSigned ? keys.withdrawalKey : undefined);
  },
  support: () => support,
};

interface Keys {
  /** The key whose signatures of 96 bytes the row has: the withdrawal key if there is one, else the validator's. */
  readonly signer: BlsPublicKey;
  /** The key in the script column, 48 bytes, if there is one. */
  readonly withdrawalKey: Uint8Array | undefined;
}

function decodeKeys({ script }: OwnershipClaim, address: ValidatorAddress): Keys | OwnershipVerdict {
  if (script === '') return { signer: address.key, withdrawalKey: undefined };
  const key = decodeValidatorKey(script);
  if (isVerdict(key)) return failed('W5', 'key-format', key.detail);
  return { signer: key.key, withdrawalKey: key.bytes };
}

const isBlsText = (text: string) => decodeHex(text, 96) !== undefined;

/** The verdict that a signature of 96 bytes is none of the key; undefined if all of them are. */
function verifyBlsSignatures(claim: OwnershipClaim, key: BlsPublicKey): OwnershipVerdict | undefined {
  const texts = claim.signatures.filter(isBlsText);
  if (texts.length > 1) return failed('W5', 'signature-count', 'expected at most one signature of 96 bytes');
  const bytes = texts.length === 0 ? undefined : decodeHex(texts[0], 96);
  if (bytes === undefined) return undefined;
  const signature = decodeBlsSignature(bytes);
  if (signature === undefined) {
    return failed('W5', 'signature-format', 'expected a point of the group of signatures other than the identity');
  }
  // The digest stands for the message: what is hashed to the curve are these 32 bytes.
  if (verifyBls(signature, publishedDigest(claim.message), key)) return undefined;
  return failed('W6', 'signature', 'the BLS signature is not the key’s for this message');
}

/** The claim less the signature of 96 bytes: what accounts of Ethereum have signed. */
function accountClaim(claim: OwnershipClaim): OwnershipClaim {
  const { evidence: _, ...rest } = claim;
  return { ...rest, script: '', signatures: claim.signatures.filter((text) => !isBlsText(text)) };
}

/** Signatures are checked as far as they can be; none of them shows who can withdraw. */
function verifyWithoutEvidence(accounts: OwnershipClaim): OwnershipVerdict {
  if (accounts.owners.length > 0) {
    const verdict = verifyAccount(accounts, accounts.owners[0]);
    if (verdict.verdict !== 'verified') return verdict;
  }
  for (const text of accounts.signatures) {
    const signatures = decodeEvmSignatures(text, 1);
    if ('verdict' in signatures) return signatures;
  }
  return unproven(
    'W7',
    'withdrawal-unproven',
    'the validator’s withdrawal credentials are not shown; a proof of its record in a trusted beacon block, and a ' +
      'signature by the address in them, would settle it',
  );
}

/** Step W6 for evidence: the record is in the state of a block that the caller trusts. */
function checkRecord(
  record: ValidatorRecord,
  address: ValidatorAddress,
  claim: OwnershipClaim,
  network: PlainNetwork,
): OwnershipVerdict | undefined {
  const root = beaconBlockRoot(record);
  if (!claim.trustedBlocks?.some((block) => block.network === network.id && block.hash === root)) {
    return unproven('W6', 'block-untrusted', `beacon block ${root} is none of those that are trusted`);
  }
  if (isInState(record, address.bytes)) return undefined;
  return failed('W6', 'evidence-proof', 'the branch does not lead from the validator’s record to the state root');
}

/** Step W7: who the withdrawal credentials name has signed. */
function verifyWithdrawal(
  evidence: ValidatorEvidence,
  accounts: OwnershipClaim,
  withdrawalKey: Uint8Array | undefined,
): OwnershipVerdict {
  const credentials = bytesOf(evidence.withdrawalCredentials);
  if (credentials[0] === 0) return verifyWithdrawalKey(credentials, withdrawalKey);
  if (![1, 2].includes(credentials[0]) || credentials.subarray(1, 12).some((byte) => byte !== 0)) {
    const found = evidence.withdrawalCredentials;
    return unproven('W7', 'withdrawal-unproven', `no rule for withdrawal credentials ${found}`);
  }
  const account = `0x${bytesToHex(credentials.subarray(12))}`;
  if (accounts.signatures.length === 0 && evidence.withdrawal === undefined) {
    return unproven('W7', 'withdrawal-unproven', `a signature by ${account}, to which withdrawals go, would settle it`);
  }
  const claim = evidence.withdrawal === undefined ? accounts : { ...accounts, evidence: evidence.withdrawal };
  const verdict = verifyAccount(claim, account);
  return verdict.verdict === 'verified'
    ? verified(`${verdict.detail}; withdrawals of the validator go there`)
    : verdict;
}

/** Credentials of type 0 are the hash of a key, which stands in the row and has signed. */
function verifyWithdrawalKey(credentials: Uint8Array, key: Uint8Array | undefined): OwnershipVerdict {
  if (key === undefined) {
    const wanted = 'the key whose hash the withdrawal credentials are, and its signature, would settle it';
    return unproven('W7', 'withdrawal-unproven', wanted);
  }
  const hash = sha256(key);
  if (hash.subarray(1).every((byte, index) => byte === credentials[index + 1])) {
    return verified('BLS12-381, withdrawal key of the validator');
  }
  return failed('W7', 'owner-mismatch', 'the withdrawal credentials are the hash of another key');
}

/** The verdict of the rules for Ethereum's accounts on the claim as one about this account. */
function verifyAccount(claim: OwnershipClaim, account: string): OwnershipVerdict {
  const ethereum = findNetwork('ethereum') as EvmNetwork;
  const address = evmFamily.decodeAddress(account, ethereum);
  if (isVerdict(address)) return failed('W5', 'owner-format', `owner 1: ${address.detail}`);
  return evmFamily.verify({ ...claim, address: account }, address, ethereum);
}
