/** What a row of a wallet list claims, and what a family of networks must be able to say of it (spec §13.2). */
import type { Network } from '@solvent/report-format/networks/network';
import type { FormTrial } from './explain/trials.js';
import type { OwnershipVerdict } from './verdict.js';

/** The signed part of a row, as text from the list; fields that the row lacks are empty. */
export interface OwnershipClaim {
  readonly address: string;
  readonly message: string;
  /** The signatures in the order of their columns, without empty ones. */
  readonly signatures: readonly string[];
  /** The column of scripts: a redeem or witness script, or a public key. */
  readonly script: string;
  /** Plain accounts that sign for a contract, validator or object in the address column. */
  readonly owners: readonly string[];
  /** What the chain says of the address, if the caller has it; its shape is checked by the family (spec §13.15). */
  readonly evidence?: unknown;
  /** Blocks that the caller takes for part of their chains, from a place other than the list: what evidence is
   * checked against. Without them no evidence proves anything (spec §13.15). */
  readonly trustedBlocks?: readonly TrustedBlock[];
}

/** A block that the caller takes for part of a chain (spec §13.15). */
export interface TrustedBlock {
  /** The `id` of the network in the table. */
  readonly network: string;
  /** The hash of the block, or of `ethereum-validators` the root of the beacon block: `0x` and 64 lower-case digits. */
  readonly hash: string;
}

/** An address that decodes on its network. */
export interface DecodedAddress {
  /** One spelling for all spellings of the same address: what duplicates are found by. */
  readonly canonical: string;
  /** The kind of address, for people: `P2PKH`, `P2TR`, `account`. */
  readonly kind: string;
}

/** What the rules of a network cover, in words: the pages that people read are made of this. */
export interface FamilySupport {
  readonly addressKinds: readonly string[];
  /** Forms of signed messages, each by the name with which the detail of a verified row begins. */
  readonly schemes: readonly string[];
  /** What a verified row has shown. */
  readonly checked: string;
  /** What stays unproven without evidence from the chain. */
  readonly unproven: string;
  /** The section of the specification. */
  readonly section: string;
}

/** The rules of one family of networks. */
export interface OwnershipFamily<N extends Network, A extends DecodedAddress = DecodedAddress> {
  /** Step W3: the decoded address, or the verdict that it is none of this network's. Never throws. */
  decodeAddress(text: string, network: N): A | OwnershipVerdict;
  /** Steps W5 to W7: forms, signatures and the tie from key to address. Never throws. */
  verify(claim: OwnershipClaim, address: A, network: N): OwnershipVerdict;
  /** What these rules cover on a network. */
  support(network: N): FamilySupport;
  /** Each form of message tried on each signature, where a signature gives its signer; decides nothing. Never throws. */
  tryForms?(claim: OwnershipClaim, address: A, network: N): readonly FormTrial[];
}

/** Whether `decodeAddress` gave a verdict instead of an address. */
export function isVerdict(value: DecodedAddress | OwnershipVerdict): value is OwnershipVerdict {
  return 'verdict' in value;
}
