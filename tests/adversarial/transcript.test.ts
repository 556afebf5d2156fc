/** Prover and verifier draw the same challenges from the same words, and draw them well. */
import { Transcript } from '@solvent/commitment/transcript';
import { isBase } from '@solvent/field/extension';
import type { Engine } from '@solvent/kernels/engine';
import { seededRandom } from '@solvent/ledger/testing';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { toyPreset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import { proveSegment } from '@solvent/stark-prover/prove';
import { describe, expect, it } from 'vitest';
import { openProof } from '../support/report.js';
import { createTestEngine } from '../support/test-engine.js';
import { cheat } from './cheating-prover.js';
import { sampleWitness } from './fixture.js';

const witness = sampleWitness();
const engine: Engine = createTestEngine();

describe('the transcripts of prover and verifier', () => {
  const proven = proveSegment(witness, { preset: toyPreset, engine, random: seededRandom('transcript') });
  const verdict = verifySegment(witness.statement, proven, proven.proof, toyPreset);
  if (!verdict.ok) throw new Error(verdict.detail);

  it('are equal line by line', () => {
    expect(verdict.transcriptLog).toEqual(proven.transcriptLog);
    expect(new Set(verdict.transcriptLog).size).toBe(verdict.transcriptLog.length);
  });

  it('absorb every public input and every message, each before the challenges that it decides', () => {
    // The state's digest at the end of a line, and the line's number, are left out.
    const lines = verdict.transcriptLog.map((line) => line.replace(/ \d\d (.*) [0-9a-f]{8}$/, ' $1'));
    expect(lines).toEqual([
      'absorb /protocol 25 B',
      'absorb /preset 32 B',
      'absorb /air 32 B',
      'absorb /context/exchange 20 B',
      'absorb /context/report-id 11 B',
      'absorb /context/snapshot-time 24 B',
      'absorb /context/previous-manifest 0 B',
      'absorb /segment/number 4 B',
      'absorb /segment/count 4 B',
      'absorb /segment/rows 4 B',
      'absorb /assets 72 B',
      'absorb /totals 168 B',
      'absorb /trace/root 32 B',
      'absorb /accounts/root 32 B',
      'squeeze /beta 2 F\\Fp',
      'squeeze /gamma 1 F',
      'absorb /auxiliary/root 32 B',
      'squeeze /alpha 18 F',
      'absorb /quotient/root 32 B',
      'squeeze /zeta 1 F\\Fp',
      'absorb /openings 1000 B',
      'squeeze /lambda 50 F',
      'absorb /layer/0/points/root 32 B',
      'absorb /layer/0/rows/root 32 B',
      'squeeze /fold/0 1 F',
      'absorb /layer/1/points/root 32 B',
      'absorb /layer/1/rows/root 32 B',
      'squeeze /fold/1 1 F',
      'absorb /final/0 640 B',
      'absorb /final/1 640 B',
      'squeeze /header 32 B',
      'squeeze /grinding 32 B',
      'absorb /nonce 4 B',
      'squeeze /queries 8 × 13 bits',
    ]);
  });

  it('are the same in the cheating prover, which therefore draws the challenges that the verifier draws', () => {
    const forgery = cheat(witness);
    const again = verifySegment(witness.statement, forgery, forgery.proof, toyPreset);
    expect(again.ok && again.transcriptLog).toEqual(forgery.transcriptLog);
  });
});

describe('query points', () => {
  const draws = (count: number, bits: number, seed = 0) => {
    const transcript = new Transcript('statistics');
    transcript.absorb('/seed', Uint8Array.of(seed));
    return transcript.squeezeIntegers('/queries', count, bits);
  };

  it('are uniform: no place is favoured', () => {
    // Pearson's test over 2^10 places with 2^17 draws; the bound is passed by chance less than once in 10^9.
    const [bits, count] = [10, 2 ** 17];
    const places = new Array<number>(2 ** bits).fill(0);
    for (const value of draws(count, bits)) places[value]++;
    const expected = count / places.length;
    const statistic = places.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0);
    const deviation = (statistic - (places.length - 1)) / Math.sqrt(2 * (places.length - 1));
    expect(Math.abs(deviation)).toBeLessThan(6.5);
  });

  it('use every bit alike, for every size of D', () => {
    for (const bits of [13, 16, 21]) {
      const values = draws(2 ** 14, bits);
      expect(Math.max(...values)).toBeLessThan(2 ** bits);
      for (let bit = 0; bit < bits; bit++) {
        const ones = values.filter((value) => Math.floor(value / 2 ** bit) % 2 === 1).length;
        expect(Math.abs(ones - 2 ** 13)).toBeLessThan(6.5 * Math.sqrt(2 ** 12));
      }
    }
  });

  it('are independent draws: repetitions are kept, as often as chance gives them', () => {
    // 160 draws from 2^13 points meet 160·159/2^14 = 1.55 times on average.
    const meetings = Array.from({ length: 200 }, (_, seed) => {
      const values = draws(160, 13, seed);
      expect(values.length).toBe(160);
      return 160 - sortedDistinct(values).length;
    });
    const mean = meetings.reduce((sum, count) => sum + count, 0) / meetings.length;
    expect(mean).toBeGreaterThan(1.1);
    expect(mean).toBeLessThan(2);
  });

  it('are followed by one opening for each distinct point, though a point was drawn twice', () => {
    const preset = { ...toyPreset, queryCount: 300 };
    const forgery = cheat(witness, {}, { preset });
    const { draws, points, queries } = openProof(witness.statement, forgery.proof, preset);
    expect(draws.length).toBe(300);
    expect(points.length).toBeLessThan(300);
    expect(queries.points.trace.leaves.length).toBe(points.length);
    expect(verifySegment(witness.statement, forgery, forgery.proof, preset).ok).toBe(true);
  });
});

describe('β and z', () => {
  it('are never elements of F_p', () => {
    const transcript = new Transcript('outside');
    for (let i = 0; i < 200; i++) {
      expect(transcript.squeezeNonBaseExtensions(`/${i}`, 5).some(isBase)).toBe(false);
    }
  });
});
