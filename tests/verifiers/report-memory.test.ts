import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { seededRandom } from '@solvent/ledger/testing';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { toyPreset } from '@solvent/stark/preset';
import { proveSegment } from '@solvent/stark-prover/prove';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PublishedReport, type PublishedSegment, publish } from '../support/report.js';
import { createWitness } from '../support/witness.js';

const segmentCount = 2;
let report: PublishedReport;

beforeAll(() => {
  report = publish(Array.from({ length: segmentCount }, (_, segment) => provenSegment(segment)));
});

function provenSegment(segment: number): PublishedSegment {
  const random = seededRandom(`memory ${segment}`);
  const holder = { id: `holder ${segment}`, row: 100, entries: [[1, 5n]] as const };
  const { statement: alone, columns, tags } = createWitness(['BTC'], [holder], random);
  const statement = { ...alone, segment, segmentCount };
  const proven = proveSegment(
    { statement, columns, tags },
    { preset: toyPreset, engine: createTypeScriptEngine(), random },
  );
  return { statement, ...proven };
}

describe('a verified report and the memory that it was read from', () => {
  const manifestOf = () => Buffer.from(report.manifest);

  it('keeps nothing of a buffer that the reader uses for every proof', async () => {
    const shared = Buffer.alloc(2 ** 20);
    const verdict = await verifyReport(
      manifestOf(),
      (segment) => {
        shared.set(report.proofs[segment]);
        return shared.subarray(0, report.proofs[segment].length);
      },
      { preset: toyPreset },
    );
    shared.fill(0xee);
    const expected = await verifyReport(manifestOf(), (segment) => report.proofs[segment], { preset: toyPreset });
    if (!verdict.ok || !expected.ok) throw new Error('expected a report that verifies');
    expect(verdict.segments.map(({ header }) => header)).toEqual(expected.segments.map(({ header }) => header));
    // Roots from the shared buffer would all be those of the segment that was read last, or 0xee.
    const roots = verdict.segments.map(({ header }) => Buffer.from(header.accountsRoot).toString('hex'));
    expect(roots).toEqual(verdict.manifest.segments.map(({ accountsRoot }) => accountsRoot));
  });

  it('has the digest of the manifest that was checked, even if its memory changes meanwhile', async () => {
    const manifest = manifestOf();
    const expected = await verifyReport(report.manifest, (segment) => report.proofs[segment], { preset: toyPreset });
    const verdict = await verifyReport(
      manifest,
      (segment) => {
        manifest.fill(0x20);
        return report.proofs[segment];
      },
      { preset: toyPreset },
    );
    if (!verdict.ok || !expected.ok) throw new Error('expected a report that verifies');
    expect(verdict.digest).toEqual(expected.digest);
    manifest.fill(0xee);
    expect(verdict.digest).toEqual(expected.digest);
  });
});
