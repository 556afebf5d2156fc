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

const rows: readonly Row[] = [['sui', 'Sui', 'SUI', 9, '']];

export const keyedNetworks: readonly KeyedNetwork[] = rows.map(
  ([family, title, nativeAsset, nativeDecimals, names, id = family]) => {
    const others = names === '' ? [] : names.split(',');
    return { family, id, title, names: [...new Set([id.toUpperCase(), ...others])], nativeAsset, nativeDecimals };
  },
);
