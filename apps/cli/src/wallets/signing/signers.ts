/** The signers of all families, by name. */
import type { FamilyName, Network } from '@solvent/report-format/networks/network';
import {
  aptosSigner,
  evmSigner,
  solanaSigner,
  tonSigner,
  tronSigner,
  validatorSigner,
  xrpSigner,
} from './account-signers.js';
import { bitcoinSigner } from './bitcoin-signer.js';
import {
  aelfSigner,
  antelopeSigner,
  confluxSigner,
  cosmosSigner,
  decredSigner,
  filecoinSigner,
  flowSigner,
  iconSigner,
  stacksSigner,
  starknetSigner,
  zilliqaSigner,
} from './hashed-key-signers.js';
import {
  algorandSigner,
  cardanoSigner,
  hederaSigner,
  icpSigner,
  kaspaSigner,
  multiversxSigner,
  nearSigner,
  ss58Signer,
  stellarSigner,
  suiSigner,
  tezosSigner,
} from './keyed-signers.js';
import type { WalletSigner } from './wallet-signer.js';

const signers: { readonly [Name in FamilyName]: WalletSigner } = {
  bitcoin: bitcoinSigner as WalletSigner,
  evm: evmSigner,
  tron: tronSigner,
  solana: solanaSigner,
  ton: tonSigner,
  xrp: xrpSigner,
  aptos: aptosSigner,
  sui: suiSigner,
  ss58: ss58Signer as WalletSigner,
  cardano: cardanoSigner,
  multiversx: multiversxSigner,
  algorand: algorandSigner,
  near: nearSigner,
  stellar: stellarSigner,
  cosmos: cosmosSigner as WalletSigner,
  filecoin: filecoinSigner,
  stacks: stacksSigner,
  conflux: confluxSigner,
  icon: iconSigner,
  aelf: aelfSigner,
  antelope: antelopeSigner,
  decred: decredSigner,
  zilliqa: zilliqaSigner,
  flow: flowSigner,
  starknet: starknetSigner,
  validator: validatorSigner,
  tezos: tezosSigner,
  kaspa: kaspaSigner,
  icp: icpSigner,
  hedera: hederaSigner,
};

/** The signer for a network. */
export function signerOf(network: Network): WalletSigner {
  return signers[network.family];
}
