/** Further networks whose rows name the key that signs, and whose families need no parameters (spec §13.3). */
import type { KeyedNetwork } from './network.js';

/** Family, which is the id too where none is given; title, native asset, its decimals, names in published lists. */
type Row = readonly [
  family: KeyedNetwork['family'],
  title: string,
  nativeAsset: string,
  nativeDecimals: number,
  names: string,
  id?: string,
];

const rows: readonly Row[] = [
  ['sui', 'Sui', 'SUI', 9, ''],
  ['stellar', 'Stellar', 'XLM', 7, 'XLM'],
  ['cardano', 'Cardano', 'ADA', 6, 'ADA'],
  ['near', 'NEAR', 'NEAR', 24, 'NEAR PROTOCOL'],
  ['algorand', 'Algorand', 'ALGO', 6, 'ALGO'],
  ['multiversx', 'MultiversX', 'EGLD', 18, 'EGLD,ELROND'],
  ['tezos', 'Tezos', 'XTZ', 6, 'XTZ'],
  ['kaspa', 'Kaspa', 'KAS', 8, 'KAS'],
  ['icp', 'Internet Computer', 'ICP', 8, 'ICP,INTERNET COMPUTER,DFINITY', 'internet-computer'],
  ['hedera', 'Hedera', 'HBAR', 8, 'HBAR,HEDERA HASHGRAPH'],
];

export const keyedNetworks: readonly KeyedNetwork[] = rows.map(
  ([family, title, nativeAsset, nativeDecimals, names, id = family]) => {
    const others = names === '' ? [] : names.split(',');
    return { family, id, title, names: [...new Set([id.toUpperCase(), ...others])], nativeAsset, nativeDecimals };
  },
);
