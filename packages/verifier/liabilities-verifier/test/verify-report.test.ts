import { readFileSync } from 'node:fs';
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import { maxProofSize } from '@solvent/proof-format/proof';
import {
  decodeManifest,
  encodeManifest,
  type Manifest,
  maxManifestSize,
  proofFileDigest,
} from '@solvent/report-format/manifest';
import { type Preset, presetDigest, productionPreset, toyPreset } from '@solvent/stark/preset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as verifiedReport from '../src/verified-report.js';
import * as verifyReportModule from '../src/verify-report.js';
import { checkManifest, isVerifiedReport, verifyReport } from '../src/verify-report.js';

const digest = (digit: string) => digit.repeat(64);
const segment = { rows: 2048, accountsRoot: digest('3'), headerDigest: digest('4'), proofDigest: digest('5') };

/** A manifest that passes all steps that need no proof. */
const manifest: Manifest = {
  format: 'solvent-liabilities/1',
  preset: bytesToHex(presetDigest(productionPreset)),
  air: bytesToHex(airDigest(liabilitiesAir)),
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: null,
  assets: [
    { symbol: 'BTC', decimals: 8 },
    { symbol: 'ETH', decimals: 18 },
  ],
  segments: [
    { ...segment, totals: ['7', '5'] },
    { ...segment, totals: ['8', '0'] },
  ],
  totals: ['15', '5'],
};

/** What the verifier says of a manifest, `proof` being the file of every segment. */
async function outcomeOf(changed: object, proof?: Uint8Array, preset?: Preset): Promise<string> {
  const bytes = encodeManifest({ ...manifest, ...changed });
  const verdict = await verifyReport(bytes, () => proof, preset === undefined ? {} : { preset });
  expect(isVerifiedReport(verdict as never)).toBe(false);
  return verdict.ok ? 'verified' : `${verdict.step} ${verdict.code}`;
}

describe('verifyReport, steps M1 to M5 (§8.2)', () => {
  const manyAssets = Array.from({ length: 1024 }, (_, i) => ({ symbol: `A${1000 + i}`, decimals: 0 }));
  const withManyTotals = (segmentCount: number) => {
    const totals = manyAssets.map(() => '0');
    const segments = Array.from({ length: segmentCount }, () => ({ ...segment, rows: 8192, totals }));
    return { assets: manyAssets, segments, totals };
  };

  it.each<[string, object, string]>([
    ['a manifest of another shape', { extra: 1 }, 'M1 manifest-encoding'],
    ['a name that turns the direction of writing', { exchange: 'a\u202eb' }, 'M1 manifest-encoding'],
    ['a name of 8 Mi characters', { exchange: `${'a'.repeat(2 ** 23)}λ` }, 'M1 manifest-encoding'],
    ['a manifest that is too large', { exchange: 'a'.repeat(maxManifestSize) }, 'M1 manifest-encoding'],
    ['another preset', { preset: digest('0') }, 'M2 preset-digest'],
    ['other constraints', { air: digest('0') }, 'M2 air-digest'],
    ['assets out of order', { assets: manifest.assets.toReversed() }, 'M3 assets'],
    ['3000 rows', { segments: [{ ...segment, rows: 3000, totals: ['7', '5'] }] }, 'M3 statement-limits'],
    ['a total too few in a segment', { segments: [{ ...segment, totals: ['7'] }] }, 'M3 statement-limits'],
    ['2^20 totals in all segments', withManyTotals(1024), 'M5 proof-missing'],
    ['more than 2^20 totals in all segments', withManyTotals(1025), 'M3 statement-limits'],
    ['a report total too few', { totals: ['15'] }, 'M4 totals'],
    ['a wrong sum', { totals: ['15', '6'] }, 'M4 totals'],
    ['no proof', {}, 'M5 proof-missing'],
  ])('gives a verdict on %s', async (_, change, expected) => {
    expect(await outcomeOf(change)).toBe(expected);
  });

  it('refuses a proof that is too large before it looks at it', async () => {
    const proof = new Uint8Array(maxProofSize + 1);
    const proofDigest = bytesToHex(proofFileDigest(proof));
    const segments = manifest.segments.map((one) => ({ ...one, proofDigest }));
    expect(await outcomeOf({ segments }, proof)).toBe('M5 proof-size');
    expect(await outcomeOf({}, proof)).toBe('M5 proof-size');
    expect(await outcomeOf({}, proof.subarray(1))).toBe('M5 proof-digest');
  });

  it('gives a verdict on any bytes as a proof', async () => {
    for (const proof of [new Uint8Array(0), new Uint8Array(8), new Uint8Array(10_000)]) {
      const proofDigest = bytesToHex(proofFileDigest(proof));
      const segments = manifest.segments.map((one) => ({ ...one, proofDigest }));
      expect(await outcomeOf({ segments }, proof)).toBe('V2 header-encoding');
    }
  });

  it('says nothing in a detail that drives a terminal', async () => {
    const symbol = '\u001b[2J\u202e';
    const escaped = new TextDecoder().decode(encodeManifest(manifest)).replace('BTC', '\\u001b[2J\u202e');
    for (const bytes of [
      encodeManifest({ ...manifest, assets: [{ symbol, decimals: 8 }, manifest.assets[1]] }),
      encodeManifest({ ...manifest, [symbol]: symbol } as never),
      new TextEncoder().encode(symbol),
      new TextEncoder().encode(escaped),
    ]) {
      const verdict = await verifyReport(bytes, () => undefined);
      if (verdict.ok) throw new Error('expected a rejection');
      expect(verdict.detail).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }
  });

  it('throws a RangeError for a preset that checks nothing', async () => {
    await expect(outcomeOf({}, undefined, { ...toyPreset, queryCount: 0 })).rejects.toThrow(RangeError);
    await expect(outcomeOf({}, undefined, { ...toyPreset, grindingBits: 0 })).rejects.toThrow(RangeError);
  });
});

describe('the totals of a report, step M4', () => {
  const assetCount = 3;
  const units = fc.bigInt(0n, 2n ** 89n);
  const segmentTotals = fc.array(fc.tuple(units, units, units), { minLength: 1, maxLength: 5 });
  const assets = ['A', 'B', 'C'].map((symbol) => ({ symbol, decimals: 0 }));
  const check = (totals: readonly bigint[], inSegments: readonly (readonly bigint[])[]) => {
    const segments = inSegments.map((list) => ({ ...segment, totals: list.map(String) }));
    return checkManifest(
      encodeManifest({ ...manifest, assets, segments, totals: totals.map(String) }),
      productionPreset,
    );
  };

  it('are the exact sums of its segments, of each asset', () => {
    const change = fc.record({ list: fc.nat(), asset: fc.nat(assetCount - 1), by: fc.bigInt(1n, 2n ** 80n) });
    fc.assert(
      fc.property(segmentTotals, change, (inSegments, { list, asset, by }) => {
        const totals = assets.map((_, a) => inSegments.reduce((sum, one) => sum + one[a], 0n));
        expect(check(totals, inSegments)).toMatchObject({ ok: true });
        // One number more, in the report or in any segment.
        const lists = [totals, ...inSegments].map((one) => [...one]);
        lists[list % lists.length][asset] += by;
        const [changed, ...others] = lists;
        expect(check(changed, others)).toMatchObject({ ok: false, step: 'M4', code: 'totals' });
        // What one asset has too many is nothing that another one can lack.
        const moved = [...totals];
        moved[asset] += by;
        moved[(asset + 1) % assetCount] -= by;
        if (moved.every((total) => total >= 0n)) expect(check(moved, inSegments)).toMatchObject({ step: 'M4' });
      }),
    );
  });
});

describe('a report of the vectors', () => {
  const folder = new URL('../../../../vectors/toy/', import.meta.url);
  const files = ['manifest.json', 'segment-0000.bin', 'segment-0001.bin'].map((name) => {
    return Uint8Array.from(readFileSync(new URL(name, folder)));
  });
  const verify = ([bytes, ...proofs]: readonly Uint8Array[]) =>
    verifyReport(bytes, (i) => proofs[i], { preset: toyPreset });

  it('verifies, and with any bit of any of its files changed does not', async () => {
    expect(await verify(files)).toMatchObject({ ok: true });
    const place = fc.record({ file: fc.nat(files.length - 1), at: fc.nat(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(place, async ({ file, at, bit }) => {
        const changed = [...files];
        changed[file] = changed[file].slice();
        changed[file][at % changed[file].length] ^= 1 << bit;
        const verdict = await verify(changed);
        expect(verdict).toMatchObject(file === 0 ? { ok: false } : { step: 'M5', code: 'proof-digest' });
      }),
      { numRuns: 40 },
    );
  });

  it('has no other proof, whatever the manifest says of it', async () => {
    const decoded = decodeManifest(files[0]);
    if (!decoded.ok) throw new Error(decoded.fault);
    const place = fc.record({ at: fc.nat(files[1].length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(place, async ({ at, bit }) => {
        const proof = files[1].slice();
        proof[at] ^= 1 << bit;
        const [first, ...others] = decoded.value.segments;
        const segments = [{ ...first, proofDigest: bytesToHex(proofFileDigest(proof)) }, ...others];
        const verdict = await verify([encodeManifest({ ...decoded.value, segments }), proof, files[2]]);
        expect(verdict).toMatchObject({ ok: false, step: expect.stringMatching(/^V[2-8]$/) });
      }),
      { numRuns: 40 },
    );
  });

  it('is none of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await verify([bytes])).toMatchObject({ ok: false, step: 'M1', code: 'manifest-encoding' });
      }),
    );
  });
});

describe('the mark of a verified report', () => {
  it('cannot be set from outside', () => {
    expect(Object.keys(verifiedReport)).toEqual([]);
    expect(Object.keys(verifyReportModule).sort()).toEqual(['checkManifest', 'isVerifiedReport', 'verifyReport']);
  });
});
