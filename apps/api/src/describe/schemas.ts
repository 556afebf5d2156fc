/** The shapes of what goes in and out; what comes in is validated by the same schemas. */
import { inclusionFileSchema } from '@solvent/proof-format/inclusion-file';
import { manifestSchema } from '@solvent/report-format/manifest';
import { reportSchema } from '@solvent/report-format/report';
import { reportIndexSchema } from '@solvent/report-format/report-index';
import { reservesSchema } from '@solvent/report-format/reserves';
import { z } from 'zod';
import { problemSchema } from '../http/problem.js';
import { verifyOutcomeSchema } from '../verify/verify-job.js';

const reportNameField = z.string().min(1).max(128);

/** `?report=` of an inclusion file. */
export const inclusionQuerySchema = z.strictObject({
  report: reportNameField.optional().describe('The folder or the id of a report; the newest unless given.'),
});

/** Where a file of a report is. */
export const reportPathSchema = z.strictObject({
  folder: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
    .describe("The report's folder, as the index names it."),
  path: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,99}(\/[a-z0-9][a-z0-9._-]{0,99}){0,3}$/)
    .describe('The path of a file that the report binds, such as `sum_proof_data.json` or `proofs/segment-0000.bin`.'),
});

/** The names of public files, which are all that may be sent here. */
const publicPath = z
  .string()
  .regex(
    /^(report\.json|report-signature\.json|sum_proof_data\.json|wallets\.csv|reserves\.json|wallet-evidence\.json|proofs\/segment-[0-9]{4}\.bin)$/,
  );

/** What `POST /v1/verify` takes. */
export const verifyRequestSchema = z
  .union([
    z.strictObject({ report: reportNameField.describe('The folder or the id of a report that is published here.') }),
    z.strictObject({
      files: z
        .record(publicPath, z.base64())
        .describe("A report's public files in base64, by their paths in its folder."),
    }),
  ])
  .describe('A report that is published here, or the files of one. Never an inclusion file: that is private.');

/** Whether a part works. */
const healthSchema = z.strictObject({ status: z.enum(['ok', 'stopping']) });

/** Where the portal finds things, relative to itself. */
const portalSettingsSchema = z.strictObject({
  reports: z.string(),
  api: z.string().nullable().describe('Null where nobody can log in.'),
  accountClaim: z.string().optional().describe('The claim of a token that has the account id.'),
});

/** Every schema with a name of its own in the document. */
export const namedSchemas: Readonly<Record<string, z.core.$ZodType>> = {
  ReportIndex: reportIndexSchema,
  Report: reportSchema,
  Manifest: manifestSchema,
  Reserves: reservesSchema,
  InclusionFile: inclusionFileSchema,
  VerifyRequest: verifyRequestSchema,
  VerifyOutcome: verifyOutcomeSchema,
  Health: healthSchema,
  PortalSettings: portalSettingsSchema,
  Problem: problemSchema,
};
