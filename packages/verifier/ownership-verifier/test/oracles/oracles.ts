/** The oracle of each family, by the name of its file in vectors/third-party. */

import { algorandRows } from './algorand.js';
import { aptosRows } from './aptos.js';
import { cardanoRows } from './cardano.js';
import { kaspaRows } from './kaspa.js';
import { multiversxRows } from './multiversx.js';
import { nearRows } from './near.js';
import type { OracleRow } from './oracle.js';
import { recordedRows } from './recorded.js';
import { ss58Rows } from './ss58.js';
import { stellarRows } from './stellar.js';
import { suiRows } from './sui.js';
import { tezosRows } from './tezos.js';

export const oracles: Readonly<Record<string, () => Promise<OracleRow[]>>> = {
  aptos: aptosRows,
  sui: suiRows,
  ss58: ss58Rows,
  cardano: cardanoRows,
  multiversx: multiversxRows,
  algorand: algorandRows,
  near: nearRows,
  stellar: stellarRows,
  tezos: tezosRows,
  kaspa: kaspaRows,
  hedera: recordedRows('hedera'),
  icp: recordedRows('icp'),
};
