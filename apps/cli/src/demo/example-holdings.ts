/** The wallets of the invented exchange: which coins, where, and how much of what is owed. Their keys are public. */

/** One wallet. */
export interface ExampleHolding {
  readonly asset: string;
  /** Id of the network. */
  readonly network: string;
  /** The token's contract or mint; the network's own asset without it. */
  readonly token?: string;
  /** Digits after the point of the token on its chain. */
  readonly decimals?: number;
  /** The wallet's balance in hundredths of a percent of what is owed of the asset. */
  readonly share: number;
}

const erc20 = (asset: string, token: string, decimals: number, share: number, network = 'ethereum'): ExampleHolding => {
  return { asset, network, token, decimals, share };
};

/** What stands in the wallet list, in its order. The shares of each asset make 100 % or more; of several exactly 105 %. */
export const exampleHoldings: readonly ExampleHolding[] = [
  { asset: 'BTC', network: 'bitcoin', share: 7_000 },
  { asset: 'BTC', network: 'bitcoin', share: 3_500 },
  { asset: 'ETH', network: 'ethereum', share: 8_000 },
  { asset: 'ETH', network: 'arbitrum', share: 2_500 },
  // Without proof of its withdrawal credentials a validator's balance counts for nothing.
  { asset: 'ETH', network: 'ethereum-validators', share: 500 },
  { asset: 'USDT', network: 'tron', token: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', decimals: 6, share: 6_500 },
  erc20('USDT', '0xdac17f958d2ee523a2206206994597c13d831ec7', 6, 4_000),
  erc20('USDC', '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 6, 10_000),
  { asset: 'USDC', network: 'solana', token: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', decimals: 6, share: 500 },
  { asset: 'XRP', network: 'xrp-ledger', share: 10_312 },
  { asset: 'DOGE', network: 'dogecoin', share: 10_044 },
  { asset: 'SOL', network: 'solana', share: 10_150 },
  erc20('OKB', '0x75231f58b43240c9718dd58b4967c5114342a86c', 18, 12_000),
  { asset: 'APT', network: 'aptos', share: 10_208 },
  { asset: 'DASH', network: 'dash', share: 10_001 },
  erc20('DOT', '0x7083609fce4d1d8dc0c979aab8c869ea2c873402', 18, 10_120, 'bnb-smart-chain'),
  erc20('ELF', '0xbf2179859fc6d5bee9bf9158632dc51678a4100e', 18, 10_000),
  erc20('EOS', '0x56b6fb708fc5732dec1afc8d8556423a2edccbd6', 18, 10_037, 'bnb-smart-chain'),
  { asset: 'ETC', network: 'ethereum-classic', share: 10_081 },
  erc20('FIL', '0x0d8ce2a99bb6e3b7db580ed848240e4a0f9ae153', 18, 10_233, 'bnb-smart-chain'),
  erc20('LINK', '0x514910771af9ca656af840dff83e8264ecf986ca', 18, 10_019),
  { asset: 'LTC', network: 'litecoin', share: 10_075 },
  { asset: 'OKT', network: 'oktc', share: 10_500 },
  erc20('PEOPLE', '0x7a58c0be72be218b41c608b7fe7c5bb630736c71', 18, 10_166),
  { asset: 'TON', network: 'ton', share: 10_058 },
  { asset: 'TRX', network: 'tron', share: 10_091 },
  erc20('UNI', '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984', 18, 10_500),
];
