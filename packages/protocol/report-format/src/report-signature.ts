/** The exchange's signature of a report, `report-signature.json` (spec §14.5). */
import { bytesToHex, utf8ToBytes } from '@solvent/commitment/bytes';
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from './canonical-json.js';
import { digestField } from './fields.js';

/** Most bytes of a file with a signature. */
export const maxReportSignatureSize = 1024;

/** The shape of a file with a report's signature. */
const reportSignatureSchema = z.strictObject({
  format: z.literal('solvent-report-signature/1'),
  /** The Ed25519 public key (RFC 8032), 32 bytes. */
  publicKey: digestField,
  /** The Ed25519 signature of `signedText`, 64 bytes. */
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/, 'expected 128 lower-case hexadecimal digits')),
});

/** An Ed25519 signature with its key, in hexadecimal. */
export type ReportSignature = z.infer<typeof reportSignatureSchema>;

/** The bytes that an exchange signs for the report of a digest: ASCII text, so that any signing tool can show it. */
export function signedText(digest: Uint8Array): Uint8Array {
  return utf8ToBytes(`Solvent report ${bytesToHex(digest)}`);
}

/** The bytes of a file with a signature. */
export function encodeReportSignature(signature: ReportSignature): Uint8Array {
  return encodeCanonicalJson(signature);
}

/** Reads a file with a signature: shape and canonical form. Never throws. */
export function decodeReportSignature(bytes: Uint8Array): Decoded<ReportSignature> {
  return decodeCanonicalJson(bytes, maxReportSignatureSize, reportSignatureSchema);
}
