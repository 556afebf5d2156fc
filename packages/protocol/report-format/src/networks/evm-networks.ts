/** The chains with Ethereum's addresses (spec §13.3). */
import type { EvmNetwork } from './network.js';

export const evmNetworks: readonly EvmNetwork[] = [
  {
    family: 'evm',
    id: 'ethereum',
    title: 'Ethereum',
    names: ['ETH', 'ETHEREUM', 'ERC20'],
    nativeAsset: 'ETH',
    nativeDecimals: 18,
    chainId: 1,
  },
];
