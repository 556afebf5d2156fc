/** What the caller of the report's verifier is told on the way. */
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { toyPreset } from '@solvent/stark/preset';
import { describe, expect, it } from 'vitest';
import { readVectorBytes } from '../conformance/vector-files.js';

const manifest = readVectorBytes('toy/manifest.json');
const proofs = ['toy/segment-0000.bin', 'toy/segment-0001.bin'].map(readVectorBytes);

describe('verifyReport', () => {
  it('tells after each segment that has passed how many there are, and asks for each proof once, in order', async () => {
    const events: string[] = [];
    const readProof = (segment: number) => {
      events.push(`read ${segment}`);
      return proofs[segment];
    };
    const onSegment = (segment: number, count: number) => void events.push(`passed ${segment} of ${count}`);
    expect(await verifyReport(manifest, readProof, { preset: toyPreset, onSegment })).toMatchObject({ ok: true });
    expect(events).toEqual(['read 0', 'passed 0 of 2', 'read 1', 'passed 1 of 2']);
  });

  it('tells nothing of a segment that is refused, names it, and stops there', async () => {
    const events: number[] = [];
    const verdict = await verifyReport(manifest, () => proofs[0], {
      preset: toyPreset,
      onSegment: (segment) => void events.push(segment),
    });
    expect(verdict).toMatchObject({ ok: false, step: 'M5', code: 'proof-digest' });
    expect(verdict).toHaveProperty('detail', expect.stringMatching(/^segment 1: /));
    expect(events).toEqual([0]);
  });

  it('takes no report made with another preset than production, unless told so', async () => {
    expect(await verifyReport(manifest, (segment) => proofs[segment])).toMatchObject({
      step: 'M2',
      code: 'preset-digest',
    });
  });
});
