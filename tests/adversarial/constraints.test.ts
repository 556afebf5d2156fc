/** For every constraint, a trace that violates it alone: the row checker names it, and the verifier refuses it in V4. */
import { checkRows, type TraceReader } from '@solvent/air/check-rows';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, setColumnElement } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import { totalsFraction } from '@solvent/stark/statement';
import { limbCount, limbRange } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';
import { createStatement, limbColumn, setRow, settle, settledWitness, type Witness } from '../support/witness.js';
import { type Cheats, cheat, type Known } from './cheating-prover.js';
import { endRow, ids, rowCount, rowsOf, sampleWitness, segmentOutcome } from './fixture.js';

const honest = sampleWitness();
const error: Extension = [1, 2, 3, 4, 5];

/** The finished table as the row checker reads it. */
function readerOf({ statement, shape, trace, beta0, beta1, gamma }: Known, auxiliary: readonly ExtensionColumn[]) {
  const base = [...trace.user, trace.multiplicity];
  const reader: TraceReader = {
    rowCount: shape.rowCount,
    randomRowCount: shape.randomRowCount,
    column: (column, row) =>
      column < base.length ? ext.fromBase(base[column][row]) : columnElement(auxiliary[column - base.length], row),
    publicColumn: (name, row) => ext.fromBase(publicColumnOnRow(name, row, statement.assets.length)),
    challenges: { beta0, beta1, gamma },
    publicValues: { Phi: totalsFraction(statement.totals, beta1, gamma) },
  };
  return reader;
}

/** The names of the constraints that a lie violates, and what the verifier says of its proof. */
function tryLie(witness: Witness, cheats: Cheats = {}, air = liabilitiesAir) {
  let violations: readonly string[] = [];
  const forgery = cheat(witness, {
    ...cheats,
    auxiliary: (columns, known) => {
      cheats.auxiliary?.(columns, known);
      violations = checkRows(air, readerOf(known, columns)).map(({ constraint, row }) => `${constraint} on row ${row}`);
    },
  });
  return { violations, verdict: segmentOutcome(forgery) };
}

function addTo(column: ExtensionColumn, row: number, value: Extension): void {
  setColumnElement(column, row, ext.add(columnElement(column, row), value));
}

const oneTooMany = {
  ...honest,
  statement: { ...honest.statement, totals: honest.statement.totals.map((total, i) => total + (i === 2 ? 1n : 0n)) },
};

/** Nobody has anything: all carries are 0. */
const withoutCarries = settledWitness(honest, (columns) => {
  for (const id of ids) for (const row of rowsOf(id)) setRow(columns, row, []);
});

describe('a trace that violates one constraint alone', () => {
  it.each(Array.from({ length: 11 }, (_, k) => k))(
    'C%$: a fraction too large on one row, too small on another',
    (k) => {
      // acc follows, so that it is right again from the second row on.
      const { violations, verdict } = tryLie(honest, {
        auxiliary: (columns) => {
          addTo(columns[k], 500, error);
          addTo(columns[k], 502, ext.neg(error));
          for (const row of [501, 502]) addTo(columns[11], row, error);
        },
      });
      expect(violations).toEqual([`C${k + 1} on row 500`, `C${k + 1} on row 502`]);
      expect(verdict).toBe('V4 constraints');
    },
  );

  it('C12: a step of acc that is not the sum of the fractions, the last one too', () => {
    for (const row of [700, endRow - 1]) {
      const { violations, verdict } = tryLie(honest, { auxiliary: (columns) => addTo(columns[11], row, error) });
      expect(violations).toEqual([`C12 on row ${row - 1}`, `C12 on row ${row}`]);
      expect(verdict).toBe('V4 constraints');
    }
  });

  it('C13: acc does not start at 0, but so that a wrong total comes out', () => {
    const { violations, verdict } = tryLie(oneTooMany, {
      auxiliary: (columns, { statement, beta1, gamma }) => {
        const missing = ext.sub(totalsFraction(statement.totals, beta1, gamma), columnElement(columns[11], endRow));
        for (let row = 0; row <= endRow; row++) addTo(columns[11], row, missing);
      },
    });
    expect(violations).toEqual(['C13 on row 0']);
    expect(verdict).toBe('V4 constraints');
  });

  it('C14: acc does not end at the value of the stated totals', () => {
    const { violations, verdict } = tryLie(oneTooMany);
    expect(violations).toEqual([`C14 on row ${endRow}`]);
    expect(verdict).toBe('V4 constraints');
  });

  it.each([0, 1, 2, 3])('C15 to C18: entry %i of a carry row under another asset, its carries being 0', (e) => {
    const row = 2;
    const { violations, verdict } = tryLie(withoutCarries, {
      user: (user) => {
        for (let l = 0; l < limbCount; l++) expect(user[limbColumn(e, l)][row]).toBe(0);
        user[limbCount * e + e][row] = 1;
      },
    });
    expect(violations).toEqual([`C${15 + e} on row ${row}`]);
    expect(verdict).toBe('V4 constraints');
  });

  it('has tried all constraints that there are', () => {
    const names = Array.from({ length: 18 }, (_, i) => `C${i + 1}`);
    expect(liabilitiesAir.constraints.map(({ name }) => name)).toEqual(names);
  });
});

describe('repeated carry entries', () => {
  const assetCount = 2100;
  const amount = 2n ** 69n + 12_345n;
  const p = BigInt(field.modulus);
  const stated = amount % p;

  /**
   * Carries that turn an amount into its residue modulo p. They solve S_l + c_{l−1} − 1024·c_l = t_l modulo p, and each
   * is far more than the two limbs of one entry can hold; but there is an entry on every carry row.
   */
  function carriesModuloP(): number[] {
    const inverse = BigInt(field.inv(limbRange));
    const limb = (value: bigint, l: number) => (l < 6 ? (value >> BigInt(10 * l)) & 1023n : value >> 60n);
    const carries: bigint[] = [];
    for (let l = 0; l < 6; l++) {
      const difference = limb(amount, l) - limb(stated, l) + (carries[l - 1] ?? 0n);
      carries.push((((difference * inverse) % p) + p) % p);
    }
    expect((limb(amount, 6) + carries[5] - limb(stated, 6)) % p).toBe(0n);
    return carries.map(Number);
  }

  function smallTotal(): Witness {
    const columns = Array.from({ length: 32 }, () => new Uint32Array(rowCount));
    setRow(columns, 1500, [[1, amount]]);
    settle(columns, assetCount);
    // Each carry is spread over the entries of all carry rows, all of them under asset 1.
    const left = carriesModuloP();
    for (let row = 0; row < assetCount / 2; row++) {
      for (let e = 0; e < 4; e++) {
        columns[8 * e][row] = 1;
        for (let t = 0; t < 3; t++) {
          const carry = 3 * (e % 2) + t;
          const part = Math.min(left[carry], limbRange ** 2 - 1);
          left[carry] -= part;
          columns[limbColumn(e, 2 * t)][row] = part % limbRange;
          columns[limbColumn(e, 2 * t + 1)][row] = Math.floor(part / limbRange);
        }
      }
    }
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
    const symbols = Array.from({ length: assetCount }, (_, i) => `A${String(i).padStart(4, '0')}`);
    const totals = [stated, ...new Array<bigint>(assetCount - 1).fill(0n)];
    return { statement: createStatement(symbols, totals, rowCount), columns, tags: new Uint8Array(32 * rowCount) };
  }

  const carryConstraints = ['C15', 'C16', 'C17', 'C18'];
  const isCarryConstraint = ({ name }: { readonly name: string }) => carryConstraints.includes(name);

  it('would prove 2^69 to be less than 2^31 without C15 to C18; with them they are what refuses it', () => {
    expect(stated).toBeLessThan(amount >> 38n);
    const weaker = { ...liabilitiesAir, constraints: liabilitiesAir.constraints.filter((c) => !isCarryConstraint(c)) };
    expect(weaker.constraints.length).toBe(14);
    expect(tryLie(smallTotal(), {}, weaker)).toEqual({ violations: [], verdict: 'V4 constraints' });
    const { violations } = tryLie(smallTotal());
    expect(new Set(violations.map((text) => text.split(' ')[0]))).toEqual(new Set(carryConstraints));
  });
});
