/** Whether a mapping of tokens is one that a report can have (spec §14.3, step R2), before anything is asked by it. */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type TokenMapping, tokenKey } from '@solvent/report-format/report';
import { findNativeMappingFault, nativeToken } from '@solvent/reserves-verifier/bridged-coin';
import { isCanonicalToken } from '@solvent/reserves-verifier/canonical-token';
import { findPairedToken, isNativeAsset } from '@solvent/reserves-verifier/native-tokens';

/** What is wrong with a mapping, in words, or undefined. */
export function findTokenFault(tokens: readonly TokenMapping[]): string | undefined {
  const keys = new Set<string>();
  const named = new Set(tokens.map(tokenKey));
  for (const mapping of tokens) {
    const network = findNetwork(mapping.network);
    if (network?.id !== mapping.network) return `no network has the id ${quoteExcerpt(mapping.network)}`;
    if (!isCanonicalToken(network, mapping.token)) {
      return `${network.title}: ${quoteExcerpt(mapping.token)} is not how a token is written there`;
    }
    if (mapping.token === nativeToken) {
      const fault = findNativeMappingFault(network, mapping);
      if (fault !== undefined) return fault;
    } else if (isNativeAsset(network, mapping.token)) {
      return `${network.title}: ${mapping.token} is its own asset ${network.nativeAsset} under another name`;
    }
    const pair = findPairedToken(network, mapping.token);
    if (pair !== undefined && named.has(tokenKey({ ...mapping, token: pair }))) {
      return `${network.title}: ${mapping.token} and ${pair} are one token`;
    }
    const key = tokenKey(mapping);
    if (keys.has(key)) return `expected each token once, got ${quoteExcerpt(key)} twice`;
    keys.add(key);
  }
  return undefined;
}
