import type { VerifiedInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { describe, expect, test } from 'vitest';
import { rememberInclusion, type Seen } from '../src/worker/check-inclusion.js';

function inclusionIn(report: number, row: number): VerifiedInclusion {
  const compared = { digestCompared: false, balances: new Map(), balancesCompared: false };
  return { ok: true, manifestDigest: new Uint8Array(32).fill(report), segment: 0, rows: [row], ...compared };
}

describe('files that one person checks, one after another', () => {
  test('must not show one row under two account ids, whatever was checked in between', () => {
    const seen: Seen = new Map();
    expect(rememberInclusion(seen, 'alice', inclusionIn(1, 7))).toBeUndefined();
    expect(rememberInclusion(seen, 'alice', inclusionIn(2, 9))).toBeUndefined();
    expect(rememberInclusion(seen, 'bob', inclusionIn(1, 7))).toMatchObject({ step: 'I7', code: 'shared-row' });
  });

  test('may show it again under the same id, and the same place of another report', () => {
    const seen: Seen = new Map();
    for (const [account, report] of [
      ['alice', 1],
      ['alice', 1],
      ['bob', 2],
    ] as const) {
      expect(rememberInclusion(seen, account, inclusionIn(report, 7))).toBeUndefined();
    }
  });
});
