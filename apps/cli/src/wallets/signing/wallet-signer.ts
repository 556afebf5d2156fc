/** What signing needs of each family. Keys come from files for rehearsals; nothing of them is ever printed. */
import type { DecodedAddress } from '@solvent/ownership-verifier/claim';
import type { Network } from '@solvent/report-format/networks/network';

/** What is to be signed for one row. */
export interface SigningTask<A extends DecodedAddress = DecodedAddress, N extends Network = Network> {
  readonly message: string;
  readonly address: A;
  readonly network: N;
  /** The row's script or public key; empty where it has none yet. */
  readonly script: string;
}

/** One signature, and the public key where the family's rows carry it in the column of scripts. */
export interface WalletSignature {
  readonly signature: string;
  readonly publicKey?: string;
}

/** The rules of a family for those who hold keys. */
export interface WalletSigner<A extends DecodedAddress = DecodedAddress, N extends Network = Network> {
  /** Signs with one secret key of 32 bytes. */
  sign(task: SigningTask<A, N>, secretKey: Uint8Array): WalletSignature;
  /** The usual address of a secret key. */
  addressOf(secretKey: Uint8Array, network: N): string;
}
