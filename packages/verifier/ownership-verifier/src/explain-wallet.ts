/**
 * Why a row has the verdict that it has, for whoever has to mend it: what was decoded, which forms were tried, and what small
 * change would make it verify. Only `verifyWallet` says whether a row is verified; nothing here does.
 */
import type { Network } from '@solvent/report-format/networks/network';
import { networks } from '@solvent/report-format/networks/networks';
import { networkIdsOf, resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import {
  type DecodedAddress,
  type FamilySupport,
  isVerdict,
  type OwnershipClaim,
  type OwnershipFamily,
} from './claim.js';
import { adviseOn } from './explain/advice.js';
import { findChanges } from './explain/changes.js';
import { type TextForm, textForms } from './explain/text-forms.js';
import { type FormTrial, trialsByVerdict } from './explain/trials.js';
import { familyOf } from './families.js';
import { claimOf, verifyWallet, type WalletContext, type WalletVerdict } from './verify-wallet.js';

/** A change to the row with which its signatures would prove the address. The row as it is does not. */
export interface UsefulChange {
  /** What to change, in words. */
  readonly change: string;
  /** What the signatures then prove. */
  readonly proves: string;
}

export interface WalletExplanation {
  readonly verdict: WalletVerdict;
  /** Absent where coin and network are not known. */
  readonly network?: { readonly id: string; readonly title: string; readonly asset: string };
  /** Absent where it is none of the network's. */
  readonly address?: { readonly canonical: string; readonly kind: string };
  /** Networks on which the address would be one, where it is none of the row's: at most twelve. */
  readonly addressOf: readonly string[];
  /** What the texts of the row can be, by column. */
  readonly texts: readonly { readonly column: string; readonly forms: readonly TextForm[] }[];
  /** What the rules of the network cover; absent where coin and network are not known. */
  readonly support?: FamilySupport;
  readonly trials: readonly FormTrial[];
  readonly changes: readonly UsefulChange[];
  /** What would prove it, in sentences; none for a verified row. */
  readonly advice: readonly string[];
}

const addressOfMax = 12;

/** Explains one row. Never throws, whatever the row holds; takes as long as a few dozen verifications. */
export function explainWallet(row: WalletRow, context: WalletContext): WalletExplanation {
  const found = examine(row, context);
  return { ...found, advice: adviseOn(found, context.policy) };
}

function examine(row: WalletRow, context: WalletContext): Omit<WalletExplanation, 'advice'> {
  const verdict = verifyWallet(row, context);
  const texts = textsOf(row);
  const coin = resolveCoin(row);
  if ('code' in coin || row.fault !== undefined) {
    return { verdict, addressOf: networksOf(row.address), texts, trials: [], changes: [] };
  }
  const { asset, network } = coin;
  const found = { verdict, network: { id: network.id, title: network.title, asset }, texts };
  const family = familyOf(network);
  const support = family.support(network);
  const address = family.decodeAddress(row.address, network);
  if (isVerdict(address)) {
    const changes = findChanges(row, network, otherNetworks(asset, network));
    return { ...found, support, addressOf: networksOf(row.address), trials: [], changes };
  }
  const { canonical, kind } = address;
  const claim = claimOf(row, context, context.evidenceFor?.(network.id, canonical));
  const trials = tryForms(claim, address, network, family, support);
  const isProven = trials.some(({ result }) => result === 'proves') || verdict.verdict === 'verified';
  const changes = isProven ? [] : findChanges(row, network, otherNetworks(asset, network));
  return { ...found, address: { canonical, kind }, addressOf: [], support, trials, changes };
}

function tryForms(
  claim: OwnershipClaim,
  address: DecodedAddress,
  network: Network,
  family: OwnershipFamily<Network>,
  support: FamilySupport,
): readonly FormTrial[] {
  const verdict = family.verify(claim, address, network);
  const tried = family.tryForms?.(claim, address, network) ?? [];
  const others = trialsByVerdict(support.schemes, verdict);
  return [...tried, ...others.filter(({ form }) => !tried.some((trial) => trial.form === form))];
}

function textsOf({ signatures, script, owners }: WalletRow) {
  return [
    ...signatures.map((text, i) => ({ column: `signature${i + 1}`, forms: textForms(text) })),
    ...(script === '' ? [] : [{ column: 'script', forms: textForms(script) }]),
    ...owners.map((text, i) => ({ column: `owner${i + 1}`, forms: textForms(text) })),
  ];
}

/** The networks of which a text is an address. */
function networksOf(text: string): readonly string[] {
  return networks
    .filter((network) => !isVerdict(familyOf(network).decodeAddress(text, network)))
    .slice(0, addressOfMax)
    .map(({ id }) => id);
}

/** The other networks that an asset is on. */
function otherNetworks(asset: string, network: Network): readonly Network[] {
  const ids = new Set(networkIdsOf(asset));
  return networks.filter(({ id }) => ids.has(id) && id !== network.id);
}
