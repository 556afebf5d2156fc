/** Tables that are not what the statement says: all of them are caught by the constraints, in V4. */

import { modulus } from '@solvent/field/koala-bear';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { totalBound } from '@solvent/stark/statement';
import { describe, expect, it } from 'vitest';
import { outcome, publish, verdictOn } from '../support/report.js';
import { assetColumn, copyWitness, limbColumn, setRow, settledWitness, type Witness } from '../support/witness.js';
import { type Cheats, cheat, type Forgery } from './cheating-prover.js';
import { firstRow, inclusionFile, inclusionOutcome, rowsOf, sampleWitness } from './fixture.js';

const honest = sampleWitness();
const [alice] = rowsOf('alice');
const [bob] = rowsOf('bob');
const [carol] = rowsOf('carol');

function withColumns(change: (columns: readonly Uint32Array[]) => void): Witness {
  const witness = copyWitness(honest);
  change(witness.columns);
  return witness;
}

function withTotals(change: (totals: bigint[]) => void): Witness {
  const totals = [...honest.statement.totals];
  change(totals);
  return { ...honest, statement: { ...honest.statement, totals } };
}

async function outcomeOf(forgery: Forgery): Promise<string> {
  return outcome(await verdictOn(publish([forgery])));
}

it('verifies what the cheating prover makes when it is told no lie', async () => {
  expect(await outcomeOf(cheat(honest))).toBe('verified');
});

describe('limbs out of range', () => {
  // Totals and carries are those that the limbs add up to modulo p: nothing but their range is wrong.
  it.each([
    ['1024, the first value out of range', 1024],
    ['p − 1, so that the amount is 2^20 less', modulus - 1],
    ['p − 1023', modulus - 1023],
  ])('refuses a limb of %s', async (_, value) => {
    const witness = settledWitness(honest, (columns) => {
      columns[limbColumn(1, 2)][carol] = value;
    });
    expect(await outcomeOf(cheat(witness))).toBe('V4 constraints');
  });

  it('refuses an amount p − x, which takes x off the total', async () => {
    const debt = 1_000_000;
    const witness = settledWitness(honest, (columns) => {
      setRow(columns, 950, [[5, 0n]]);
      columns[limbColumn(0, 0)][950] = modulus - debt;
    });
    expect(witness.statement.totals[4]).toBe(honest.statement.totals[4] - BigInt(debt));
    expect(await outcomeOf(cheat(witness))).toBe('V4 constraints');
  });

  it('refuses a limb of a carry row that is out of range, the carry being the same', async () => {
    const witness = withColumns((columns) => {
      columns[limbColumn(2, 4)][1] += 1024;
      columns[limbColumn(2, 5)][1] += modulus - 1;
    });
    expect(await outcomeOf(cheat(witness))).toBe('V4 constraints');
  });
});

describe('totals', () => {
  it.each<[string, (totals: bigint[]) => void]>([
    ['one too low', (totals) => totals.splice(0, 1, totals[0] - 1n)],
    ['one too high', (totals) => totals.splice(0, 1, totals[0] + 1n)],
    ['0 instead of much', (totals) => totals.splice(2, 1, 0n)],
    ['p too high', (totals) => totals.splice(0, 1, totals[0] + BigInt(modulus))],
    ['p too low', (totals) => totals.splice(2, 1, totals[2] - BigInt(modulus))],
    ['p^2 too low', (totals) => totals.splice(2, 1, totals[2] - BigInt(modulus) ** 2n)],
    ['two swapped', (totals) => totals.splice(0, 2, totals[1], totals[0])],
    ['moved from one asset to another', (totals) => totals.splice(0, 2, totals[0] - 1n, totals[1] + 1n)],
  ])('refuses totals that are %s', async (_, change) => {
    expect(await outcomeOf(cheat(withTotals(change)))).toBe('V4 constraints');
  });

  it('refuses a total that is p·2^60 too high: its limbs would be the same modulo p', async () => {
    const report = publish([cheat(honest)]);
    const text = new TextDecoder().decode(report.manifest);
    const wrong = String(honest.statement.totals[0] + totalBound);
    const manifest = new TextEncoder().encode(text.replaceAll(`["${honest.statement.totals[0]}"`, `["${wrong}"`));
    expect(outcome(await verdictOn({ ...report, manifest }))).toBe('M3 statement-limits');
  });
});

describe('asset indexes', () => {
  /** Bob's second entry under another index, the totals as if the entry were not there. */
  function relabelled(asset: number): Witness {
    return settledWitness(honest, (columns) => {
      columns[assetColumn(1)][bob] = asset;
    });
  }

  it.each([
    ['one past the list', 7],
    ['0', 0],
    ['4096', 4096],
    ['p − 1', modulus - 1],
  ])('refuses an amount under an index that is not listed: %s', async (_, asset) => {
    expect(await outcomeOf(cheat(relabelled(asset)))).toBe('V4 constraints');
  });

  it('accepts such an index with amount 0, which adds nothing, but not in a holder’s file', async () => {
    const witness = settledWitness(honest, (columns) => {
      setRow(columns, bob, [
        [1, 7n],
        [77, 0n],
      ]);
    });
    const forgery = cheat(witness);
    const report = publish([forgery]);
    const verdict = (await verdictOn(report)) as VerifiedReport;
    expect(outcome(verdict)).toBe('verified');
    expect(inclusionOutcome(verdict, inclusionFile(report, forgery.holderData, 'bob'), 'bob')).toBe('I3 row-asset');
    expect(inclusionOutcome(verdict, inclusionFile(report, forgery.holderData, 'alice'), 'alice')).toBe('verified');
  });

  it('refuses a list of assets that leaves out one that holders have', async () => {
    const { statement } = honest;
    const shorter = { ...statement, assets: statement.assets.slice(0, 5), totals: statement.totals.slice(0, 5) };
    // The carry rows are those of five assets; XRP has no carries.
    const witness = withColumns((columns) => {
      for (const e of [2, 3]) columns[assetColumn(e)][firstRow - 1] = 0;
    });
    expect(await outcomeOf(cheat({ ...witness, statement: shorter }))).toBe('V4 constraints');
  });
});

describe('multiplicities', () => {
  it.each<[string, NonNullable<Cheats['multiplicity']>]>([
    ['one too many', (m) => m.set([m[5] + 1], 5)],
    ['one too few', (m) => m.set([m[0] - 1], 0)],
    ['all zero', (m) => m.fill(0)],
    ['counted at another value', (m) => m.set([m[7] + m[6], 0], 6)],
  ])('refuses multiplicities that are wrong: %s', async (_, multiplicity) => {
    expect(await outcomeOf(cheat(honest, { multiplicity }))).toBe('V4 constraints');
  });

  it.each([
    ['taken from value 0', 0],
    ['counted −1 times at 1023', 1023],
  ])('refuses to hide a limb of 1024 behind a multiplicity %s', async (_, value) => {
    const witness = settledWitness(honest, (columns) => {
      columns[limbColumn(3, 0)][alice] = 1024;
    });
    const multiplicity = (m: Uint32Array) => m.set([value === 0 ? m[0] + 1 : modulus - 1], value);
    expect(await outcomeOf(cheat(witness, { multiplicity }))).toBe('V4 constraints');
  });

  it('accepts multiplicities spread over the places of a value, and of either sign: they prove nothing else', async () => {
    // Value v stands on the rows v and v + 1024 of the range table.
    const multiplicity = (m: Uint32Array) => {
      m[5] = (m[5] + modulus - 1000) % modulus;
      m[1029] = 1000;
    };
    expect(await outcomeOf(cheat(honest, { multiplicity }))).toBe('verified');
  });
});
