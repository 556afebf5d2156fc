/** What a network of the table is: names, asset, and the parameters of its family of addresses (spec §13.3). */

interface NetworkEntry {
  /** The one name that Solvent uses, in kebab case: `bitcoin`, `arbitrum`. */
  readonly id: string;
  /** The name for people. */
  readonly title: string;
  /** Names in published lists, upper case; no two networks share one. */
  readonly names: readonly string[];
  /** The symbol of the asset in which the network's fees are paid. */
  readonly nativeAsset: string;
  /** Digits after the point of the native asset on the chain. */
  readonly nativeDecimals: number;
}

/** A chain with Bitcoin's addresses, scripts and signed messages. */
export interface BitcoinNetwork extends NetworkEntry {
  readonly family: 'bitcoin';
  /** First text of a signed message, with its line end: `Bitcoin Signed Message:\n`. */
  readonly messageHeader: string;
  /** Base58Check versions of P2PKH addresses, one or two bytes each; the first is the usual one. */
  readonly p2pkh: readonly (readonly number[])[];
  /** Base58Check versions of P2SH addresses, likewise. */
  readonly p2sh: readonly (readonly number[])[];
  /** Human-readable part of segwit addresses, on chains that have segwit. */
  readonly segwitPrefix?: string;
  /** Prefix of CashAddr addresses, on chains that have them. */
  readonly cashAddrPrefix?: string;
}

/** A chain with Ethereum's addresses. */
export interface EvmNetwork extends NetworkEntry {
  readonly family: 'evm';
  /** EIP-155 chain id. */
  readonly chainId: number;
  /** Human-readable part of the Bech32 spelling of addresses, on chains that have one. */
  readonly bech32Prefix?: string;
  /** What stands for `0x` in the chain's own spelling of addresses, on chains that have one. */
  readonly hexPrefix?: string;
  /** Checksums of mixed-case addresses are those of EIP-1191, which take in the chain id. */
  readonly chainIdChecksum?: true;
}

/** A network whose family needs no parameters. */
export interface PlainNetwork extends NetworkEntry {
  readonly family: 'tron' | 'solana' | 'ton' | 'xrp' | 'aptos' | 'validator';
}

export type Network = BitcoinNetwork | EvmNetwork | PlainNetwork;

/** A family of networks, which share address derivation and forms of signatures. */
export type FamilyName = Network['family'];
