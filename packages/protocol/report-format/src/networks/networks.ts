/** The table of networks, and how a published name finds its row (spec §13.3). */
import { bitcoinNetworks } from './bitcoin-networks.js';
import { cosmosNetworks } from './cosmos-networks.js';
import { evmNetworks } from './evm-networks.js';
import { hashedKeyNetworks } from './hashed-key-networks.js';
import { keyedNetworks } from './keyed-networks.js';
import type { Network } from './network.js';
import { plainNetworks } from './plain-networks.js';
import { ss58Networks } from './ss58-networks.js';

/** All networks that Solvent knows, in the order of the support table. */
export const networks: readonly Network[] = [
  ...bitcoinNetworks,
  ...evmNetworks,
  ...plainNetworks,
  ...keyedNetworks,
  ...ss58Networks,
  ...cosmosNetworks,
  ...hashedKeyNetworks,
];

const byName = new Map<string, Network>();
for (const network of networks) {
  for (const name of new Set([network.id.toUpperCase(), ...network.names])) {
    if (byName.has(name)) throw new Error(`networks: expected each name once, got ${name} twice`);
    byName.set(name, network);
  }
}

/** The network of a name in any case, or undefined. */
export function findNetwork(name: string): Network | undefined {
  // Upper case beyond ASCII differs between languages, and could make another letter of the alphabet.
  const trimmed = name.trim();
  return /^[ -~]*$/.test(trimmed) ? byName.get(trimmed.toUpperCase()) : undefined;
}
