/** Accounts that are hashes of one key of secp256k1: steps W5 to W7 of the many chains that have them (spec §15.1). */
import type { Network } from '@solvent/report-format/networks/network';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { type CurvePoint, decodeRawEcdsa, type RecoverableSignature, recoverKey } from '../schemes/raw-ecdsa.js';
import { decodeCompact, decodeSecp256k1Key, isLowS, verifyCompact } from '../schemes/secp256k1-key.js';
import type { SignedDigest } from '../schemes/signed-digest.js';
import { failed, type OwnershipVerdict, unproven, verified } from '../verdict.js';
import { verifyOneSigner, verifySigners } from './owner-signatures.js';

/** What a chain has of its own. */
export interface HashedKeyRules<N extends Network, A extends HashedKeyAddress> {
  decodeAddress(text: string, network: N): A | OwnershipVerdict;
  /** What on the chain would tie an owner in the last columns to the address. */
  readonly evidence: string;
  /** The addresses that a key makes. */
  addressesOf(key: CurvePoint, network: N): readonly A[];
  /** What a signature from which the key is recovered may be of, in the order in which it is tried. */
  recoverable(message: string, address: A, network: N): readonly SignedDigest[];
  /** Such a signature, where the chain writes it in a form of its own. */
  readonly decodeRecoverable?: (text: string) => RecoverableSignature | undefined;
  /** What a signature of 64 bytes beside its key may be of; left out where a chain has no such form. */
  keyed?(message: string, address: A, network: N): readonly SignedDigest[];
  /** A public key, where the chain writes it in a form of its own. */
  readonly decodeKey?: (text: string) => CurvePoint | undefined;
  /** The texts that are signatures, for people. */
  readonly signatureTexts: string;
}

/** The family of these rules. */
export function hashedKeyFamily<N extends Network, A extends HashedKeyAddress>(
  rules: HashedKeyRules<N, A> & { readonly support: FamilySupport },
): OwnershipFamily<N, A> {
  return {
    decodeAddress: rules.decodeAddress,
    support: () => rules.support,
    verify: (claim, address, network) => verifyHashedKey(claim, address, network, rules),
  };
}

/** Steps W5 to W7 for a row. */
export function verifyHashedKey<N extends Network, A extends HashedKeyAddress>(
  claim: OwnershipClaim,
  address: A,
  network: N,
  rules: HashedKeyRules<N, A>,
): OwnershipVerdict {
  // A key in the column is one signer's; without one, signatures give their keys.
  const verify = claim.script === '' ? verifySigners : verifyOneSigner;
  return verify(claim, address, {
    decode: (text) => rules.decodeAddress(text, network),
    verifySigner: (signature, signer) => verifySigner(claim, signature, signer, network, rules),
    evidence: rules.evidence,
  });
}

function verifySigner<N extends Network, A extends HashedKeyAddress>(
  { message, script }: OwnershipClaim,
  text: string,
  address: A,
  network: N,
  rules: HashedKeyRules<N, A>,
): OwnershipVerdict {
  const recoverable = (rules.decodeRecoverable ?? decodeRawEcdsa)(text);
  const rs = recoverable?.rs ?? (rules.keyed && decodeCompact(text));
  if (rs === undefined) return failed('W5', 'signature-format', `expected ${rules.signatureTexts}`);
  if (recoverable === undefined && script === '') {
    return failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  }
  const key = script === '' ? undefined : (rules.decodeKey ?? decodeSecp256k1Key)(script);
  if (script !== '' && key === undefined) {
    return failed('W5', 'key-format', 'expected a key of secp256k1 in the column of scripts');
  }
  if (!isLowS(rs)) {
    return failed('W6', 'signature', 'expected R and S below the order and not 0, and S in its lower half');
  }
  if (recoverable !== undefined) {
    return verifyRecovered(recoverable, key, rules.recoverable(message, address, network), address, network, rules);
  }
  const form = rules.keyed!(message, address, network).find(({ digest }) => verifyCompact(rs, digest(), key!));
  if (form === undefined) return failed('W6', 'signature', 'the key in the column of scripts did not sign the message');
  return compareAccount([{ scheme: form.scheme, key: key! }], address, network, rules);
}

/** A key that made a signature, if it is one of this form. */
interface Signer {
  readonly scheme: string;
  readonly key: CurvePoint;
}

function verifyRecovered<N extends Network, A extends HashedKeyAddress>(
  signature: RecoverableSignature,
  key: CurvePoint | undefined,
  digests: readonly SignedDigest[],
  address: A,
  network: N,
  rules: HashedKeyRules<N, A>,
): OwnershipVerdict {
  const signers: Signer[] = [];
  for (const { scheme, digest } of digests) {
    const recovered = recoverKey(signature, digest());
    if (recovered === undefined) continue;
    if (key !== undefined && !recovered.equals(key)) continue;
    signers.push({ scheme, key: recovered });
    if (isMadeBy(address, recovered, network, rules)) break;
  }
  if (signers.length > 0) return compareAccount(signers, address, network, rules);
  const detail = key === undefined ? 'no key made this signature' : 'the key in the column did not sign the message';
  return failed('W6', 'signature', detail);
}

function isMadeBy<N extends Network, A extends HashedKeyAddress>(
  address: A,
  key: CurvePoint,
  network: N,
  rules: HashedKeyRules<N, A>,
): boolean {
  return rules.addressesOf(key, network).some(({ canonical }) => canonical === address.canonical);
}

/** Step W7: one of the signers' keys makes the address. */
function compareAccount<N extends Network, A extends HashedKeyAddress>(
  signers: readonly Signer[],
  address: A,
  network: N,
  rules: HashedKeyRules<N, A>,
): OwnershipVerdict {
  const found = signers.map(({ key }) => rules.addressesOf(key, network)[0].canonical).join(' or ');
  if (address.evidence !== undefined) {
    const detail = `signed by the key of ${found}; nothing here ties it to the address: ${address.evidence} would`;
    return unproven('W7', 'account-unproven', detail);
  }
  const signer = signers.find(({ key }) => isMadeBy(address, key, network, rules));
  if (signer !== undefined) return verified(`${signer.scheme}, ${address.kind}`);
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${found}`);
}
