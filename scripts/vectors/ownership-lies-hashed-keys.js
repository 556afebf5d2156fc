// Lies about rows of chains whose accounts are hashes of keys of secp256k1, by the name of their file (spec §15).
import { cosmosRows, filecoinRows, vechainRows } from './ownership-lies-cosmos.js';
import { aelfRows, confluxRows, decredRows, iconRows, stacksRows } from './ownership-lies-hashes.js';
import { starknetRows, zilliqaRows } from './ownership-lies-schnorr.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const hashedKeyLies = {
  cosmos: cosmosRows,
  filecoin: filecoinRows,
  stacks: stacksRows,
  conflux: confluxRows,
  icon: iconRows,
  aelf: aelfRows,
  decred: decredRows,
  zilliqa: zilliqaRows,
  vechain: vechainRows,
  starknet: starknetRows,
};
