/** Accounts of several members of whom the row has the list: whose signatures they are, and whether they are enough
 * (spec §16.1). */
import { type DecodedAddress, isVerdict, type OwnershipClaim } from '../claim.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';

/** Members as a row lists them. */
export interface Members<Member> {
  readonly threshold: number;
  readonly members: readonly Member[];
}

/** What a chain says of its accounts of several members. */
export interface MemberRules<Member extends DecodedAddress, Signature> {
  decodeMember(text: string): Member | OwnershipVerdict;
  decodeSignature(text: string): Signature | undefined;
  /** The texts that are signatures, for people. */
  readonly signatureTexts: string;
  isBy(signature: Signature, member: Member): boolean;
  /** The address of them all. */
  addressOf(members: Members<Member>): DecodedAddress;
}

/** As many as a row has signatures. */
const membersMax = 20;
const listMark = 'multisig';

/** Whether the column of scripts has a list of members, with nobody in the columns of owners. */
export function listsMembers({ owners, script }: OwnershipClaim): boolean {
  return owners.length === 0 && script.startsWith(`${listMark}|`);
}

/** Steps W5 to W7 for several members: each signature is by another of them, they are enough, and the address is theirs. */
export function verifyMembers<Member extends DecodedAddress, Signature>(
  { script, signatures: texts }: OwnershipClaim,
  address: DecodedAddress,
  rules: MemberRules<Member, Signature>,
): OwnershipVerdict {
  const members = decodeMembers(script, rules);
  if (members === undefined) {
    return failed('W5', 'script-format', 'expected multisig, a threshold and as many different addresses or more');
  }
  if (texts.length === 0) return failed('W5', 'signature-missing', 'expected signatures, found none');
  const signatures: Signature[] = [];
  for (const [i, text] of texts.entries()) {
    const signature = rules.decodeSignature(text);
    if (signature === undefined) {
      return failed('W5', 'signature-format', `signature ${i + 1}: expected ${rules.signatureTexts}`);
    }
    signatures.push(signature);
  }
  const problem = checkMembers(signatures, members, rules);
  if (problem !== undefined) return problem;
  const found = rules.addressOf(members).canonical;
  if (found === address.canonical) return verified('account of several members');
  return failed('W7', 'address-mismatch', `expected the members of ${address.canonical}, found those of ${found}`);
}

/** `multisig|threshold|member|member|…`: up to 20 members, none twice, whom the threshold does not exceed; undefined for
 * other texts. */
function decodeMembers<Member extends DecodedAddress, Signature>(
  text: string,
  { decodeMember }: MemberRules<Member, Signature>,
): Members<Member> | undefined {
  const [form, count, ...texts] = text.split('|');
  if (form !== listMark || !/^[1-9][0-9]?$/.test(count ?? '') || texts.length > membersMax) return undefined;
  const members: Member[] = [];
  for (const one of texts) {
    const member = decodeMember(one);
    if (isVerdict(member) || members.some(({ canonical }) => canonical === member.canonical)) return undefined;
    members.push(member);
  }
  return Number(count) <= members.length ? { threshold: Number(count), members } : undefined;
}

/** Step W6: each signature is by a member after the one before, and they are enough. In this order nobody signs twice, and
 * no row takes longer than its members take. Returns the verdict against, or undefined. */
function checkMembers<Member extends DecodedAddress, Signature>(
  signatures: readonly Signature[],
  { members, threshold }: Members<Member>,
  { isBy }: MemberRules<Member, Signature>,
): OwnershipVerdict | undefined {
  let next = 0;
  for (const [i, signature] of signatures.entries()) {
    while (next < members.length && !isBy(signature, members[next])) next++;
    if (next === members.length) {
      return failed('W6', 'signature', `signature ${i + 1} is by no member after those who have signed`);
    }
    next++;
  }
  if (signatures.length >= threshold) return undefined;
  return failed('W6', 'threshold', `expected signatures by ${threshold} members, found ${signatures.length}`);
}
