import { describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest, type Manifest, manifestSchema, segmentStatement } from '../src/manifest.js';

const digest = (digit: string) => digit.repeat(64);

const manifest: Manifest = {
  format: 'solvent-liabilities/1',
  preset: digest('1'),
  air: digest('2'),
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: null,
  assets: [{ symbol: 'BTC', decimals: 8 }],
  segments: [
    { rows: 2048, accountsRoot: digest('3'), headerDigest: digest('4'), proofDigest: digest('5'), totals: ['7'] },
  ],
  totals: ['7'],
};

function faultOf(changed: object): string {
  const decoded = decodeManifest(encodeManifest(changed as Manifest));
  if (decoded.ok) throw new Error('expected a fault');
  return decoded.fault;
}

describe('decodeManifest', () => {
  it('reads back what encodeManifest writes', () => {
    expect(decodeManifest(encodeManifest(manifest))).toEqual({ ok: true, value: manifest });
    expect(segmentStatement(manifest, 0)).toMatchObject({ segment: 0, segmentCount: 1, rowCount: 2048, totals: [7n] });
  });

  it('names the manifest before it in the statement of each segment, the first report none', () => {
    expect(segmentStatement(manifest, 0).context.previousManifest).toEqual(new Uint8Array(0));
    const later = segmentStatement({ ...manifest, previousManifest: digest('a') }, 0);
    expect(later.context.previousManifest).toEqual(new Uint8Array(32).fill(0xaa));
  });

  it.each<[string, object, string]>([
    ['an unknown member', { extra: 1 }, 'the top'],
    ['another format', { format: 'solvent-liabilities/2' }, 'format'],
    ['an exchange without a name', { exchange: '' }, 'exchange'],
    ['a name that turns the direction of writing', { exchange: 'a\u202eb' }, 'exchange'],
    ['a time that does not exist', { snapshotTime: '2026-02-30T00:00:00Z' }, 'snapshotTime'],
    ['no assets', { assets: [] }, 'assets'],
    ['19 decimals', { assets: [{ symbol: 'BTC', decimals: 19 }] }, 'assets.0.decimals'],
    ['no segments', { segments: [] }, 'segments'],
    ['4097 segments', { segments: Array.from({ length: 4097 }, () => manifest.segments[0]) }, 'segments'],
    ['2^20 rows', { segments: [{ ...manifest.segments[0], rows: 2 ** 20 }] }, 'segments.0.rows'],
    ['an amount as a number', { totals: [7] }, 'totals'],
    ['a negative amount', { totals: ['-7'] }, 'totals'],
    ['an amount with a leading zero', { totals: ['07'] }, 'totals'],
    ['an amount of 41 digits', { totals: ['1'.repeat(41)] }, 'totals'],
    ['a faulty amount after a good one', { totals: ['7', '07'] }, 'totals'],
    ['totals that are no list', { totals: { 0: '7' } }, 'totals'],
    ['totals that are a text', { totals: '7' }, 'totals'],
    ['4097 totals', { totals: Array.from({ length: 4097 }, () => '7') }, 'totals'],
    ['no totals in a segment', { segments: [{ ...manifest.segments[0], totals: [] }] }, 'segments.0.totals'],
  ])('refuses %s', (_, change, place) => {
    expect(faultOf({ ...manifest, ...change })).toMatch(new RegExp(`^at ${place}: `));
  });

  it('refuses a name of 8 Mi characters', () => {
    // One character past Latin-1 makes engines keep all of them as two bytes each.
    expect(faultOf({ ...manifest, exchange: `${'a'.repeat(2 ** 23)}λ` })).toMatch(/^at exchange: /);
  });

  it('has one fault for a list of totals, however many of them are wrong', () => {
    const totals = Array.from({ length: 4096 }, () => 0);
    const segments = Array.from({ length: 4096 }, () => ({ ...manifest.segments[0], totals }));
    const checked = manifestSchema.safeParse({ ...manifest, segments });
    expect(checked.error?.issues.length).toBe(4096);
  });
});
