/** What the rules of a network say of a row, in the short form in which tests compare it. */
import { findNetwork } from '@solvent/report-format/networks/networks';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { familyOf } from '../src/families.js';
import type { OwnershipVerdict } from '../src/verdict.js';

/** Verdict, step and code of steps W3 and W5 to W7; the network by one of its names. */
export function verdictOn(networkName: string, row: Partial<OwnershipClaim> & Pick<OwnershipClaim, 'address'>): string {
  return checksOf(networkName, { message: '', signatures: [], script: '', owners: [], ...row }).code({});
}

/** What the rules of a network say of changes to one row: whole verdicts, their short form, and addresses alone. */
export function checksOf(networkName: string, plain: OwnershipClaim) {
  const { network, family } = rulesOf(networkName);
  const decode = (text: string) => family.decodeAddress(text, network);
  const check = (changes: Partial<OwnershipClaim>): OwnershipVerdict => {
    const claim = { ...plain, ...changes };
    const address = decode(claim.address);
    return isVerdict(address) ? address : family.verify(claim, address, network);
  };
  return { decode, check, code: (changes: Partial<OwnershipClaim>) => shortForm(check(changes)) };
}

/** Kind and canonical spelling of an address, or step and code where it is none. */
export function addressOn(networkName: string, text: string): string {
  const { network, family } = rulesOf(networkName);
  const address = family.decodeAddress(text, network);
  return isVerdict(address) ? `${address.step} ${address.code}` : `${address.kind} ${address.canonical}`;
}

function shortForm({ verdict, step, code }: OwnershipVerdict): string {
  return `${verdict} ${step} ${code}`;
}

function rulesOf(networkName: string) {
  const network = findNetwork(networkName);
  if (network === undefined) throw new Error(`${networkName}: expected a network of the table`);
  return { network, family: familyOf(network) };
}
