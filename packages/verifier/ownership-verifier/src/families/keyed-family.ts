/** Families in which one key, which the row names, signs for an address that follows from it (spec §16.1). */
import type { Network } from '@solvent/report-format/networks/network';
import type { DecodedAddress, FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { isPublicKey, type KeyedForm, type PublicKey, verifySignature, whyInvalidKey } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { verifyOneSigner } from './owner-signatures.js';

/** A signature of a row, read: whose it says that it is, and what it may be over. */
export interface KeyedSignature {
  readonly key: PublicKey;
  /** 64 bytes. */
  readonly signature: Uint8Array;
  /** In the order in which they are tried. */
  readonly forms: readonly KeyedForm[];
  /** Whether the chain takes ECDSA signatures with s in either half of the order. */
  readonly allowsHighS?: true;
  /** Step W7: that the wallet wrote another address into what it signed, if it did. */
  readonly contradiction?: OwnershipVerdict | undefined;
  /** Step W7, where all else holds: why the signature does not show that its maker has seen the message. */
  readonly doubt?: OwnershipVerdict | undefined;
}

/** What one family must say. */
export interface KeyedRules<N extends Network, A extends DecodedAddress> {
  readonly support: FamilySupport;
  decodeAddress(text: string, network: N): A | OwnershipVerdict;
  /** What on the chain would tie an owner in the last columns to the address. */
  readonly evidence: string;
  /** Step W5: a signature of the row; or the verdict that it, or the key, is in no known form. */
  read(claim: OwnershipClaim, text: string, address: A, network: N): KeyedSignature | OwnershipVerdict;
  /** Step W7: by which name the key holds the address; undefined where it does not, or the verdict where the row cannot
   * tell. */
  tie(key: PublicKey, address: A, network: N): string | OwnershipVerdict | undefined;
  /** The usual address of a key, for people. */
  spell(key: PublicKey, network: N): string;
}

/** The family of these rules. */
export function keyedFamily<N extends Network, A extends DecodedAddress>(
  rules: KeyedRules<N, A>,
): OwnershipFamily<N, A> {
  return {
    decodeAddress: rules.decodeAddress,
    support: () => rules.support,
    verify: (claim, address, network) =>
      verifyOneSigner(claim, address, {
        decode: (text) => rules.decodeAddress(text, network),
        verifySigner: (signature, signer) => verifySigner(rules, claim, signature, signer, network),
        evidence: rules.evidence,
      }),
  };
}

/** Steps W5 to W7 for one signature and the address that it is to prove. */
function verifySigner<N extends Network, A extends DecodedAddress>(
  rules: KeyedRules<N, A>,
  claim: OwnershipClaim,
  text: string,
  address: A,
  network: N,
): OwnershipVerdict {
  const signed = rules.read(claim, text, address, network);
  if ('verdict' in signed) return signed;
  const scheme = findScheme(signed);
  if (scheme === undefined) return whyNoForm(signed);
  if (signed.contradiction !== undefined) return signed.contradiction;
  const tie = rules.tie(signed.key, address, network);
  if (typeof tie === 'string') return signed.doubt ?? verified(`${scheme}, ${tie}`);
  if (tie !== undefined) return tie;
  const found = rules.spell(signed.key, network);
  return failed('W7', 'address-mismatch', `expected the key of ${address.canonical}, found that of ${found}`);
}

/** The key can sign in none of its curves, or did not. */
function whyNoForm({ key, forms }: KeyedSignature): OwnershipVerdict {
  const others = [...forms].map((form) => form.key).filter((other) => other !== undefined);
  const invalid = others.some(isPublicKey) ? undefined : whyInvalidKey(key);
  return invalid ?? failed('W6', 'signature', 'the key signed none of the known forms of the message');
}

/** The name of the form that the key signed; undefined if it signed none. */
export function findScheme({ key, signature, forms, allowsHighS }: KeyedSignature): string | undefined {
  for (const form of forms) {
    if (verifySignature(form.key ?? key, signature, form.bytes, allowsHighS !== true)) return form.scheme;
  }
  return undefined;
}

/** The key in the column of scripts, or else the one that the address is; or the verdict that there is none in its form. */
export function readKey(
  script: string,
  decode: (text: string) => PublicKey | undefined,
  expected: string,
  ofAddress?: PublicKey,
): PublicKey | OwnershipVerdict {
  if (script === '') {
    return ofAddress ?? failed('W5', 'key-missing', 'expected the public key in the column of scripts');
  }
  return decode(script) ?? failed('W5', 'key-format', `expected ${expected}`);
}
