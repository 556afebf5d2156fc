/** Rows whose last columns name plain accounts that sign for an address which no key gives (spec §13.15). */
import { type DecodedAddress, isVerdict, type OwnershipClaim } from '../claim.js';
import { failed, type OwnershipVerdict, unproven, unsupported } from '../verdict.js';

/** Of most families what stays unproven, in words. */
export const ownersAlone = 'a signature by owners in the last columns';
/** What stays unproven where the chain can give an account to another key than the one that its address follows from. */
export const laterKeys = 'whether the account has been given to another key since';

/** What a family must say for its owners to be checked. */
export interface OwnerRules<A extends DecodedAddress> {
  decode(text: string): A | OwnershipVerdict;
  /** Steps W5 to W7 for one plain account. */
  verifySigner(signature: string, owner: A): OwnershipVerdict;
  /** What on the chain would tie owners to the address. */
  readonly evidence: string;
}

/** Signature i must be owner i's and no owner may stand twice; even then the address is unproven. */
export function verifyOwnerSignatures<A extends DecodedAddress>(
  { owners, signatures }: OwnershipClaim,
  rules: OwnerRules<A>,
): OwnershipVerdict {
  const countVerdict = checkSignatureCount(signatures, owners.length);
  if (countVerdict !== undefined) return countVerdict;
  const seen = new Set<string>();
  for (const [index, text] of owners.entries()) {
    const owner = rules.decode(text);
    if (isVerdict(owner)) return failed('W5', 'owner-format', `owner ${index + 1}: ${owner.detail}`);
    if (seen.has(owner.canonical)) return failed('W6', 'repeated-key', `owner ${owner.canonical} stands twice`);
    seen.add(owner.canonical);
    const verdict = rules.verifySigner(signatures[index], owner);
    if (verdict.verdict !== 'verified') return { ...verdict, detail: `owner ${index + 1}: ${verdict.detail}` };
  }
  return unproven(
    'W7',
    'owner-unproven',
    `each owner signed, and nothing here ties them to the address; ${rules.evidence} at the snapshot block would`,
  );
}

/** Steps W5 to W7 of a row that the address itself has signed, or owners beside it. */
export function verifySigners<A extends DecodedAddress>(
  claim: OwnershipClaim,
  address: A,
  rules: OwnerRules<A>,
): OwnershipVerdict {
  const { owners, signatures } = claim;
  if (owners.length > 0) return verifyOwnerSignatures(claim, rules);
  return checkSignatureCount(signatures, 1) ?? rules.verifySigner(signatures[0], address);
}

/** The same where the column of scripts has room for one key: it signs for the address, or for one owner beside it. */
export function verifyOneSigner<A extends DecodedAddress>(
  claim: OwnershipClaim,
  address: A,
  rules: OwnerRules<A>,
): OwnershipVerdict {
  if (claim.owners.length <= 1) return verifySigners(claim, address, rules);
  return unsupported('W5', 'signature-form', 'one key stands in the column of scripts: expected at most one owner');
}

/** The verdict that there are fewer or more signatures than expected, if so. */
export function checkSignatureCount(signatures: readonly string[], expected: number): OwnershipVerdict | undefined {
  const detail = `expected signatures: ${expected}, found: ${signatures.length}`;
  if (signatures.length < expected) return failed('W5', 'signature-missing', detail);
  if (signatures.length > expected) return failed('W5', 'signature-count', detail);
  return undefined;
}
