/** Further chains whose accounts are hashes of keys of secp256k1 (spec §13.3, §15). */
import type { HashedKeyNetwork } from './network.js';

/** Family, id, title, native asset, its decimals, names in published lists. */
type Row = readonly [
  family: HashedKeyNetwork['family'],
  id: string,
  title: string,
  nativeAsset: string,
  nativeDecimals: number,
  names: string,
];

const rows: readonly Row[] = [
  ['filecoin', 'filecoin', 'Filecoin', 'FIL', 18, 'FIL'],
  ['stacks', 'stacks', 'Stacks', 'STX', 6, 'STX'],
  ['conflux', 'conflux', 'Conflux', 'CFX', 18, 'CFX'],
  ['icon', 'icon', 'ICON', 'ICX', 18, 'ICX'],
  ['aelf', 'aelf', 'aelf', 'ELF', 8, 'ELF'],
  ['antelope', 'eos', 'Vaulta (EOS)', 'EOS', 4, 'EOS,VAULTA,EOSIO'],
  ['decred', 'decred', 'Decred', 'DCR', 8, 'DCR'],
  ['zilliqa', 'zilliqa', 'Zilliqa', 'ZIL', 12, 'ZIL'],
  ['flow', 'flow', 'Flow', 'FLOW', 8, 'FLOW'],
  ['starknet', 'starknet', 'Starknet', 'STRK', 18, 'STRK,STARK'],
  ['antelope', 'wax', 'WAX', 'WAXP', 8, 'WAX,WAXP'],
];

export const hashedKeyNetworks: readonly HashedKeyNetwork[] = rows.map(
  ([family, id, title, nativeAsset, nativeDecimals, names]) => {
    const known = new Set([id.toUpperCase(), ...names.split(',')]);
    return { family, id, title, names: [...known], nativeAsset, nativeDecimals };
  },
);
