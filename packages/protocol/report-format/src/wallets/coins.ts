/**
 * The table of coins: which assets live on which networks, and the names in published lists that do not follow the rule
 * `ASSET` or `ASSET-NETWORK` (spec §13.3). The native asset of each network is in the table of networks.
 */

/** An asset that is a token on some networks. */
export interface Token {
  readonly asset: string;
  /** Ids of networks. */
  readonly networks: readonly string[];
}

/** A name in published lists that says both asset and network, in a way of its own. */
export interface NamedCoin {
  readonly name: string;
  readonly asset: string;
  /** Id of the network. */
  readonly network: string;
}

const rollups = ['arbitrum', 'optimism', 'base', 'linea', 'zksync-era', 'x-layer'];

export const tokens: readonly Token[] = [
  { asset: 'ETH', networks: ['ethereum-validators', 'okt-chain', 'x-layer'] },
  { asset: 'BETH', networks: ['ethereum-validators'] },
  {
    asset: 'USDT',
    networks: [
      'ethereum',
      'tron',
      ...rollups,
      'polygon',
      'avalanche',
      'bnb-smart-chain',
      'okt-chain',
      'solana',
      'ton',
      'aptos',
      'bitcoin',
    ],
  },
  {
    asset: 'USDC',
    networks: [
      'ethereum',
      'tron',
      ...rollups,
      'polygon',
      'avalanche',
      'bnb-smart-chain',
      'okt-chain',
      'solana',
      'aptos',
    ],
  },
  { asset: 'USDG', networks: ['ethereum', 'x-layer', 'solana'] },
  { asset: 'DAI', networks: ['ethereum', 'arbitrum', 'optimism', 'polygon', 'base'] },
  { asset: 'WBTC', networks: ['ethereum', 'arbitrum', 'optimism', 'polygon'] },
  { asset: 'STETH', networks: ['ethereum'] },
  { asset: 'WEETH', networks: ['ethereum'] },
  { asset: 'OKB', networks: ['ethereum', 'okt-chain'] },
  { asset: 'OP', networks: ['optimism'] },
  { asset: 'ARB', networks: ['arbitrum', 'ethereum'] },
  { asset: 'MATIC', networks: ['ethereum'] },
  { asset: 'POL', networks: ['ethereum'] },
  { asset: 'SHIB', networks: ['ethereum', 'okt-chain'] },
  { asset: 'UNI', networks: ['ethereum', 'okt-chain'] },
  { asset: 'LINK', networks: ['ethereum', 'okt-chain'] },
  { asset: 'BLUR', networks: ['ethereum'] },
  { asset: 'PEOPLE', networks: ['ethereum'] },
  { asset: 'PEPE', networks: ['ethereum'] },
  { asset: 'AAVE', networks: ['ethereum'] },
  { asset: 'BABYDOGE', networks: ['bnb-smart-chain', 'okt-chain'] },
  { asset: 'LTC', networks: ['okt-chain'] },
  { asset: 'FIL', networks: ['okt-chain'] },
  { asset: 'DOT', networks: ['okt-chain'] },
  { asset: 'ETC', networks: ['okt-chain'] },
  { asset: 'XRP', networks: ['okt-chain'] },
  { asset: 'BCH', networks: ['okt-chain'] },
  { asset: 'TRX', networks: ['okt-chain'] },
];

export const namedCoins: readonly NamedCoin[] = [
  { name: 'USDT-OMNI', asset: 'USDT', network: 'bitcoin' },
  { name: 'BCHN', asset: 'BCH', network: 'bitcoin-cash' },
  { name: 'BCHA', asset: 'XEC', network: 'ecash' },
  { name: 'RIPPLE', asset: 'XRP', network: 'xrp-ledger' },
  { name: 'APTOS', asset: 'APT', network: 'aptos' },
  { name: 'APTOS-FA', asset: 'APT', network: 'aptos' },
  { name: 'TONCOIN', asset: 'TON', network: 'ton' },
  { name: 'TONCOIN-NEW', asset: 'TON', network: 'ton' },
  { name: 'USDC-TRC', asset: 'USDC', network: 'tron' },
  { name: 'POLY-USDC', asset: 'USDC', network: 'polygon' },
  { name: 'POLY-USDC-3359', asset: 'USDC', network: 'polygon' },
  { name: 'USDC-OPTIMISM-FF85', asset: 'USDC', network: 'optimism' },
  { name: 'USDC-ARBITRUM-NATIVE', asset: 'USDC', network: 'arbitrum' },
  { name: 'OPTIMISM', asset: 'OP', network: 'optimism' },
  { name: 'BASE', asset: 'ETH', network: 'base' },
  { name: 'ZKSYNC2', asset: 'ETH', network: 'zksync-era' },
  { name: 'OKB-X1', asset: 'OKB', network: 'x-layer' },
  { name: 'OKB-X1-ETH', asset: 'ETH', network: 'x-layer' },
  { name: 'OKB-X1-USDT', asset: 'USDT', network: 'x-layer' },
  { name: 'OKB-X1-USDC', asset: 'USDC', network: 'x-layer' },
  { name: 'ETHK-OKC20', asset: 'ETH', network: 'okt-chain' },
  { name: 'LTCK-OKC20', asset: 'LTC', network: 'okt-chain' },
  { name: 'FILK-OKC20', asset: 'FIL', network: 'okt-chain' },
  { name: 'DOTK-OKC20', asset: 'DOT', network: 'okt-chain' },
  { name: 'UNIK-OKC20', asset: 'UNI', network: 'okt-chain' },
  { name: 'LINKK-OKC20', asset: 'LINK', network: 'okt-chain' },
  { name: 'SHIBK-KIP20', asset: 'SHIB', network: 'okt-chain' },
  { name: 'ETCK-KIP20', asset: 'ETC', network: 'okt-chain' },
  { name: 'XRPK-KIP20', asset: 'XRP', network: 'okt-chain' },
  { name: 'BCHK-KIP20', asset: 'BCH', network: 'okt-chain' },
  { name: 'TRXK-KIP20', asset: 'TRX', network: 'okt-chain' },
  { name: 'BETH', asset: 'BETH', network: 'ethereum-validators' },
];
