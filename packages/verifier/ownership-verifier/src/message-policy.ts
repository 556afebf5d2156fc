/** Step W4: whether a row's message is what the policy asks for (spec §13.5). */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Network } from '@solvent/report-format/networks/network';
import { type Challenge, challengePrefix, parseChallenge } from '@solvent/report-format/wallets/challenge';
import type { Snapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { isVerdict } from './claim.js';
import { familyOf } from './families.js';
import { failed, type OwnershipVerdict, unproven } from './verdict.js';

/** Which messages the caller accepts: challenges for one report, or one text that says nothing of when it was signed. */
export type MessagePolicy =
  | { readonly kind: 'fresh'; readonly snapshot: Snapshot }
  | { readonly kind: 'fixed'; readonly text: string };

/** The verdict that the message is not what the policy asks for, or undefined when it is. */
export function checkMessage(
  row: WalletRow,
  network: Network,
  canonicalAddress: string,
  policy: MessagePolicy,
): OwnershipVerdict | undefined {
  if (row.message === '') return failed('W4', 'message-missing', 'expected a message, got none');
  if (policy.kind === 'fresh') return checkChallenge(row, network, canonicalAddress, policy.snapshot);
  if (row.message === policy.text) return undefined;
  const found = row.message.startsWith(challengePrefix) ? 'a challenge, for which the policy is fresh' : row.message;
  return failed('W4', 'message-text', `expected ${quoteExcerpt(policy.text)}, got ${quoteExcerpt(found)}`);
}

function checkChallenge(
  row: WalletRow,
  network: Network,
  canonicalAddress: string,
  snapshot: Snapshot,
): OwnershipVerdict | undefined {
  const challenge = parseChallenge(row.message);
  if (challenge === undefined) {
    return failed('W4', 'message-format', `expected a challenge of this report, got ${quoteExcerpt(row.message)}`);
  }
  const { exchange, reportId } = snapshot;
  if (challenge.exchange !== exchange || challenge.reportId !== reportId) {
    const expected = `report ${quoteExcerpt(reportId)} of ${quoteExcerpt(exchange)}`;
    const found = `${quoteExcerpt(challenge.reportId)} of ${quoteExcerpt(challenge.exchange)}`;
    return failed('W4', 'message-report', `expected a challenge for ${expected}, got one for ${found}`);
  }
  if (challenge.network !== network.id) {
    return failed('W4', 'message-network', `expected a challenge for ${network.id}, got one for ${challenge.network}`);
  }
  return checkBlock(row, challenge, snapshot) ?? checkAddress(row, challenge, network, canonicalAddress);
}

function checkBlock(row: WalletRow, challenge: Challenge, snapshot: Snapshot): OwnershipVerdict | undefined {
  const block = snapshot.blocks.find(({ network }) => network === challenge.network);
  if (block === undefined) {
    const detail = `the snapshot names no block of ${challenge.network}: one would settle it`;
    return unproven('W4', 'snapshot-missing', detail);
  }
  if (challenge.height !== block.height || challenge.block !== block.hash) {
    const found = `${challenge.height}, ${challenge.block}`;
    return failed('W4', 'message-block', `expected height ${block.height}, block ${block.hash}, got ${found}`);
  }
  if (row.height === '' || BigInt(row.height) === BigInt(block.height)) return undefined;
  return failed('W4', 'message-block', `expected height ${block.height} in the row, got ${quoteExcerpt(row.height)}`);
}

function checkAddress(
  row: WalletRow,
  challenge: Challenge,
  network: Network,
  canonicalAddress: string,
): OwnershipVerdict | undefined {
  // The row's own spelling, as a rule: decoded already, which is slow in some families.
  if (challenge.address === row.address) return undefined;
  const named = familyOf(network).decodeAddress(challenge.address, network);
  if (!isVerdict(named) && named.canonical === canonicalAddress) return undefined;
  const detail = `expected a challenge for the address of the row, got one for ${quoteExcerpt(challenge.address)}`;
  return failed('W4', 'message-address', detail);
}
