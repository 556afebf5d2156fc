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
  { asset: 'ETH', networks: ['ethereum-validators', 'oktc', 'x-layer', 'starknet'] },
  { asset: 'BETH', networks: ['ethereum-validators'] },
  {
    asset: 'USDT',
    networks: [
      'ethereum',
      'tron',
      ...rollups,
      'polygon',
      'avalanche-c',
      'bnb-smart-chain',
      'oktc',
      'solana',
      'ton',
      'aptos',
      'bitcoin',
      'near',
      'polkadot-asset-hub',
      'tezos',
    ],
  },
  {
    asset: 'USDC',
    networks: [
      'ethereum',
      'tron',
      ...rollups,
      'polygon',
      'avalanche-c',
      'bnb-smart-chain',
      'oktc',
      'solana',
      'aptos',
      'sui',
      'near',
      'stellar',
      'algorand',
      'hedera',
      'polkadot-asset-hub',
    ],
  },
  { asset: 'USDG', networks: ['ethereum', 'x-layer', 'solana'] },
  { asset: 'DAI', networks: ['ethereum', 'arbitrum', 'optimism', 'polygon', 'base'] },
  { asset: 'WBTC', networks: ['ethereum', 'arbitrum', 'optimism', 'polygon'] },
  { asset: 'STETH', networks: ['ethereum'] },
  { asset: 'WEETH', networks: ['ethereum'] },
  { asset: 'OKB', networks: ['ethereum', 'oktc'] },
  { asset: 'OP', networks: ['optimism'] },
  { asset: 'ARB', networks: ['arbitrum', 'ethereum'] },
  { asset: 'MATIC', networks: ['ethereum', 'polygon'] },
  { asset: 'POL', networks: ['ethereum'] },
  { asset: 'SHIB', networks: ['ethereum', 'oktc'] },
  { asset: 'UNI', networks: ['ethereum', 'oktc'] },
  { asset: 'LINK', networks: ['ethereum', 'oktc'] },
  { asset: 'BLUR', networks: ['ethereum'] },
  { asset: 'PEOPLE', networks: ['ethereum'] },
  { asset: 'PEPE', networks: ['ethereum'] },
  { asset: 'AAVE', networks: ['ethereum'] },
  { asset: 'BABYDOGE', networks: ['bnb-smart-chain', 'oktc'] },
  { asset: 'LTC', networks: ['oktc'] },
  { asset: 'FIL', networks: ['oktc', 'bnb-smart-chain'] },
  { asset: 'DOT', networks: ['oktc', 'bnb-smart-chain'] },
  { asset: 'ADA', networks: ['bnb-smart-chain'] },
  { asset: 'ENJ', networks: ['ethereum'] },
  { asset: 'PHA', networks: ['ethereum'] },
  { asset: 'CFG', networks: ['ethereum'] },
  { asset: 'ETC', networks: ['oktc'] },
  { asset: 'XRP', networks: ['oktc'] },
  { asset: 'BCH', networks: ['oktc'] },
  { asset: 'TRX', networks: ['oktc'] },
  { asset: 'EOS', networks: ['bnb-smart-chain'] },
  { asset: 'ELF', networks: ['ethereum'] },
  { asset: 'STRK', networks: ['ethereum'] },
  { asset: 'DYDX', networks: ['ethereum'] },
  { asset: 'FET', networks: ['ethereum'] },
  { asset: 'BAND', networks: ['ethereum'] },
  { asset: 'INJ', networks: ['ethereum'] },
  { asset: 'AXL', networks: ['ethereum'] },
  { asset: 'USTC', networks: ['terra-classic'] },
  { asset: 'THETA', networks: ['theta'] },
  { asset: 'VTHO', networks: ['vechain'] },
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
  { name: 'ETHK-OKC20', asset: 'ETH', network: 'oktc' },
  { name: 'LTCK-OKC20', asset: 'LTC', network: 'oktc' },
  { name: 'FILK-OKC20', asset: 'FIL', network: 'oktc' },
  { name: 'DOTK-OKC20', asset: 'DOT', network: 'oktc' },
  { name: 'UNIK-OKC20', asset: 'UNI', network: 'oktc' },
  { name: 'LINKK-OKC20', asset: 'LINK', network: 'oktc' },
  { name: 'SHIBK-KIP20', asset: 'SHIB', network: 'oktc' },
  { name: 'ETCK-KIP20', asset: 'ETC', network: 'oktc' },
  { name: 'XRPK-KIP20', asset: 'XRP', network: 'oktc' },
  { name: 'BCHK-KIP20', asset: 'BCH', network: 'oktc' },
  { name: 'TRXK-KIP20', asset: 'TRX', network: 'oktc' },
  { name: 'DOT-ASSETHUB', asset: 'DOT', network: 'polkadot-asset-hub' },
  { name: 'KSM-ASSETHUB', asset: 'KSM', network: 'kusama-asset-hub' },
  { name: 'BETH', asset: 'BETH', network: 'ethereum-validators' },
  { name: 'STARKNET-ETH', asset: 'ETH', network: 'starknet' },
  { name: 'FIL-EVM', asset: 'FIL', network: 'filecoin-evm' },
];
