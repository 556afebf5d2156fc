/** Whether a mapping of tokens is one that a report can have, before anything is asked by it. */
import { type TokenMapping, tokenKey } from '@solvent/report-format/report';
import { findMappingFault } from '@solvent/reserves-verifier/token-mappings';

/** What is wrong with a mapping, in words, or undefined: by step R2 (spec §14.3), and a token that is there twice. */
export function findTokenFault(tokens: readonly TokenMapping[]): string | undefined {
  const rejection = findMappingFault(tokens);
  if (rejection !== undefined) return rejection.detail;
  const keys = new Set<string>();
  for (const key of tokens.map(tokenKey)) {
    if (keys.has(key)) return `expected each token once, got ${key} twice`;
    keys.add(key);
  }
  return undefined;
}
