/** What the rules of a network say of a row, in the short form in which tests compare it. */
import { findNetwork } from '@solvent/report-format/networks/networks';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { familyOf } from '../src/families.js';

/** Verdict, step and code of steps W3 and W5 to W7; the network by one of its names. */
export function verdictOn(networkName: string, row: Partial<OwnershipClaim> & Pick<OwnershipClaim, 'address'>): string {
  const { network, family } = rulesOf(networkName);
  const claim = { message: '', signatures: [], script: '', owners: [], ...row };
  const address = family.decodeAddress(claim.address, network);
  const { verdict, step, code } = isVerdict(address) ? address : family.verify(claim, address, network);
  return `${verdict} ${step} ${code}`;
}

/** Kind and canonical spelling of an address, or step and code where it is none. */
export function addressOn(networkName: string, text: string): string {
  const { network, family } = rulesOf(networkName);
  const address = family.decodeAddress(text, network);
  return isVerdict(address) ? `${address.step} ${address.code}` : `${address.kind} ${address.canonical}`;
}

function rulesOf(networkName: string) {
  const network = findNetwork(networkName);
  if (network === undefined) throw new Error(`${networkName}: expected a network of the table`);
  return { network, family: familyOf(network) };
}
