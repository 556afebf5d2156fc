/** The chains of the Cosmos SDK (spec §13.3): prefixes and kinds of keys as the chains' shared registry has them. */
import type { CosmosNetwork } from './network.js';

/** Id, title, native asset, its decimals, prefix of addresses, names in published lists. */
type Row = readonly [
  id: string,
  title: string,
  nativeAsset: string,
  nativeDecimals: number,
  prefix: string,
  names?: string,
];

const rows: readonly Row[] = [
  ['cosmos-hub', 'Cosmos Hub', 'ATOM', 6, 'cosmos', 'ATOM,COSMOS,COSMOS HUB'],
  ['osmosis', 'Osmosis', 'OSMO', 6, 'osmo', 'OSMO'],
  ['celestia', 'Celestia', 'TIA', 6, 'celestia', 'TIA'],
  ['dydx', 'dYdX Chain', 'DYDX', 18, 'dydx', 'DYDX CHAIN'],
  ['terra', 'Terra', 'LUNA', 6, 'terra', 'LUNA,LUNA2,TERRA2'],
  ['terra-classic', 'Terra Classic', 'LUNC', 6, 'terra', 'LUNC,TERRA CLASSIC'],
  ['kava', 'Kava', 'KAVA', 6, 'kava'],
  ['sei', 'Sei', 'SEI', 6, 'sei'],
  ['axelar', 'Axelar', 'AXL', 6, 'axelar', 'AXL'],
  ['thorchain', 'THORChain', 'RUNE', 8, 'thor', 'RUNE,THOR'],
  ['mayachain', 'Maya Protocol', 'CACAO', 10, 'maya', 'MAYA,CACAO'],
  ['akash', 'Akash', 'AKT', 6, 'akash', 'AKT'],
  ['secret', 'Secret Network', 'SCRT', 6, 'secret', 'SCRT,SECRET NETWORK'],
  ['juno', 'Juno', 'JUNO', 6, 'juno'],
  ['stride', 'Stride', 'STRD', 6, 'stride', 'STRD'],
  ['neutron', 'Neutron', 'NTRN', 6, 'neutron', 'NTRN'],
  ['kujira', 'Kujira', 'KUJI', 6, 'kujira', 'KUJI'],
  ['persistence', 'Persistence', 'XPRT', 6, 'persistence', 'XPRT'],
  ['band', 'Band Protocol', 'BAND', 6, 'band', 'BAND CHAIN,BANDCHAIN'],
  ['iris', 'IRISnet', 'IRIS', 6, 'iaa', 'IRISNET'],
  ['fetch', 'Fetch.ai', 'FET', 18, 'fetch', 'FET,FETCH.AI'],
  ['cronos-pos', 'Cronos POS', 'CRO', 8, 'cro', 'CRYPTO.ORG,CRYPTO-ORG,CRONOS POS,CRONOSPOS'],
  ['regen', 'Regen', 'REGEN', 6, 'regen'],
  ['agoric', 'Agoric', 'BLD', 6, 'agoric', 'BLD'],
  ['coreum', 'Coreum', 'COREUM', 6, 'core'],
  ['archway', 'Archway', 'ARCH', 18, 'archway', 'ARCH'],
  ['nym', 'Nym', 'NYM', 6, 'n', 'NYX'],
  ['saga', 'Saga', 'SAGA', 6, 'saga'],
  ['babylon', 'Babylon Genesis', 'BABY', 6, 'bbn', 'BABY'],
  ['lava', 'Lava', 'LAVA', 6, 'lava@'],
  ['kyve', 'KYVE', 'KYVE', 6, 'kyve'],
  ['medibloc', 'Medibloc', 'MED', 6, 'panacea', 'MED,PANACEA'],
  ['sentinel', 'Sentinel', 'P2P', 6, 'sent', 'DVPN'],
  ['provenance', 'Provenance', 'HASH', 9, 'pb', 'HASH'],
  ['chihuahua', 'Chihuahua', 'HUAHUA', 6, 'chihuahua', 'HUAHUA'],
  ['comdex', 'Comdex', 'CMDX', 6, 'comdex', 'CMDX'],
  ['shentu', 'Shentu', 'CTK', 6, 'shentu', 'CTK'],
  ['oraichain', 'Oraichain', 'ORAI', 6, 'orai', 'ORAI'],
  ['quicksilver', 'Quicksilver', 'QCK', 6, 'quick', 'QCK'],
  ['likecoin', 'LikeCoin', 'LIKE', 9, 'like', 'LIKE'],
  ['bitsong', 'BitSong', 'BTSG', 6, 'bitsong', 'BTSG'],
  ['nolus', 'Nolus', 'NLS', 6, 'nolus', 'NLS'],
  ['carbon', 'Carbon', 'SWTH', 8, 'swth', 'SWTH'],
  ['dora', 'Dora Vota', 'DORA', 18, 'dora', 'DORA VOTA'],
  ['cheqd', 'Cheqd', 'CHEQ', 9, 'cheqd', 'CHEQ'],
];

/** Chains whose keys make accounts as Ethereum's do, and which have no EVM of one chain id. */
const ethereumKeyRows: readonly Row[] = [
  ['initia', 'Initia', 'INIT', 6, 'init', 'INIT'],
  ['dymension', 'Dymension', 'DYM', 18, 'dym', 'DYM'],
  ['mantra', 'MANTRA', 'MANTRA', 18, 'mantra', 'OM'],
];

export const cosmosNetworks: readonly CosmosNetwork[] = [
  ...rows.map((row) => networkOf(row)),
  ...ethereumKeyRows.map((row): CosmosNetwork => ({ ...networkOf(row), ethereumKeys: true })),
];

function networkOf([id, title, nativeAsset, nativeDecimals, prefix, names]: Row): CosmosNetwork {
  const known = [id.toUpperCase(), ...(names?.split(',') ?? [])];
  return { family: 'cosmos', id, title, names: known, nativeAsset, nativeDecimals, prefix };
}
