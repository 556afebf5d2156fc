import { describe, expect, test } from 'vitest';
import { decodeReport, encodeReport, findOrderFault, type Report, sortReport } from '../src/report.js';
import { decodeReserves, encodeReserves, type Reserves, type ReservesEntry, sortEntries } from '../src/reserves.js';

const digest = (digit: string) => digit.repeat(64);

const report: Report = {
  format: 'solvent-report/1',
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousReport: null,
  manifest: digest('1'),
  blocks: [
    { network: 'bitcoin', height: 900_000, hash: 'ab' },
    { network: 'ethereum', height: 23_000_000, hash: '0xcd' },
  ],
  tokens: [
    { network: 'ethereum', token: '0x01', asset: 'USDT', decimals: 6 },
    { network: 'ethereum', token: '0x02', asset: 'USDC', decimals: 6 },
  ],
  files: [
    { path: 'proofs/segment-0000.bin', size: 10, digest: digest('2') },
    { path: 'sum_proof_data.json', size: 11, digest: digest('3') },
  ],
};

describe('a report file', () => {
  test('is read back as it was written', () => {
    expect(decodeReport(encodeReport(report))).toEqual({ ok: true, value: report });
    expect(findOrderFault(report)).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ['an unknown member', { extra: 1 }, 'the top'],
    ['another format', { format: 'solvent-report/2' }, 'format'],
    ['a short digest', { manifest: 'ab' }, 'manifest'],
    ['a network that is no id', { blocks: [{ network: 'Bitcoin', height: 1, hash: 'ab' }] }, 'blocks.0.network'],
    ['half a block', { blocks: [{ network: 'bitcoin', height: 0.5, hash: 'ab' }] }, 'blocks.0.height'],
    ['39 decimals', { tokens: [{ ...report.tokens[0], decimals: 39 }] }, 'tokens.0.decimals'],
    ['a token with a space', { tokens: [{ ...report.tokens[0], token: '0x 1' }] }, 'tokens.0.token'],
    ...['/etc/passwd', '../a', 'a/../b', 'a//b', 'A', 'a/b/c/d/e', 'a\\b', '.git', ''].map(
      (path): [string, object, string] => [
        `the path ${path}`,
        { files: [{ path, size: 1, digest: digest('4') }] },
        'files.0.path',
      ],
    ),
  ])('with %s is refused', (_, change, place) => {
    const decoded = decodeReport(encodeReport({ ...report, ...change } as Report));
    expect(decoded.ok ? 'accepted' : decoded.fault).toMatch(new RegExp(`^at ${place}: `));
  });

  test.each([
    ['blocks', 1024],
    ['tokens', 4096],
    ['files', 8192],
  ] as const)('has %s up to %i, and no more', (list, most) => {
    const withCount = (count: number) =>
      decodeReport(encodeReport({ ...report, [list]: Array.from({ length: count }, () => report[list][0]) }));
    expect(withCount(most).ok).toBe(true);
    expect(withCount(most + 1)).toMatchObject({ ok: false, fault: expect.stringMatching(new RegExp(`^at ${list}: `)) });
  });

  test.each(['blocks', 'tokens', 'files'] as const)('whose %s are not sorted, or have one twice, is found', (list) => {
    const reversed = { ...report, [list]: [...report[list]].reverse() };
    expect(findOrderFault(reversed)).toMatch(new RegExp(`^${list}\\[1\\]: `));
    expect(sortReport(reversed)).toEqual(report);
    const twice = { ...report, [list]: [report[list][0], report[list][0]] };
    expect(findOrderFault(twice)).toMatch(new RegExp(`^${list}\\[1\\]: `));
  });
});

describe('a file of reserves', () => {
  const entry: ReservesEntry = {
    network: 'bitcoin',
    address: '1abc',
    token: null,
    units: '12',
    height: 900_000,
    blockHash: 'ab',
    at: 'height',
    source: 'esplora',
    time: '2026-02-01T00:00:00Z',
  };

  test('is read back as it was written', () => {
    const reserves: Reserves = { format: 'solvent-reserves/1', entries: [entry] };
    expect(decodeReserves(encodeReserves(reserves))).toEqual({ ok: true, value: reserves });
  });

  test('has its entries sorted by network, address and token', () => {
    const other = { ...entry, token: '0x1' };
    const later = { ...entry, network: 'ethereum', address: '0' };
    expect(sortEntries([later, other, entry])).toEqual([entry, other, later]);
  });

  test.each<[string, object]>([
    ['units', { units: '-1' }],
    ['units', { units: '1.5' }],
    ['units', { units: 12 }],
    ['address', { address: '' }],
    ['address', { address: 'a b' }],
    ['height', { height: -1 }],
    ['at', { at: 'later' }],
    ['time', { time: 'yesterday' }],
    ['blockHash', { blockHash: '' }],
  ])('with other %s is refused: %o', (field, change) => {
    const bytes = encodeReserves({ format: 'solvent-reserves/1', entries: [{ ...entry, ...change } as ReservesEntry] });
    const decoded = decodeReserves(bytes);
    expect(decoded.ok ? 'accepted' : decoded.fault).toMatch(new RegExp(`^at entries.0.${field}: `));
  });
});
