/** The networks whose families need no parameters (spec §13.3). */
import type { PlainNetwork } from './network.js';

export const plainNetworks: readonly PlainNetwork[] = [
  { family: 'tron', id: 'tron', title: 'Tron', names: ['TRX', 'TRON', 'TRC20'], nativeAsset: 'TRX', nativeDecimals: 6 },
  {
    family: 'solana',
    id: 'solana',
    title: 'Solana',
    names: ['SOL', 'SOLANA', 'SPL'],
    nativeAsset: 'SOL',
    nativeDecimals: 9,
  },
  { family: 'ton', id: 'ton', title: 'TON', names: ['TON'], nativeAsset: 'TON', nativeDecimals: 9 },
  {
    family: 'xrp',
    id: 'xrp-ledger',
    title: 'XRP Ledger',
    names: ['XRP', 'RIPPLE'],
    nativeAsset: 'XRP',
    nativeDecimals: 6,
  },
  { family: 'aptos', id: 'aptos', title: 'Aptos', names: ['APT', 'APTOS'], nativeAsset: 'APT', nativeDecimals: 8 },
  {
    family: 'validator',
    id: 'ethereum-validators',
    title: 'Ethereum validators',
    names: ['BEACON', 'ETH2', 'BETH'],
    nativeAsset: 'ETH',
    nativeDecimals: 18,
  },
];
