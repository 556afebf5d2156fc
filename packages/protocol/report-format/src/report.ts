/**
 * The whole report, `report.json` (spec §14.1): it binds liabilities, wallets, reserves and their context. Its digest is
 * what a report is known by in the chain of reports and in anchors; that of the manifest, which it contains, stays what
 * inclusion is checked against.
 */
import { createHasher } from '@solvent/commitment/blake3';
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from './canonical-json.js';
import { blockHashField, digestField, integerField, networkField, textField, timeField, tokenField } from './fields.js';
import { maxTokenDecimals } from './fraction.js';

/** Most bytes of a report file. */
export const maxReportSize = 2 ** 22;
/** Most files that a report can bind. */
const maxReportFileCount = 8192;
/** The report's file name in its folder. */
export const reportFileName = 'report.json';
/** The name of the file with the exchange's signature, which stands beside the report. */
export const signatureFileName = 'report-signature.json';
/** The wallet list's file name in a report folder. */
export const walletsFileName = 'wallets.csv';
/** The file name of what chains say about wallets that a key alone does not control. */
export const evidenceFileName = 'wallet-evidence.json';

const pathField = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9._-]{0,99}(\/[a-z0-9][a-z0-9._-]{0,99}){0,3}$/, 'expected a path of plain file names'),
  );

/** A block of a network at which balances are taken, as in the file of the snapshot (spec §13.5). */
const snapshotBlockField = z.strictObject({
  network: networkField,
  height: integerField(0, Number.MAX_SAFE_INTEGER),
  hash: blockHashField,
});

/** A token that counts as an asset of the report; what is not on the list counts for nothing. */
export const tokenMappingField = z.strictObject({
  network: networkField,
  token: tokenField,
  asset: textField,
  /** Digits after the point that the token has on its chain. */
  decimals: integerField(0, maxTokenDecimals),
});

/** The shape of a report. */
export const reportSchema = z.strictObject({
  format: z.literal('solvent-report/1'),
  exchange: textField,
  reportId: textField,
  snapshotTime: timeField,
  /** Digest of the previous report; null in the first. */
  previousReport: z.nullable(digestField),
  /** Digest of the manifest of liabilities (spec §7.5). */
  manifest: digestField,
  /** The blocks, sorted by network, each network once. */
  blocks: z.array(snapshotBlockField).check(z.maxLength(1024)),
  /** Which tokens count as which assets, sorted by network and token, each once. */
  tokens: z.array(tokenMappingField).check(z.maxLength(4096)),
  /** Every other file of the folder except the signature, sorted by path, each once. */
  files: z
    .array(z.strictObject({ path: pathField, size: integerField(0, 2 ** 40), digest: digestField }))
    .check(z.maxLength(maxReportFileCount)),
});

/** A report. */
export type Report = z.infer<typeof reportSchema>;
/** A block at which balances are taken. */
export type SnapshotBlock = Report['blocks'][number];
/** A token that counts as an asset. */
export type TokenMapping = Report['tokens'][number];

/** The bytes of a report file. */
export function encodeReport(report: Report): Uint8Array {
  return encodeCanonicalJson(report);
}

/** Reads a report file: shape and canonical form. Never throws. */
export function decodeReport(bytes: Uint8Array): Decoded<Report> {
  return decodeCanonicalJson(bytes, maxReportSize, reportSchema);
}

const reportHasher = createHasher('report');
const fileHasher = createHasher('report file');

/** The digest of a report file, 32 bytes. */
export function reportDigest(reportBytes: Uint8Array): Uint8Array {
  return reportHasher.digest(reportBytes);
}

/** The digest of a file that a report binds, 32 bytes. */
export function reportFileDigest(bytes: Uint8Array): Uint8Array {
  return fileHasher.digest(bytes);
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** A report with its lists in their order. */
export function sortReport(report: Report): Report {
  return {
    ...report,
    blocks: [...report.blocks].sort((a, b) => byText(a.network, b.network)),
    tokens: [...report.tokens].sort((a, b) => byText(tokenKey(a), tokenKey(b))),
    files: [...report.files].sort((a, b) => byText(a.path, b.path)),
  };
}

/** Network and token as one text. */
export function tokenKey({ network, token }: Pick<TokenMapping, 'network' | 'token'>): string {
  return `${network} ${token}`;
}

/** What is wrong with the order of a report's lists, in words, or undefined. */
export function findOrderFault(report: Report): string | undefined {
  return (
    findUnsorted(
      'blocks',
      report.blocks.map(({ network }) => network),
    ) ??
    findUnsorted('tokens', report.tokens.map(tokenKey)) ??
    findUnsorted(
      'files',
      report.files.map(({ path }) => path),
    )
  );
}

function findUnsorted(name: string, keys: readonly string[]): string | undefined {
  const at = keys.findIndex((key, i) => i > 0 && keys[i - 1] >= key);
  return at < 0
    ? undefined
    : `${name}[${at}]: expected each once, in byte order, found ${keys[at]} after ${keys[at - 1]}`;
}
