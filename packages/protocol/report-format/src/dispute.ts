/** What an account holder keeps when a check fails, so that somebody else can repeat it (spec §14.9). */
import { maxAssetCount } from '@solvent/stark/table';
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from './canonical-json.js';
import { digestField } from './fields.js';

/** Most bytes of such a file: manifest, report and inclusion file in base64. */
export const maxDisputeSize = 2 ** 26;

// A search for one wrong letter: a pattern for the whole of a large file would overflow the engine's stack.
function isBase64(text: string): boolean {
  const paddingSize = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.slice(0, text.length - paddingSize));
}

const base64Field = z.string().check(z.refine(isBase64, 'expected base64'));
const idField = z.string().check(z.minLength(1), z.maxLength(256));
const amountField = z.string().check(z.regex(/^[0-9]{1,40}(\.[0-9]{1,18})?$/, 'expected a decimal amount'));

// Counted before any of them is looked at: millions of faults would fill the memory.
const fewBalances = z.custom<Record<string, string>>(
  (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= maxAssetCount,
  `expected at most ${maxAssetCount} balances`,
);

/** The shape of a file of evidence. */
const disputeSchema = z.strictObject({
  format: z.literal('solvent-dispute/1'),
  /** What the holder says: their account id, and their balances if they have given them. */
  accountId: idField,
  balances: z.nullable(z.pipe(fewBalances, z.record(z.string(), amountField))),
  /** The bytes of the holder's file, and of what the exchange had published then. */
  inclusion: base64Field,
  manifest: base64Field,
  /** `report.json` and its signature; null where there was none. */
  report: z.nullable(base64Field),
  signature: z.nullable(base64Field),
  /** What the holder's tool said. */
  verdict: z.strictObject({
    manifestDigest: digestField,
    passed: z.boolean(),
    step: z.nullable(z.string().check(z.regex(/^[A-Z][0-9]$/))),
    code: z.nullable(z.string().check(z.regex(/^[a-z0-9-]{1,40}$/))),
  }),
});

/** Evidence for a dispute. It names the holder's account: theirs to show, to whom they choose. */
export type Dispute = z.infer<typeof disputeSchema>;

/** The bytes of a file of evidence. */
export function encodeDispute(dispute: Dispute): Uint8Array {
  return encodeCanonicalJson(dispute);
}

/** Reads a file of evidence: shape and canonical form. Never throws. */
export function decodeDispute(bytes: Uint8Array): Decoded<Dispute> {
  return decodeCanonicalJson(bytes, maxDisputeSize, disputeSchema);
}
