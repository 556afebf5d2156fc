/** Accounts of several members of whom the row has the list: whose signatures they are, and whether they are enough
 * (spec §16.1). */
import { failed, type OwnershipVerdict } from '../verdict.js';

/** Members as a row lists them. */
export interface Members<Member> {
  readonly threshold: number;
  readonly members: readonly Member[];
}

/** As many as a row has signatures. */
const membersMax = 20;

/** `multisig|threshold|member|member|…`: up to 20 members, none twice, whom the threshold does not exceed; undefined for
 * other texts. */
export function decodeMembers<Member>(
  text: string,
  decode: (member: string) => Member | undefined,
  isSame: (a: Member, b: Member) => boolean,
): Members<Member> | undefined {
  const [form, count, ...texts] = text.split('|');
  if (form !== 'multisig' || !/^[1-9][0-9]?$/.test(count ?? '') || texts.length > membersMax) return undefined;
  const members: Member[] = [];
  for (const one of texts) {
    const member = decode(one);
    if (member === undefined || members.some((other) => isSame(other, member))) return undefined;
    members.push(member);
  }
  return Number(count) <= members.length ? { threshold: Number(count), members } : undefined;
}

/** Step W6: each signature is by a member after the one before, and they are enough. In this order nobody signs twice, and
 * no row takes longer than its members take. Returns the verdict against, or undefined. */
export function checkMembers<Signature, Member>(
  signatures: readonly Signature[],
  { members, threshold }: Members<Member>,
  isBy: (signature: Signature, member: Member) => boolean,
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
