/** Whatever the bytes are, there is a verdict, soon, and nothing is thrown. */

import { concatBytes } from '@solvent/commitment/bytes';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { seededRandom } from '@solvent/ledger/testing';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import {
  decodeInclusionFile,
  decodeInclusionOpenings,
  decodeMask,
  maxInclusionFileSize,
} from '@solvent/proof-format/inclusion-file';
import { decodeHeader, decodeQueries, headerSize, maxProofSize } from '@solvent/proof-format/proof';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { decodeManifest, maxManifestSize } from '@solvent/report-format/manifest';
import { toyPreset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import { deriveShape } from '@solvent/stark/shape';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcome, publish, republish, verdictOn, verified } from '../support/report.js';
import { proveLedger } from './proven-ledger.js';

const assets = [{ symbol: 'BTC', decimals: 8 }];
const accounts = [{ id: 'a', balances: [['BTC', 5n]] as const }];
const proven = proveLedger({ assets, accounts }, seededRandom('hostile'));
const [{ statement, proof }] = proven.segments;
const [file] = proven.files;
const shape = deriveShape(statement.rowCount);

/** Seconds of processor time since a usage: other work on the machine does not count. */
function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
const utf8 = (text: string) => new TextEncoder().encode(text);

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.uint8Array({ maxLength: 20_000, size: 'max' }),
  fc.string({ unit: 'binary' }).map(utf8),
  fc.json().map(utf8),
);
const anyShape = fc.integer({ min: 11, max: 19 }).map((logRows) => deriveShape(2 ** logRows));

describe('random bytes', () => {
  it('are a fault to every decoder', () => {
    const rows = fc.uniqueArray(fc.nat({ max: 2047 }), { minLength: 1, maxLength: 20 }).map(sortedDistinct);
    fc.assert(
      fc.property(anyBytes, anyShape, rows, (bytes, someShape, positions) => {
        expect(decodeHeader(bytes, someShape)).toMatchObject({ ok: false });
        expect(decodeQueries(bytes, someShape, positions)).toMatchObject({ ok: false });
        expect(decodeManifest(bytes)).toMatchObject({ ok: false });
        expect(decodeInclusionFile(bytes)).toMatchObject({ ok: false });
        const text = Buffer.from(bytes).toString('base64');
        expect(decodeInclusionOpenings(text, someShape, positions)).toMatchObject({ ok: false });
        expect(decodeInclusionOpenings(Buffer.from(bytes).toString('latin1'), someShape, positions)).toMatchObject({
          ok: false,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('are a mask only if its five elements are canonical', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const mask = decodeMask(Buffer.from(bytes).toString('hex'));
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        const elements = [0, 4, 8, 12, 16].map((offset) => view.getUint32(offset, true));
        expect(mask).toEqual(elements.every((element) => element < 2130706433) ? elements : undefined);
      }),
    );
  });

  it('are refused as a proof, also after a header that is right', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.boolean(), async (bytes, afterHeader) => {
        const start = afterHeader ? proof.subarray(0, headerSize(shape) + 4) : new Uint8Array(0);
        const changed = concatBytes(start, bytes);
        const published = republish(statement, changed);
        expect(outcome(verifySegment(statement, published, changed, toyPreset))).toMatch(/^V[26] /);
        expect(await verdictOn(publish([published]))).toMatchObject({ ok: false });
      }),
      { numRuns: 200 },
    );
  });
});

describe('files of any length', () => {
  let report: VerifiedReport;
  const include = (bytes: Uint8Array) =>
    outcome(verifyInclusion({ file: bytes, report, preset: toyPreset, accountId: 'a' }));

  beforeAll(async () => {
    report = await verified(proven.report);
  });

  it('are refused when cut, as a proof', () => {
    for (let length = 0; length < proof.length; length += length < 200 ? 1 : 97) {
      const bytes = proof.subarray(0, length);
      expect(verifySegment(statement, republish(statement, bytes), bytes, toyPreset)).toMatchObject({ ok: false });
    }
  });

  it('are refused when cut, at every place of an inclusion file or a manifest', async () => {
    for (let length = 0; length < file.length; length++)
      expect(include(file.subarray(0, length))).toBe('I2 inclusion-encoding');
    const { manifest } = proven.report;
    for (let length = 0; length < manifest.length; length++) {
      const verdict = await verdictOn({ ...proven.report, manifest: manifest.subarray(0, length) });
      expect(outcome(verdict)).toBe('M1 manifest-encoding');
    }
  });

  it('are refused when 100 MB long, without being read', async () => {
    const huge = new Uint8Array(100_000_000).fill(0x20);
    const started = process.cpuUsage();
    huge.set(file);
    expect(include(huge)).toBe('I2 inclusion-encoding');
    huge.set(proven.report.manifest);
    expect(outcome(await verdictOn({ ...proven.report, manifest: huge }))).toBe('M1 manifest-encoding');
    huge.set(proof);
    expect(outcome(await verdictOn({ ...proven.report, proofs: [huge] }))).toBe('M5 proof-size');
    expect(outcome(verifySegment(statement, proven.segments[0], huge, toyPreset))).toBe('V6 queries-encoding');
    expect(processorSeconds(started)).toBeLessThan(20);
  });

  it('are refused when as long as they may be, whatever fills them', async () => {
    const started = process.cpuUsage();
    const repeated = (text: string, size: number) => utf8(text.repeat(Math.floor(size / text.length)));
    const list = (key: string, item: string, size: number) =>
      utf8(`{"${key}":[${item}${`,${item}`.repeat(Math.floor((size - 100) / (item.length + 1)))}]}`);
    for (const text of ['[', '{"a":', '[[],', '{"rows":[', '"', '\\u0000', '{"__proto__":']) {
      expect(decodeInclusionFile(repeated(text, maxInclusionFileSize))).toMatchObject({ ok: false });
    }
    for (const item of ['1', '{}', '[]', '""', '{"entries":[1,1,1,1]}', 'null']) {
      expect(decodeInclusionFile(list('rows', item, maxInclusionFileSize))).toMatchObject({ ok: false });
    }
    expect(decodeManifest(repeated('[', maxManifestSize))).toMatchObject({ ok: false });
    expect(decodeManifest(list('segments', '1', maxManifestSize))).toMatchObject({ ok: false });
    expect(decodeManifest(list('totals', '""', maxManifestSize))).toMatchObject({ ok: false });
    for (const byte of [0, 255]) {
      const bytes = new Uint8Array(maxProofSize).fill(byte);
      expect(await verdictOn(publish([republish(statement, bytes)]))).toMatchObject({ ok: false });
    }
    expect(processorSeconds(started)).toBeLessThan(60);
  });

  it('are refused with as many rows as there may be, none of them anybody’s', () => {
    const decoded = decodeInclusionFile(file);
    if (!decoded.ok) throw new Error(decoded.fault);
    const [row] = decoded.value.rows;
    const rows = Array.from({ length: 1024 }, (_, i) => ({ ...row, index: i + 1 }));
    expect(include(encodeCanonicalJson({ ...decoded.value, rows }))).toBe('I3 openings-encoding');
    const openings = Buffer.alloc(3_000_000).toString('base64');
    expect(include(encodeCanonicalJson({ ...decoded.value, rows, openings }))).toBe('I3 openings-encoding');
  });
});
