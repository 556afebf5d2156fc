/** The chains with Bitcoin's addresses, scripts and signed messages (spec §13.3). */
import type { BitcoinNetwork } from './network.js';

export const bitcoinNetworks: readonly BitcoinNetwork[] = [
  {
    family: 'bitcoin',
    id: 'bitcoin',
    title: 'Bitcoin',
    names: ['BTC', 'BITCOIN'],
    nativeAsset: 'BTC',
    nativeDecimals: 8,
    messageHeader: 'Bitcoin Signed Message:\n',
    p2pkh: [[0x00]],
    p2sh: [[0x05]],
    segwitPrefix: 'bc',
  },
];
