/** The signers of all families, by name. */
import type { FamilyName, Network } from '@solvent/report-format/networks/network';
import { evmSigner, solanaSigner, tonSigner, tronSigner, xrpSigner } from './account-signers.js';
import { bitcoinSigner } from './bitcoin-signer.js';
import type { WalletSigner } from './wallet-signer.js';

const signers: { readonly [Name in FamilyName]?: WalletSigner } = {
  bitcoin: bitcoinSigner as WalletSigner,
  evm: evmSigner,
  tron: tronSigner,
  solana: solanaSigner,
  ton: tonSigner,
  xrp: xrpSigner,
};

/** The signer for a network, or undefined when there is none. */
export function signerOf(network: Network): WalletSigner | undefined {
  return signers[network.family];
}
