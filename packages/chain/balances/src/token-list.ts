/** Which tokens count as which assets: a file with the list alone, or a report, which holds the same list (spec §14.1). */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Decoded } from '@solvent/report-format/canonical-json';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { type TokenMapping, tokenKey, tokenMappingField } from '@solvent/report-format/report';
import { isCanonicalToken } from '@solvent/reserves-verifier/canonical-token';
import * as z from 'zod/mini';

/** Most bytes of a file with tokens. */
export const maxTokensFileSize = 2 ** 22;

const listField = z.array(tokenMappingField).check(z.maxLength(4096));
const reportField = z.object({ format: z.literal('solvent-report/1'), tokens: listField });

/** Reads a list `[{"network","token","asset","decimals"}, …]`, or a report's. Never throws. */
export function parseTokenList(text: string): Decoded<readonly TokenMapping[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not JSON' };
  }
  const parsed = Array.isArray(value) ? listField.safeParse(value) : reportField.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    return {
      ok: false,
      fault: `at ${quoteExcerpt(path.map(String).join('.') || 'the top')}: ${quoteExcerpt(message)}`,
    };
  }
  const tokens = Array.isArray(parsed.data) ? parsed.data : parsed.data.tokens;
  const fault = findTokenFault(tokens);
  return fault === undefined ? { ok: true, value: tokens } : { ok: false, fault };
}

function findTokenFault(tokens: readonly TokenMapping[]): string | undefined {
  const keys = new Set<string>();
  for (const mapping of tokens) {
    const network = findNetwork(mapping.network);
    if (network?.id !== mapping.network) return `no network has the id ${quoteExcerpt(mapping.network)}`;
    if (!isCanonicalToken(network, mapping.token)) {
      return `${network.title}: ${quoteExcerpt(mapping.token)} is not how a token is written there`;
    }
    const key = tokenKey(mapping);
    if (keys.has(key)) return `expected each token once, found ${quoteExcerpt(key)} twice`;
    keys.add(key);
  }
  return undefined;
}
