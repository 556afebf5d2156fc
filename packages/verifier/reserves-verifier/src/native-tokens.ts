/**
 * Contracts through which a network's own asset answers as if it were a token, and texts that stand for that asset
 * (spec §14.3, step R2): the same coins would count a second time under such a name.
 */
import { aptosPairedAssetOf } from '@solvent/ownership-verifier/addresses/aptos-address';
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
  // The contract over the asset's own balances on chains that Evmos's code runs.
  '0xd4949664cd82660aae99bedc034a0dea8a0bd517',
  // Meter's own contract over balances of MTR.
  '0x687a6294d0d6d63e751a059bf1ca68e4ae7b13e2',
  // No contract, but what many programs write for the asset.
  '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
]);

/** The contract that is wrapped ether on chains of the same kind, and here answers with the account's balance. */
const bobaEther = '0x4200000000000000000000000000000000000006';
const aptosCoin = `0x${'1'.padStart(64, '0')}::aptos_coin::AptosCoin`;
const aptosFungibleAsset = `0x${'a'.padStart(64, '0')}`;
const suiCoin = `0x${'2'.padStart(64, '0')}::sui::SUI`;

/** Whether a token, in canonical spelling, is the network's own asset under another name. */
export function isNativeAsset(network: Network, token: string): boolean {
  if (network.family === 'evm') {
    return BigInt(token) < systemAccountsEnd || evmNames.has(token) || (network.id === 'boba' && token === bobaEther);
  }
  if (network.family === 'sui') return token === suiCoin;
  return network.family === 'aptos' && (token === aptosCoin || token === aptosFungibleAsset);
}

/** The other name of a token that has two, in canonical spelling: on Aptos, of a coin's type the fungible asset. */
export function findPairedToken(network: Network, token: string): string | undefined {
  return network.family === 'aptos' && token.includes('::') ? aptosPairedAssetOf(token) : undefined;
}
