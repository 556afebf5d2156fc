import { bytesToHex } from '@solvent/commitment/bytes';
import { reportDigest } from '@solvent/report-format/report';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '../src/verify-chain.js';
import { type ChainFixture, chainInput, makeChain } from './chain-of-reports.js';

const verify = (chain: ChainFixture) => verifyChain(...chainInput(chain));
const otherDigest = 'f'.repeat(64);

describe('a chain of reports', () => {
  test.each([1, 2, 5])('of %d months holds', async (count) => {
    const verdict = await verify(makeChain(count));
    expect(verdict).toMatchObject({ ok: true, exchange: 'Example Exchange' });
    expect(verdict.ok && verdict.links.map(({ folder }) => folder)).toEqual(
      Array.from({ length: count }, (_, i) => `month-${i}`),
    );
  });

  test('with a month taken out is refused where the next one names it', async () => {
    const chain = makeChain(4);
    chain.index.reports.splice(1, 1);
    expect(await verify(chain)).toMatchObject({ ok: false, step: 'H4', code: 'previous-report' });
  });

  test('without its first month is refused', async () => {
    const chain = makeChain(3);
    chain.index.reports.shift();
    expect(await verify(chain)).toMatchObject({ ok: false, step: 'H4', code: 'previous-report' });
  });

  test('in another order is refused', async () => {
    const chain = makeChain(3);
    chain.index.reports.reverse();
    expect(await verify(chain)).toMatchObject({ ok: false, step: 'H4' });
    const swapped = makeChain(3);
    const [, b, c] = swapped.index.reports;
    swapped.index.reports.splice(1, 2, c, b);
    expect(await verify(swapped)).toMatchObject({ ok: false, step: 'H4', code: 'previous-report' });
  });

  test('with a rewritten month is refused, also when the index follows the rewriting', async () => {
    const chain = makeChain(3);
    const rewritten = makeChain(2, ({ manifest }, i) => {
      if (i === 1) for (const one of [manifest, ...manifest.segments]) one.totals = ['1'];
    });
    chain.folders.set('month-1', rewritten.folders.get('month-1')!);
    expect(await verify(chain)).toMatchObject({ ok: false, step: 'H2', code: 'report-digest' });
    chain.index.reports[1] = rewritten.index.reports[1];
    expect(await verify(chain)).toMatchObject({ ok: false, step: 'H4', code: 'previous-report' });
  });

  test('with a byte changed anywhere in a report or manifest is refused', async () => {
    const chain = makeChain(2);
    const place = fc.record({
      folder: fc.constantFrom('month-0', 'month-1'),
      file: fc.constantFrom('report' as const, 'manifest' as const),
      at: fc.nat(),
      bit: fc.integer({ min: 0, max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ folder, file, at, bit }) => {
        const files = { ...chain.folders.get(folder)! };
        const bytes = Uint8Array.from(files[file]!);
        bytes[at % bytes.length] ^= 1 << bit;
        const folders = new Map(chain.folders).set(folder, { ...files, [file]: bytes });
        const code = file === 'report' ? 'report-digest' : 'manifest-digest';
        expect(await verify({ ...chain, folders })).toMatchObject({ ok: false, step: 'H2', code });
      }),
    );
  });

  test('whose index is any bytes gives a verdict', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const [, files] = chainInput(makeChain(1));
        expect(await verifyChain(bytes, files)).toMatchObject({ ok: false, step: 'H1', code: 'index-encoding' });
      }),
    );
  });

  test.each<[string, ChainFixture, string, string]>([
    ['a folder that is not there', edited((chain) => chain.folders.delete('month-1')), 'H2', 'report-missing'],
    ['a report without a form', edited((chain) => replaceReport(chain, '{}')), 'H2', 'report-encoding'],
    ['a list out of order', makeChain(1, ({ report }) => addBlocks(report.blocks)), 'H2', 'report-order'],
    [
      'the manifest of another report',
      makeChain(1, ({ report }) => Object.assign(report, { manifest: otherDigest })),
      'H2',
      'manifest-digest',
    ],
    [
      'a report of another exchange',
      makeChain(2, ({ report }, i) => Object.assign(report, i === 1 && { exchange: 'Other' })),
      'H3',
      'exchange',
    ],
    [
      'an id that the index does not say',
      edited(({ index }) => Object.assign(index.reports[1], { reportId: '2027-01' })),
      'H3',
      'index-entry',
    ],
    [
      'an id that is there twice',
      makeChain(2, ({ report }) => Object.assign(report, { reportId: '2026-01' })),
      'H3',
      'report-id',
    ],
    [
      'a time that does not go on',
      makeChain(2, ({ report }) => Object.assign(report, { snapshotTime: '2026-01-28T00:00:00Z' })),
      'H3',
      'time',
    ],
    [
      'a first report that follows another',
      makeChain(1, ({ report }) => Object.assign(report, { previousReport: otherDigest })),
      'H4',
      'previous-report',
    ],
    [
      'a manifest that follows another',
      makeChain(1, ({ manifest }) => Object.assign(manifest, { previousManifest: otherDigest })),
      'H4',
      'previous-manifest',
    ],
  ])('with %s is refused', async (_, chain, step, code) => {
    expect(await verify(chain)).toMatchObject({ ok: false, step, code });
  });
});

function edited(edit: (chain: ChainFixture) => unknown): ChainFixture {
  const chain = makeChain(2);
  edit(chain);
  return chain;
}

function replaceReport(chain: ChainFixture, text: string) {
  const report = new TextEncoder().encode(text);
  chain.folders.set('month-0', { ...chain.folders.get('month-0')!, report });
  // The index is made to agree, so that only the form is wrong.
  chain.index.reports[0].report = bytesToHex(reportDigest(report));
}

function addBlocks(blocks: { network: string; height: number; hash: string }[]) {
  for (const network of ['tron', 'bitcoin']) blocks.push({ network, height: 1, hash: 'ab' });
}
