/** What a verification is asked for and answers, as it goes between threads. */
import { z } from 'zod';

/** A report's folder, or the files of one by path. */
export type VerifyJob =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> };

const rejectionSchema = z
  .strictObject({ step: z.string(), code: z.string(), detail: z.string() })
  .nullable()
  .describe('The step of the specification that failed, and how; null when all passed.');
const partSchema = z.strictObject({ ok: z.boolean(), rejection: rejectionSchema });
const amountSchema = z.strictObject({
  symbol: z.string(),
  decimals: z.int(),
  amount: z.string().describe('Decimal text.'),
  units: z.string().describe('The same in the smallest units.'),
});
const ratioSchema = z.strictObject({
  asset: z.string(),
  liabilities: z.string(),
  reserves: z.string(),
  ratio: z.strictObject({ numerator: z.string(), denominator: z.string() }),
  percent: z.string().nullable().describe('Rounded down to two decimals; null where nothing is owed.'),
  covered: z.boolean(),
  shortfall: z.string(),
});
const uncountedSchema = z.looseObject({ network: z.string(), address: z.string(), verdict: z.string() });
const fullSchema = z
  .strictObject({
    digest: z.string().nullable(),
    signedBy: z.string().nullable(),
    anchored: z.boolean(),
    previousReport: z.string().nullable(),
    parts: z.strictObject({
      binding: partSchema,
      liabilities: partSchema,
      ownership: partSchema.extend({ counts: z.record(z.string(), z.int()).nullable() }),
      reserves: partSchema.extend({ uncounted: z.array(uncountedSchema).nullable() }),
      ratio: partSchema,
    }),
    ratios: z.array(ratioSchema).nullable(),
  })
  .describe('A whole report, part by part.');

/** The outcome of a verification: what `solvent verify --json` says of a report. */
export const verifyOutcomeSchema = z
  .strictObject({
    ok: z.boolean().describe('Whether every check passed.'),
    sentence: z.string(),
    rejection: rejectionSchema,
    manifestDigest: z.string().nullable(),
    exchange: z.string().nullable(),
    reportId: z.string().nullable(),
    snapshotTime: z.string().nullable(),
    previousManifest: z.string().nullable(),
    segments: z.array(z.strictObject({ rows: z.int() })).nullable(),
    totals: z.array(amountSchema).nullable(),
    full: fullSchema.nullable(),
  })
  .describe('What came of a verification. Nothing that a report says of itself is in it unless it verified.');

/** The outcome of a verification. */
export type VerifyReply = z.infer<typeof verifyOutcomeSchema>;
