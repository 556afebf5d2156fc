/** The relay chains, parachains and others with Substrate's addresses (spec §13.3): prefixes as the registry of SS58 has
 * them, and those in use on the chain beside its own. */
import type { Ss58Network } from './network.js';

/** Id, title, native asset, its decimals, prefixes with the usual one first, names in published lists. */
type Row = readonly [
  id: string,
  title: string,
  nativeAsset: string,
  nativeDecimals: number,
  prefixes: readonly number[],
  names?: string,
];

const rows: readonly Row[] = [
  ['polkadot', 'Polkadot', 'DOT', 10, [0], 'DOT'],
  ['kusama', 'Kusama', 'KSM', 12, [2], 'KSM'],
  // The hubs of assets and the relay chains have the same accounts, and a balance on each.
  ['polkadot-asset-hub', 'Polkadot Asset Hub', 'DOT', 10, [0], 'STATEMINT,ASSETHUB-POLKADOT,DOT-ASSETHUB,DOT_ASSETHUB'],
  ['kusama-asset-hub', 'Kusama Asset Hub', 'KSM', 12, [2], 'STATEMINE,ASSETHUB-KUSAMA,KSM-ASSETHUB,KSM_ASSETHUB'],
  ['astar', 'Astar', 'ASTR', 18, [5], 'ASTR'],
  ['shiden', 'Shiden', 'SDN', 18, [5], 'SDN'],
  ['bifrost-polkadot', 'Bifrost Polkadot', 'BNC', 12, [0, 6]],
  ['bifrost', 'Bifrost Kusama', 'BNC', 12, [6], 'BNC'],
  ['karura', 'Karura', 'KAR', 12, [8], 'KAR'],
  ['acala', 'Acala', 'ACA', 12, [10], 'ACA'],
  ['polymesh', 'Polymesh', 'POLYX', 6, [12], 'POLYX'],
  ['integritee', 'Integritee', 'TEER', 12, [13], 'TEER'],
  ['stafi', 'StaFi', 'FIS', 12, [20], 'FIS'],
  ['phala', 'Phala', 'PHA', 12, [30], 'PHA'],
  ['khala', 'Khala', 'PHA', 12, [30]],
  ['litentry', 'Litentry', 'LIT', 12, [31], 'LIT'],
  ['robonomics', 'Robonomics', 'XRT', 9, [32], 'XRT'],
  ['centrifuge', 'Centrifuge', 'CFG', 18, [36], 'CFG'],
  ['nodle', 'Nodle', 'NODL', 11, [37], 'NODL'],
  ['kilt', 'KILT', 'KILT', 15, [38]],
  ['polimec', 'Polimec', 'PLMC', 10, [41], 'PLMC'],
  ['clover', 'Clover', 'CLV', 18, [42, 128], 'CLV'],
  ['avail', 'Avail', 'AVAIL', 18, [42]],
  ['bittensor', 'Bittensor', 'TAO', 9, [42, 13116], 'TAO'],
  ['aleph-zero', 'Aleph Zero', 'AZERO', 12, [42], 'AZERO'],
  ['cere', 'Cere', 'CERE', 10, [54]],
  ['hydration', 'Hydration', 'HDX', 12, [63, 0], 'HDX,HYDRADX'],
  ['crust', 'Crust', 'CRU', 12, [66], 'CRU'],
  ['sora', 'SORA', 'XOR', 18, [69], 'XOR'],
  ['zeitgeist', 'Zeitgeist', 'ZTG', 10, [73], 'ZTG'],
  ['calamari', 'Calamari', 'KMA', 12, [78], 'KMA'],
  ['polkadex', 'Polkadex', 'PDEX', 12, [88, 89], 'PDEX'],
  ['frequency', 'Frequency', 'FRQCY', 8, [90], 'FRQCY'],
  ['joystream', 'Joystream', 'JOY', 10, [126], 'JOY'],
  ['altair', 'Altair', 'AIR', 18, [136], 'AIR'],
  ['vara', 'Vara', 'VARA', 12, [137]],
  ['parallel', 'Parallel', 'PARA', 12, [172], 'PARA'],
  ['ternoa', 'Ternoa', 'CAPS', 18, [995], 'CAPS'],
  ['efinity', 'Efinity', 'EFI', 18, [1110], 'EFI'],
  ['enjin', 'Enjin', 'ENJ', 18, [2135], 'ENJ,ENJIN RELAY'],
  ['enjin-matrix', 'Enjin Matrixchain', 'ENJ', 18, [1110], 'MATRIXCHAIN'],
  ['peaq-substrate', 'peaq (SS58)', 'PEAQ', 18, [1221]],
  ['ajuna', 'Ajuna', 'AJUN', 12, [1328], 'AJUN'],
  ['interlay', 'Interlay', 'INTR', 10, [2032], 'INTR'],
  ['kintsugi', 'Kintsugi', 'KINT', 12, [2092], 'KINT'],
  ['chainflip', 'Chainflip', 'FLIP', 18, [2112]],
  ['humanode', 'Humanode', 'HMND', 18, [5234], 'HMND'],
  ['autonomys', 'Autonomys', 'AI3', 18, [6094], 'AI3'],
  ['unique', 'Unique', 'UNQ', 18, [7391], 'UNQ'],
  ['basilisk', 'Basilisk', 'BSX', 12, [10041], 'BSX'],
  ['cess', 'CESS', 'CESS', 18, [11331]],
  ['analog', 'Analog', 'ANLOG', 12, [12850], 'ANLOG'],
];

export const ss58Networks: readonly Ss58Network[] = rows.map(
  ([id, title, nativeAsset, nativeDecimals, prefixes, names]) => {
    const others = names?.split(',') ?? [];
    return {
      family: 'ss58',
      id,
      title,
      names: [...new Set([id.toUpperCase(), ...others])],
      nativeAsset,
      nativeDecimals,
      prefixes,
    };
  },
);
