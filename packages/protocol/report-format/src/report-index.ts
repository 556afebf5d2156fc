/** The index of a directory of reports, `reports.json` (spec §14.6). */
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from './canonical-json.js';
import { digestField, textField, timeField } from './fields.js';

/** Most bytes of an index. */
export const maxReportIndexSize = 2 ** 22;
/** The index's file name. */
export const reportIndexFileName = 'reports.json';

/** The shape of an index. */
export const reportIndexSchema = z.strictObject({
  format: z.literal('solvent-reports/1'),
  exchange: textField,
  /** The reports, the first one first. */
  reports: z
    .array(
      z.strictObject({
        /** The folder that holds it, beside the index. */
        folder: z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a plain folder name')),
        reportId: textField,
        snapshotTime: timeField,
        /** Digest of the report. */
        report: digestField,
      }),
    )
    .check(z.minLength(1), z.maxLength(10_000)),
});

/** Which reports there are, in their order. */
export type ReportIndex = z.infer<typeof reportIndexSchema>;

/** The bytes of an index. */
export function encodeReportIndex(index: ReportIndex): Uint8Array {
  return encodeCanonicalJson(index);
}

/** Reads an index: shape and canonical form. Never throws. */
export function decodeReportIndex(bytes: Uint8Array): Decoded<ReportIndex> {
  return decodeCanonicalJson(bytes, maxReportIndexSize, reportIndexSchema);
}
