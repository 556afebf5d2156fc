/** The one spelling of a token on its network, so that none can be counted under two names (spec §14.3, step R2). */
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import type { Network } from '@solvent/report-format/networks/network';
import { isBridgedCoin, nativeToken } from './bridged-coin.js';

/**
 * Whether a text is how a network's tokens are named: a contract's, mint's or issuer's address in canonical spelling, or
 * `native` for its own asset where that is at home elsewhere.
 */
export function isCanonicalToken(network: Network, token: string): boolean {
  if (token === nativeToken) return isBridgedCoin(network);
  switch (network.family) {
    case 'xrp':
      return isIssuedCurrency(network, token);
    case 'aptos':
      return isCanonicalAddress(network, token) || isMoveType(network, token);
    case 'sui':
      return isMoveType(network, token);
    case 'cosmos':
      return isDenomination(network, token);
    case 'ss58':
      // The pallet of assets numbers them, on the hubs.
      return assetHubs.has(network.id) && /^(0|[1-9][0-9]{0,8})$/.test(token);
    case 'algorand':
      return /^[1-9][0-9]{0,14}$/.test(token);
    case 'cardano':
      // The hash of the policy, and the name if it has one.
      return /^[0-9a-f]{56}(?:\.(?:[0-9a-f]{2}){1,32})?$/.test(token);
    case 'stellar':
      return isIssuedAsset(network, token);
    case 'evm':
    case 'tron':
    case 'solana':
    case 'ton':
    case 'near':
      // The contract, or the mint.
      return isCanonicalAddress(network, token);
    default:
      // No source reads tokens there, so nobody has looked at how many names one may have.
      return false;
  }
}

const assetHubs: ReadonlySet<string> = new Set(['polkadot-asset-hub', 'kusama-asset-hub']);

function isCanonicalAddress(network: Network, text: string): boolean {
  const decoded = familyOf(network).decodeAddress(text, network);
  return !isVerdict(decoded) && decoded.canonical === text;
}

// CURRENCY.ISSUER: three characters that are not XRP, or 40 upper-case hexadecimal digits that do not spell such three.
function isIssuedCurrency(network: Network, token: string): boolean {
  const found = /^(?:(?!XRP\.)[0-9A-Za-z?!@#$%^&*<>(){}[\]|]{3}|(?!00)[0-9A-F]{40})\.(.+)$/.exec(token);
  return found !== null && isCanonicalAddress(network, found[1]);
}

// CODE:ISSUER, as Stellar's own tools write an asset.
function isIssuedAsset(network: Network, token: string): boolean {
  const found = /^[0-9A-Za-z]{1,12}:(.+)$/.exec(token);
  return found !== null && isCanonicalAddress(network, found[1]);
}

// ADDRESS::module::Name, the type of a coin before fungible assets; the address in canonical spelling.
function isMoveType(network: Network, token: string): boolean {
  const found = /^(0x[0-9a-f]+)::[A-Za-z_][A-Za-z0-9_]{0,60}::[A-Za-z_][A-Za-z0-9_]{0,60}$/.exec(token);
  return found !== null && isCanonicalAddress(network, found[1]);
}

// What came from another chain, by the hash of its way, or what an account of this one made. Neither can be the chain's own
// asset; a contract's tokens are in the contract's state, where no node finds them by a name.
function isDenomination(network: Network, token: string): boolean {
  if (/^ibc\/[0-9A-F]{64}$/.test(token)) return true;
  const found = /^factory\/([a-z0-9@]+)\/[A-Za-z0-9/:._-]{1,44}$/.exec(token);
  return found !== null && isCanonicalAddress(network, found[1]);
}
