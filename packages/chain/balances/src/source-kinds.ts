/** The table of kinds of sources: whoever adds one adds its file below `sources`, and its line here. */
import type { SourceKind } from './source-kind.js';
import { algorandIndexerKind } from './sources/algorand-indexer.js';
import { aptosRestKind } from './sources/aptos-rest.js';
import { beaconApiKind } from './sources/beacon-api.js';
import { bitcoinCoreKind, esploraKind } from './sources/bitcoin-kinds.js';
import { cometbftRpcKind } from './sources/cometbft-rpc.js';
import { ethereumJsonRpcKind } from './sources/ethereum-kind.js';
import { filecoinJsonRpcKind } from './sources/filecoin-json-rpc.js';
import { kupoKind } from './sources/kupo.js';
import { nearJsonRpcKind } from './sources/near-json-rpc.js';
import { solanaJsonRpcKind } from './sources/solana-json-rpc.js';
import { stellarHorizonKind } from './sources/stellar-horizon.js';
import { substrateJsonRpcKind } from './sources/substrate-json-rpc.js';
import { suiGraphqlKind } from './sources/sui-graphql.js';
import { toncenterV2Kind } from './sources/toncenter-v2.js';
import { tronHttpKind } from './sources/tron-http.js';
import { xrpJsonRpcKind } from './sources/xrp-json-rpc.js';

/** All kinds, in the order of the guide's table. */
export const sourceKinds: readonly SourceKind[] = [
  ethereumJsonRpcKind,
  esploraKind,
  bitcoinCoreKind,
  solanaJsonRpcKind,
  tronHttpKind,
  xrpJsonRpcKind,
  toncenterV2Kind,
  beaconApiKind,
  suiGraphqlKind,
  aptosRestKind,
  cometbftRpcKind,
  substrateJsonRpcKind,
  stellarHorizonKind,
  kupoKind,
  nearJsonRpcKind,
  filecoinJsonRpcKind,
  algorandIndexerKind,
];
