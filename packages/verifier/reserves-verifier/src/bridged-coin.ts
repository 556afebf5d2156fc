/**
 * A network's own asset where that asset is at home elsewhere, such as ether on a rollup: what lies there is a bridge's
 * promise, and it counts only where the report says so in public (spec §14.3, step R4).
 */
import type { Network } from '@solvent/report-format/networks/network';
import type { TokenMapping } from '@solvent/report-format/report';
import { homeNetworkIdOf } from '@solvent/report-format/wallets/resolve-coin';

/** What stands for the network's own asset in a report's mapping of tokens. */
export const nativeToken = 'native';

/** Whether a network's own asset is another network's. Staked ether is ether: its validators are Ethereum's. */
export function isBridgedCoin(network: Network): boolean {
  return network.family !== 'validator' && homeNetworkIdOf(network.nativeAsset) !== network.id;
}

/** What is wrong with a mapping of the network's own asset, in words, or undefined. */
export function findNativeMappingFault(network: Network, { asset, decimals }: TokenMapping): string | undefined {
  const { nativeAsset, nativeDecimals, title } = network;
  if (asset === nativeAsset && decimals === nativeDecimals) return undefined;
  return `${title}: expected its own asset as ${nativeAsset} with ${nativeDecimals} decimals, got ${asset} with ${decimals}`;
}
