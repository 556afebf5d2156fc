/** The families of networks, by name: what joins the table of networks to the rules of addresses and signatures. */
import type { FamilyName, Network } from '@solvent/report-format/networks/network';
import type { OwnershipFamily } from './claim.js';
import { aelfFamily } from './families/aelf.js';
import { algorandFamily } from './families/algorand.js';
import { antelopeFamily } from './families/antelope.js';
import { aptosFamily } from './families/aptos.js';
import { bitcoinFamily } from './families/bitcoin.js';
import { cardanoFamily } from './families/cardano.js';
import { confluxFamily } from './families/conflux.js';
import { cosmosFamily } from './families/cosmos.js';
import { decredFamily } from './families/decred.js';
import { evmFamily } from './families/evm.js';
import { filecoinFamily } from './families/filecoin.js';
import { flowFamily } from './families/flow.js';
import { hederaFamily } from './families/hedera.js';
import { iconFamily } from './families/icon.js';
import { icpFamily } from './families/icp.js';
import { kaspaFamily } from './families/kaspa.js';
import { multiversxFamily } from './families/multiversx.js';
import { nearFamily } from './families/near.js';
import { solanaFamily } from './families/solana.js';
import { ss58Family } from './families/ss58.js';
import { stacksFamily } from './families/stacks.js';
import { starknetFamily } from './families/starknet.js';
import { stellarFamily } from './families/stellar.js';
import { suiFamily } from './families/sui.js';
import { tezosFamily } from './families/tezos.js';
import { tonFamily } from './families/ton.js';
import { tronFamily } from './families/tron.js';
import { validatorFamily } from './families/validator.js';
import { xrpFamily } from './families/xrp.js';
import { zilliqaFamily } from './families/zilliqa.js';

// Each family is asked for networks of its own kind alone. A name without rules does not compile.
const families: { readonly [Name in FamilyName]: OwnershipFamily<Network> } = {
  bitcoin: bitcoinFamily,
  evm: evmFamily,
  tron: tronFamily,
  solana: solanaFamily,
  ton: tonFamily,
  xrp: xrpFamily,
  validator: validatorFamily,
  aptos: aptosFamily,
  sui: suiFamily,
  ss58: ss58Family,
  cardano: cardanoFamily,
  multiversx: multiversxFamily,
  algorand: algorandFamily,
  near: nearFamily,
  stellar: stellarFamily,
  cosmos: cosmosFamily,
  filecoin: filecoinFamily,
  stacks: stacksFamily,
  conflux: confluxFamily,
  icon: iconFamily,
  aelf: aelfFamily,
  antelope: antelopeFamily,
  decred: decredFamily,
  zilliqa: zilliqaFamily,
  flow: flowFamily,
  starknet: starknetFamily,
  tezos: tezosFamily,
  kaspa: kaspaFamily,
  icp: icpFamily,
  hedera: hederaFamily,
};

/** The rules for a network. */
export function familyOf(network: Network): OwnershipFamily<Network> {
  return families[network.family];
}
