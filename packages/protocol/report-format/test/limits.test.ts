import { describe, expect, test } from 'vitest';
import { decodeDispute } from '../src/dispute.js';
import { decodeManifest, encodeManifest, type Manifest } from '../src/manifest.js';
import { decodeReport, encodeReport, type Report } from '../src/report.js';
import { decodeReportIndex, encodeReportIndex, type ReportIndex } from '../src/report-index.js';
import { decodeReportSignature } from '../src/report-signature.js';
import { decodeReserves } from '../src/reserves.js';

const digest = '0'.repeat(64);
const context = { exchange: 'E', reportId: '1', snapshotTime: '2026-01-31T23:59:59Z' };

const report: Report = {
  ...context,
  format: 'solvent-report/1',
  previousReport: null,
  manifest: digest,
  blocks: [],
  tokens: [],
  files: [],
};
const block = { network: 'bitcoin', height: 1, hash: 'ab' };
const token = { network: 'ethereum', token: '0x1', asset: 'USDT', decimals: 6 };
const file = { path: 'a', size: 1, digest };

const segment = { rows: 2048, accountsRoot: digest, headerDigest: digest, proofDigest: digest, totals: ['7'] };
const manifest: Manifest = {
  ...context,
  format: 'solvent-liabilities/1',
  preset: digest,
  air: digest,
  previousManifest: null,
  assets: [{ symbol: 'BTC', decimals: 8 }],
  segments: [segment],
  totals: ['7'],
};

const entry = { folder: 'a', reportId: '1', snapshotTime: context.snapshotTime, report: digest };
const index: ReportIndex = { format: 'solvent-reports/1', exchange: 'E', reports: [entry] };

const readReport = (change: Partial<Report>) => decodeReport(encodeReport({ ...report, ...change })).ok;
const readManifest = (change: Partial<Manifest>) => decodeManifest(encodeManifest({ ...manifest, ...change })).ok;
const readIndex = (change: Partial<ReportIndex>) => decodeReportIndex(encodeReportIndex({ ...index, ...change })).ok;
const times = <Item>(length: number, item: Item) => Array.from({ length }, () => item);

describe('the most that a format takes is taken, and one more is not:', () => {
  test.each<[string, (count: number) => boolean, number]>([
    ['blocks of a report', (count) => readReport({ blocks: times(count, block) }), 1024],
    ['tokens of a report', (count) => readReport({ tokens: times(count, token) }), 4096],
    ['files of a report', (count) => readReport({ files: times(count, file) }), 8192],
    ['a token’s decimals', (decimals) => readReport({ tokens: [{ ...token, decimals }] }), 38],
    ['a block’s height', (height) => readReport({ blocks: [{ ...block, height }] }), Number.MAX_SAFE_INTEGER],
    ['bytes of a bound file', (size) => readReport({ files: [{ ...file, size }] }), 2 ** 40],
    ['characters of a block’s hash', (n) => readReport({ blocks: [{ ...block, hash: 'a'.repeat(n) }] }), 128],
    ['characters of a token', (n) => readReport({ tokens: [{ ...token, token: 'a'.repeat(n) }] }), 128],
    ['characters of a file’s name', (n) => readReport({ files: [{ ...file, path: 'a'.repeat(n) }] }), 100],
    ['names in a path', (n) => readReport({ files: [{ ...file, path: times(n, 'a').join('/') }] }), 4],
    ['assets', (count) => readManifest({ assets: times(count, manifest.assets[0]) }), 4096],
    ['decimals of an asset', (decimals) => readManifest({ assets: [{ symbol: 'BTC', decimals }] }), 18],
    ['segments', (count) => readManifest({ segments: times(count, segment) }), 4096],
    ['rows of a segment', (rows) => readManifest({ segments: [{ ...segment, rows }] }), 2 ** 19],
    ['totals', (count) => readManifest({ totals: times(count, '7') }), 4096],
    ['digits of a total', (digits) => readManifest({ totals: ['7'.repeat(digits)] }), 40],
    ['reports of an index', (count) => readIndex({ reports: times(count, entry) }), 10_000],
    ['characters of a folder', (n) => readIndex({ reports: [{ ...entry, folder: 'a'.repeat(n) }] }), 64],
  ])('%s', (_, isRead, most) => {
    expect([isRead(most), isRead(most + 1)]).toEqual([true, false]);
  });

  // Bytes of which only the number is right: what they hold is refused after that.
  test.each<[string, (bytes: Uint8Array) => { ok: boolean; fault?: string }, number]>([
    ['bytes of a report', decodeReport, 2 ** 22],
    ['bytes of a manifest', decodeManifest, 2 ** 24],
    ['bytes of an index', decodeReportIndex, 2 ** 22],
    ['bytes of a signature', decodeReportSignature, 1024],
    ['bytes of evidence for a dispute', decodeDispute, 2 ** 26],
  ])('%s', (_, decode, most) => {
    expect(decode(new Uint8Array(most)).fault).toMatch(/^not JSON/);
    expect(decode(new Uint8Array(most + 1)).fault).toBe(`expected at most ${most} bytes, got ${most + 1}`);
  });

  test('bytes of reserves, of which so many would be slow to read', () => {
    expect(decodeReserves(new Uint8Array(2 ** 28 + 1))).toMatchObject({
      fault: `expected at most ${2 ** 28} bytes, got ${2 ** 28 + 1}`,
    });
  });
});

describe('the least that a format takes is taken, and one less is not:', () => {
  test.each<[string, (count: number) => boolean, number]>([
    ['a token’s decimals', (decimals) => readReport({ tokens: [{ ...token, decimals }] }), 0],
    ['a block’s height', (height) => readReport({ blocks: [{ ...block, height }] }), 0],
    ['bytes of a bound file', (size) => readReport({ files: [{ ...file, size }] }), 0],
    ['assets', (count) => readManifest({ assets: manifest.assets.slice(0, count) }), 1],
    ['decimals of an asset', (decimals) => readManifest({ assets: [{ symbol: 'BTC', decimals }] }), 0],
    ['segments', (count) => readManifest({ segments: manifest.segments.slice(0, count) }), 1],
    ['rows of a segment', (rows) => readManifest({ segments: [{ ...segment, rows }] }), 2048],
    ['totals', (count) => readManifest({ totals: manifest.totals.slice(0, count) }), 1],
    ['reports of an index', (count) => readIndex({ reports: index.reports.slice(0, count) }), 1],
  ])('%s', (_, isRead, least) => {
    expect([isRead(least), isRead(least - 1)]).toEqual([true, false]);
  });
});
