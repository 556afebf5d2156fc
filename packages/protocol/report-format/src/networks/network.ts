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
  /** First texts of signed messages, each with its line end: `Bitcoin Signed Message:\n`. The first is the one to sign
   * with; the others stand in published lists. */
  readonly messageHeaders: readonly string[];
  /** Base58Check versions of P2PKH addresses, one or two bytes each; the first is the usual one. */
  readonly p2pkh: readonly (readonly number[])[];
  /** Base58Check versions of P2SH addresses, likewise. */
  readonly p2sh: readonly (readonly number[])[];
  /** Human-readable part of segwit addresses; on chains without segwit there is none, and there a P2SH address of a
   * segwit program can be spent without the key. */
  readonly segwitPrefix?: string;
  /** Whether version 1 of segwit is taproot (BIP-341) on this chain. */
  readonly taproot?: boolean;
  /** Whether BIP-322 holds: segwit is there, and transactions are hashed for signing as Bitcoin's are. */
  readonly bip322?: boolean;
  /** Human-readable parts of the chain's addresses that no rule covers: shielded, unified. */
  readonly otherPrefixes?: readonly string[];
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
  /** Whether the chain is one of the Cosmos SDK too, whose wallets sign arbitrary data (ADR-36). */
  readonly adr36?: true;
  /** Whether accounts have Filecoin's spelling too, `f410f…`. */
  readonly filecoin?: true;
  /** Whether wallets sign certificates, as VeChain's do. */
  readonly certificates?: true;
}

/** A chain of the Cosmos SDK, with one prefix for its accounts. */
export interface CosmosNetwork extends NetworkEntry {
  readonly family: 'cosmos';
  /** Human-readable part of the Bech32 of accounts. */
  readonly prefix: string;
  /** Whether accounts are hashes of keys as Ethereum's are, and signed data is hashed with Keccak-256. */
  readonly ethereumKeys?: true;
}

/** A network whose accounts are hashes of keys of secp256k1, in a family of its own without parameters. */
export interface HashedKeyNetwork extends NetworkEntry {
  readonly family:
    | 'filecoin'
    | 'stacks'
    | 'conflux'
    | 'icon'
    | 'aelf'
    | 'antelope'
    | 'decred'
    | 'zilliqa'
    | 'flow'
    | 'starknet';
}

/** A network whose family needs no parameters. */
export interface PlainNetwork extends NetworkEntry {
  readonly family: 'tron' | 'solana' | 'ton' | 'xrp' | 'aptos' | 'validator';
}

/** A network whose rows name the key that signs, in a family of its own without parameters. */
export interface KeyedNetwork extends NetworkEntry {
  readonly family:
    | 'sui'
    | 'stellar'
    | 'cardano'
    | 'near'
    | 'algorand'
    | 'multiversx'
    | 'tezos'
    | 'kaspa'
    | 'icp'
    | 'hedera';
}

/** A network with Substrate's accounts. */
export interface Ss58Network extends NetworkEntry {
  readonly family: 'ss58';
  /** Prefixes of addresses, the usual one first. */
  readonly prefixes: readonly number[];
}

export type Network =
  | BitcoinNetwork
  | EvmNetwork
  | CosmosNetwork
  | HashedKeyNetwork
  | PlainNetwork
  | KeyedNetwork
  | Ss58Network;

/** A family of networks, which share address derivation and forms of signatures. */
export type FamilyName = Network['family'];
