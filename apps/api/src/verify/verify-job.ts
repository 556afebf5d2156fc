/** What a verification is asked for and answers, as it goes between threads. */
import { z } from 'zod';

/** A report's folder, or the files of one by path. */
export type VerifyJob =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> };

const rejectionSchema = z
  .looseObject({ step: z.string(), code: z.string(), detail: z.string() })
  .nullable()
  .describe('The step of the specification that failed, and how; null when all passed.');
const partSchema = z.looseObject({ ok: z.boolean(), rejection: rejectionSchema });
const amountSchema = z.looseObject({
  symbol: z.string(),
  decimals: z.int(),
  amount: z.string().describe('Decimal text.'),
  units: z.string().describe('The same in the smallest units.'),
});
const ratioSchema = z.looseObject({
  asset: z.string(),
  liabilities: z.string(),
  reserves: z.string(),
  ratio: z.looseObject({ numerator: z.string(), denominator: z.string() }),
  percent: z.string().nullable().describe('Rounded down to two decimals; null where nothing is owed.'),
  covered: z.boolean(),
  shortfall: z.string(),
});
const uncountedSchema = z.looseObject({ network: z.string(), address: z.string(), verdict: z.string() });
const partTotalSchema = z.strictObject({
  network: z.string(),
  token: z.string().nullable().describe("Null for the network's own asset."),
  total: z.string(),
});
const reservesSchema = z.strictObject({
  asset: z.string(),
  total: z.string(),
  entryCount: z.int(),
  tipCount: z.int().describe('How many of the balances are of a later block than the snapshot.'),
  parts: z.array(partTotalSchema),
});
const tipSchema = z
  .strictObject({ network: z.string(), entryCount: z.int(), from: z.int(), to: z.int() })
  .describe("Balances of later blocks than the snapshot's, each perhaps of another one.");
const fullSchema = z
  .looseObject({
    digest: z.string().nullable(),
    signedBy: z.string().nullable(),
    anchored: z.boolean(),
    previousReport: z.string().nullable(),
    parts: z.looseObject({
      binding: partSchema,
      liabilities: partSchema,
      ownership: partSchema.extend({
        counts: z.record(z.string(), z.int()).nullable(),
        fixedMessage: z.string().nullable().describe('A text that wallets signed in place of challenges.'),
      }),
      reserves: partSchema.extend({
        assets: z.array(reservesSchema).nullable(),
        tips: z.array(tipSchema).nullable(),
        uncounted: z.array(uncountedSchema).nullable(),
      }),
      ratio: partSchema,
    }),
    ratios: z.array(ratioSchema).nullable(),
  })
  .describe('A whole report, part by part.');

/** The outcome of a verification: what `solvent verify --json` says of a report. */
export const verifyOutcomeSchema = z
  .looseObject({
    ok: z.boolean().describe('Whether every check passed.'),
    sentence: z.string(),
    rejection: rejectionSchema,
    manifestDigest: z.string().nullable(),
    exchange: z.string().nullable(),
    reportId: z.string().nullable(),
    snapshotTime: z.string().nullable(),
    previousManifest: z.string().nullable(),
    segments: z.array(z.looseObject({ rows: z.int() })).nullable(),
    totals: z.array(amountSchema).nullable(),
    full: fullSchema.nullable(),
  })
  .describe('What came of a verification. Nothing that a report says of itself is in it unless it verified.');

/** The outcome of a verification. */
export type VerifyReply = z.infer<typeof verifyOutcomeSchema>;
