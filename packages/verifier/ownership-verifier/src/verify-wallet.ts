/** Whether one row of a wallet list proves control of its address: steps W1 to W7 (spec §13.2). */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { isVerdict, type OwnershipClaim, type TrustedBlock } from './claim.js';
import { familyOf } from './families.js';
import { checkMessage, type MessagePolicy } from './message-policy.js';
import { failed, type OwnershipVerdict, unsupported } from './verdict.js';

/** What the caller accepts and knows, none of it from the list. */
export interface WalletContext {
  readonly policy: MessagePolicy;
  /** What the chain says of an address, by the network's id and the address's canonical spelling (spec §13.15). */
  readonly evidenceFor?: (network: string, canonicalAddress: string) => unknown;
  /** Blocks that evidence is checked against. */
  readonly trustedBlocks?: readonly TrustedBlock[];
}

/** A row's verdict, with as much of what the row is about as the steps before it found. */
export interface WalletVerdict extends OwnershipVerdict {
  readonly asset?: string;
  /** The id of the network. */
  readonly network?: string;
  /** One spelling for all spellings of the address on its network. */
  readonly canonicalAddress?: string;
}

/** Verifies one row. Never throws, whatever the row holds. */
export function verifyWallet(row: WalletRow, context: WalletContext): WalletVerdict {
  // W1: the row is in its format (§13.4).
  if (row.fault !== undefined) return failed('W1', row.fault.code, row.fault.detail);

  // W2: coin and network are known and agree (§13.3).
  const coin = resolveCoin(row);
  if ('code' in coin) return coinVerdict(coin.code, coin.detail);
  const { asset, network } = coin;
  const family = familyOf(network);

  // W3: the address decodes on that network.
  const address = family.decodeAddress(row.address, network);
  if (isVerdict(address)) return { asset, network: network.id, ...address };
  const { canonical } = address;
  const about = { asset, network: network.id, canonicalAddress: canonical };

  // W4: the message is what the policy asks for (§13.5).
  const message = checkMessage(row, network, canonical, context.policy);
  if (message !== undefined) return { ...about, ...message };

  // W5 to W7: signatures, and the tie from key to address (§13.6 to §13.14).
  const claim = claimOf(row, context, context.evidenceFor?.(network.id, canonical));
  const verdict = family.verify(claim, address, network);
  if (verdict.verdict !== 'verified') return { ...about, ...verdict };
  return { ...about, ...verdict, detail: `${verdict.detail}; ${describePolicy(context.policy)}` };
}

/** What the rules of a network judge: the row, and what the caller has of its address. */
export function claimOf(row: WalletRow, { trustedBlocks }: WalletContext, evidence: unknown): OwnershipClaim {
  return { ...row, evidence, ...(trustedBlocks && { trustedBlocks }) };
}

function coinVerdict(code: 'coin' | 'network' | 'coin-network', detail: string): OwnershipVerdict {
  return code === 'coin-network' ? failed('W2', code, detail) : unsupported('W2', code, detail);
}

function describePolicy(policy: MessagePolicy): string {
  if (policy.kind === 'fixed') return 'a fixed message, which may be old and is bound to no report';
  return `signed for report ${quoteExcerpt(policy.snapshot.reportId)}`;
}
