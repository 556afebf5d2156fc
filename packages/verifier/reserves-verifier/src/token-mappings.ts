/** What a report says of tokens: each in its one spelling, none of them a network's own asset (spec §14.3, step R2). */
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type TokenMapping, tokenKey } from '@solvent/report-format/report';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { findNativeMappingFault, nativeToken } from './bridged-coin.js';
import { isCanonicalToken } from './canonical-token.js';
import { findPairedToken, isNativeAsset } from './native-tokens.js';

/** The first mapping that a report cannot have, or undefined. */
export function findMappingFault(tokens: readonly TokenMapping[]): Rejection | undefined {
  const named = new Set(tokens.map(tokenKey));
  for (const mapping of tokens) {
    const { network: id, token } = mapping;
    const network = findNetwork(id);
    if (network?.id !== id) return reject('R2', 'network', `no network has the id ${id}`);
    if (!isCanonicalToken(network, token)) {
      return reject('R2', 'token-spelling', `${network.title}: ${token} is not how a token is written there`);
    }
    if (token === nativeToken) {
      const fault = findNativeMappingFault(network, mapping);
      if (fault !== undefined) return reject('R2', 'token-native', fault);
    } else if (isNativeAsset(network, token)) {
      const detail = `${network.title}: ${token} is its own asset ${network.nativeAsset} under another name`;
      return reject('R2', 'token-native', detail);
    }
    const pair = findPairedToken(network, token);
    if (pair !== undefined && named.has(tokenKey({ network: id, token: pair }))) {
      return reject('R2', 'token-spelling', `${network.title}: ${token} and ${pair} are one token`);
    }
  }
  return undefined;
}
