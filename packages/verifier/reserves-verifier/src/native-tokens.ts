/**
 * Contracts through which a network's own asset answers as if it were a token, and texts that stand for that asset
 * (spec §14.3, step R2): the same coins would count a second time under such a name.
 */
import type { Network } from '@solvent/report-format/networks/network';

/** Accounts below this number are the system's on the networks that have any code there. */
const systemAccountsEnd = 2n ** 16n;

/** In canonical spelling, on every network of the family: none of these accounts can be an ordinary token's. */
const evmNames: ReadonlySet<string> = new Set([
  // Celo's own token contract.
  '0x471ece3750da237f93b8e339c536989b8978a438',
  // The older standard bridges' name for the asset, still answering with the account's balance.
  '0xdeaddeaddeaddeaddeaddeaddeaddeaddead0000',
  // The base token of chains of the ISC kind.
  '0x1074010000000000000000000000000000000000',
  // No contract, but what many programs write for the asset.
  '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
]);

const aptosCoin = `0x${'1'.padStart(64, '0')}::aptos_coin::AptosCoin`;
const aptosFungibleAsset = `0x${'a'.padStart(64, '0')}`;
const suiCoin = `0x${'2'.padStart(64, '0')}::sui::SUI`;

/** Whether a token, in canonical spelling, is the network's own asset under another name. */
export function isNativeAsset(network: Network, token: string): boolean {
  if (network.family === 'evm') return BigInt(token) < systemAccountsEnd || evmNames.has(token);
  if (network.family === 'sui') return token === suiCoin;
  return network.family === 'aptos' && (token === aptosCoin || token === aptosFungibleAsset);
}
