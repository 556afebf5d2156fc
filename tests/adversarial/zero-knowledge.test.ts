/** What a proof shows is covered by randomness, all of it, in the real numbers of openings. */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex, encodeElements } from '@solvent/commitment/bytes';
import { Transcript } from '@solvent/commitment/transcript';
import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { evaluate, interpolate } from '@solvent/field/ntt';
import type { Engine } from '@solvent/kernels/engine';
import { systemRandom } from '@solvent/ledger/random';
import { pointLeafWidths, pointSaltSize, rowLeafSize, rowSaltSize } from '@solvent/stark/leaves';
import { fixedParameters, productionPreset, toyPreset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import { columnGroups, deriveShape, openingTerms } from '@solvent/stark/shape';
import { proveSegment } from '@solvent/stark-prover/prove';
import { blindedChunks } from '@solvent/stark-prover/quotient';
import { describe, expect, it } from 'vitest';
import { openProof, publish } from '../support/report.js';
import { createTestEngine } from '../support/test-engine.js';
import { endRow, ids, inclusionFile, rowCount, rowsOf, sampleWitness, segmentOutcome } from './fixture.js';

const shape = deriveShape(rowCount);
const { rowDomain, pointDomain, randomRowCount } = shape;
const step = pointDomain.size / rowCount;

/** The rank over F_p of a matrix given by its rows, which are changed. */
function rank(rows: Uint32Array[]): number {
  let found = 0;
  for (let column = 0; column < rows[0].length && found < rows.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= found && row[column] !== 0);
    if (pivot === -1) continue;
    [rows[found], rows[pivot]] = [rows[pivot], rows[found]];
    const lead = rows[found];
    const inverse = field.inv(lead[column]);
    for (let i = found + 1; i < rows.length; i++) {
      const row = rows[i];
      if (row[column] === 0) continue;
      const factor = field.mul(row[column], inverse);
      for (let c = column; c < row.length; c++) row[c] = field.sub(row[c], field.mul(factor, lead[c]));
    }
    found++;
  }
  return found;
}

const transpose = (rows: readonly (readonly number[])[]) =>
  rows[0].map((_, c) => Uint32Array.from(rows, (row) => row[c]));

/** 160 query points as a proof draws them, with repetitions. */
function drawPoints(): number[] {
  const transcript = new Transcript('rank');
  return transcript.squeezeIntegers('/queries', productionPreset.queryCount, pointDomain.logSize);
}

/** 160 points none of which is another or the next row of another: the most that can be opened. */
const spreadPoints = Array.from({ length: productionPreset.queryCount }, (_, i) => 51 * i + (i % 3));
const zeta: Extension = [1, 2, 3, 5, 7];
const nextZeta = ext.scale(zeta, rowDomain.root);

/** What each random row adds to the opened values of a base-field column: values on D, and five parts of each in F. */
function openingRows(firstRow: number, points: readonly number[], inF: readonly Extension[]): Uint32Array[] {
  const engine = createTestEngine();
  engine.begin(shape, 1);
  const units = Array.from({ length: rowCount - firstRow }, (_, i) => {
    const values = new Uint32Array(rowCount);
    values[firstRow + i] = 1;
    return values;
  });
  const coefficients = engine.interpolate(units, rowDomain);
  const onPoints = engine.evaluate(coefficients, pointDomain);
  const outside = inF.map((z) => engine.evaluateAt(coefficients, z));
  return [
    ...points.map((point) => Uint32Array.from(onPoints, (values) => values[point])),
    ...outside.flatMap((values) => [0, 1, 2, 3, 4].map((c) => Uint32Array.from(values, (value) => value[c]))),
  ];
}

describe('the opened values of a column are independent of its rows without holder: its random rows have full rank', () => {
  it('user columns, m and φ: 160 points and z, 165 in F_p, on 512 rows', () => {
    const rows = openingRows(endRow, spreadPoints, [zeta]);
    expect([rows.length, rows[0].length]).toEqual([165, 512]);
    expect(rank(rows)).toBe(165);
  });

  it('the same for points as they are drawn: repetitions only make it less', () => {
    const points = sortedDistinct(drawPoints());
    expect(points.length).toBeLessThanOrEqual(160);
    expect(rank(openingRows(endRow, points, [zeta]))).toBe(points.length + 5);
  });

  it('acc, with what the quotient implies: 320 points, z and gz, 322 in F, on 511 rows', () => {
    // acc is over F and its rows are independent over F; a matrix over F_p in which z and gz count five rows each has
    // full rank only if the one over F, in which they count one, has.
    const points = [...spreadPoints, ...spreadPoints.map((point) => (point + step) % pointDomain.size)];
    expect(new Set(points).size).toBe(320);
    const rows = openingRows(endRow + 1, points, [zeta, nextZeta]);
    expect([rows.length, rows[0].length]).toEqual([330, 511]);
    expect(rank(rows)).toBe(330);
  });

  it('the quotient chunks: 160 points and z of three of them together, on 3 · 256 coefficients', () => {
    // q'_i = q_i + X^c t_i − t_{i−1}; the fourth is what the others and q leave.
    const { quotientBlinding } = fixedParameters;
    const power = (point: Extension, exponent: number) => ext.pow(point, exponent);
    const columns: number[][] = [];
    const places = [...spreadPoints.map((i) => ext.fromBase(domainPoint(pointDomain, i))), zeta];
    const parts = (value: Extension, i: number) => (i < spreadPoints.length ? [value[0]] : [...value]);
    const shifts = places.map((x) => power(x, shape.chunkLength));
    for (let chunk = 0; chunk < 3; chunk++) {
      const powers = places.map(() => ext.one as Extension);
      for (let k = 0; k < quotientBlinding; k++) {
        columns.push(
          [0, 1, 2].flatMap((shown) =>
            places.flatMap((_, i) => {
              if (shown === chunk) return parts(ext.mul(shifts[i], powers[i]), i);
              return parts(shown === chunk + 1 ? ext.neg(powers[i]) : ext.zero, i);
            }),
          ),
        );
        places.forEach((x, i) => {
          powers[i] = ext.mul(powers[i], x);
        });
      }
    }
    const rows = transpose(columns);
    expect([rows.length, rows[0].length]).toEqual([495, 768]);
    expect(rank(rows)).toBe(495);
  });

  it('is why nothing is proven with more queries than the randomness covers', () => {
    const engine = createTestEngine();
    const witness = sampleWitness();
    const outcomeWith = (queryCount: number) => {
      const preset = { ...toyPreset, queryCount };
      const proven = proveSegment(witness, { preset, engine, random: systemRandom() });
      return segmentOutcome({ ...proven, statement: witness.statement }, preset);
    };
    expect(() => outcomeWith(255)).toThrow('segment: preset: expected at most 254 queries, got 255');
    expect(outcomeWith(254)).toBe('verified');
  });

  it('has the numbers of rows that these counts need, at every size', () => {
    for (let logRows = 11; logRows <= 19; logRows++) {
      const { randomRowCount: random } = deriveShape(2 ** logRows);
      expect(random).toBeGreaterThanOrEqual(165);
      expect(random - 1).toBeGreaterThanOrEqual(322);
    }
    expect(randomRowCount).toBe(512);
    expect(fixedParameters.quotientBlinding).toBeGreaterThanOrEqual(161);
  });
});

/** The pieces of a given size of some bytes. */
function pieces(bytes: Uint8Array, size: number): string[] {
  return Array.from({ length: bytes.length / size }, (_, i) => bytesToHex(bytes.subarray(size * i, size * (i + 1))));
}

const elementsOf = (column: ExtensionColumn) => [...column[0].keys()].map((i) => columnElement(column, i).join());

describe('two proofs of one table', () => {
  const witness = sampleWitness();
  const engine = createTestEngine();
  const prove = () => {
    const proven = proveSegment(witness, { preset: toyPreset, engine, random: systemRandom() });
    return { ...proven, ...openProof(witness.statement, proven.proof) };
  };
  const [first, second] = [prove(), prove()];
  type Proven = ReturnType<typeof prove>;

  it.each<[string, (proven: Proven) => readonly string[], number]>([
    ['salts of H0', ({ holderData }) => pieces(holderData.rows.salts, rowSaltSize), rowCount],
    ['values of R₁ on H', ({ holderData }) => elementsOf(holderData.rows.mask), rowCount],
    [
      'random rows',
      ({ holderData }) =>
        Array.from({ length: randomRowCount }, (_, i) => holderData.rows.user.map((c) => c[endRow + i]).join()),
      randomRowCount,
    ],
    ['random elements', ({ holderData }) => holderData.rows.user.map((c) => c.slice(endRow, endRow + 8).join()), 32],
    [
      'salts of D0, D1 and D2',
      ({ queries }) =>
        Object.values(queries.points).flatMap(({ leaves }) =>
          leaves.map((l) => bytesToHex(l.subarray(0, pointSaltSize))),
        ),
      3,
    ],
    ['values of G₁ on H', ({ holderData }) => holderData.layers.flatMap(({ words }) => elementsOf(words[0])), rowCount],
    ['opened values', ({ header }) => header.openings.map(String), openingTerms.length],
    ['roots', ({ header }) => [header.traceRoot, header.accountsRoot, header.quotientRoot].map(String), 3],
  ])('share no %s, and repeat none', (_, part, atLeast) => {
    const values = [...part(first), ...part(second)];
    expect(values.length).toBeGreaterThanOrEqual(2 * atLeast);
    expect(new Set(values).size).toBe(values.length);
  });

  it('have the same rows with holders', () => {
    for (const [column, values] of witness.columns.entries()) {
      for (const { holderData } of [first, second]) {
        expect(holderData.rows.user[column].slice(0, endRow)).toEqual(values.slice(0, endRow));
      }
    }
  });
});

describe('what is committed', () => {
  const witness = sampleWitness();
  const inner = createTestEngine();
  const rowTables: { tree: string; columns: readonly Uint32Array[]; prefixes: readonly Uint8Array[] }[] = [];
  const wordTables: { tree: string; words: readonly ExtensionColumn[] }[] = [];
  const opened: { columns: readonly Uint32Array[]; point: Extension }[] = [];
  const spy: Engine = {
    ...inner,
    commitRows(tree, columns, prefixes, order) {
      rowTables.push({
        tree,
        columns: columns.map((column) => column.slice()),
        prefixes: prefixes.map((prefix) => prefix.slice()),
      });
      return inner.commitRows(tree, columns, prefixes, order);
    },
    commitFibres(tree, words) {
      wordTables.push({ tree, words });
      return inner.commitFibres(tree, words);
    },
    evaluateAt(columns, point) {
      opened.push({ columns: columns.map((column) => column.slice()), point });
      return inner.evaluateAt(columns, point);
    },
  };
  const { holderData } = proveSegment(witness, { preset: toyPreset, engine: spy, random: systemRandom() });

  it('is, on H, the user columns and R₁ and nothing else; on D, one point to a leaf with a salt of its own', () => {
    expect(
      rowTables.map(({ tree, columns, prefixes }) => [
        tree,
        columns.length,
        columns[0].length,
        prefixes.map((prefix) => prefix.length / columns[0].length),
      ]),
    ).toEqual([
      ['D0', 32 + 1 + 5, 4 * rowCount, [16]],
      ['H0', 32 + 5, rowCount, [32, 32]],
      ['D1', 5 * (11 + 1 + 1), 4 * rowCount, [16]],
      ['D2', 5 * 4, 4 * rowCount, [16]],
    ]);
    const [, onRows] = rowTables;
    witness.columns.forEach((column, k) => {
      expect(onRows.columns[k].slice(0, endRow)).toEqual(column.slice(0, endRow));
    });
    expect(onRows.columns.slice(32)).toEqual([...holderData.rows.mask]);
    expect(pointLeafWidths).toEqual({ trace: 38, auxiliary: 65, quotient: 20 });
    expect(rowLeafSize).toBe(32 + 32 + 4 * 37);
  });

  it('is, of the words, both on D and the first alone on H', () => {
    expect(wordTables.map(({ tree, words }) => [tree, words.length, words[0][0].length])).toEqual([
      ['fold D 0', 2, 4 * rowCount],
      ['fold H 0', 1, rowCount],
      ['fold D 1', 2, rowCount / 2],
      ['fold H 1', 1, rowCount / 8],
    ]);
    // Row i of H lies on no point of D, but both are values of one polynomial, of degree below N.
    const word = wordTables[0].words[0][0];
    const coefficients = interpolate(word, pointDomain);
    expect(coefficients.subarray(rowCount).every((value) => value === 0)).toBe(true);
    expect(evaluate(coefficients, rowDomain)).toEqual(wordTables[1].words[0][0]);
  });

  it('is opened at z and gz but for R₁ and R₂', () => {
    expect(opened.map(({ columns }) => columns.length)).toEqual([32 + 1 + 5 * 12 + 5 * 4, 5]);
    expect(opened.every(({ point }) => !ext.isBase(point))).toBe(true);
    const masks = new Set(
      holderData.rows.mask.map((part) => evaluate(interpolate(part, rowDomain), pointDomain).join()),
    );
    const auxiliaryMask = rowTables[2].columns.slice(-5).map((part) => part.join());
    const known = new Set([...masks, ...auxiliaryMask]);
    expect(known.size).toBe(10);
    for (const { columns } of opened) {
      for (const column of inner.evaluate(columns, pointDomain)) expect(known.has(column.join())).toBe(false);
    }
    const terms = openingTerms.map((term) =>
      term.kind === 'chunk' ? 'chunk' : liabilitiesAir.columns[term.column].group,
    );
    expect(new Set(terms)).toEqual(new Set(['user', 'multiplicity', 'auxiliary', 'chunk']));
    expect(openingTerms.length).toBe(liabilitiesAir.columns.length + 1 + 4);
    expect(openingTerms.filter(({ word }) => word === 0).length).toBe(columnGroups.user.length);
  });
});

describe('what is drawn', () => {
  /** Coefficients of a column over F in natural order, as elements. */
  const naturalOrder = (column: ExtensionColumn) => {
    const copies = column.map((part) => part.slice()) as unknown as ExtensionColumn;
    createTestEngine().reorder(copies);
    return [...copies[0].keys()].map((i) => columnElement(copies, i));
  };

  it('blinds every chunk but the last at its top, and every one but the first below by what was added before', () => {
    const engine = createTestEngine();
    engine.begin(shape, 1);
    const nothing = [0, 1, 2, 3, 4].map(() => new Uint32Array(pointDomain.size)) as unknown as ExtensionColumn;
    const chunks = blindedChunks(nothing, shape, engine, systemRandom()).map(naturalOrder);
    const { quotientBlinding } = fixedParameters;
    const top = chunks.map((chunk) => chunk.slice(shape.chunkLength));
    const bottom = chunks.map((chunk) => chunk.slice(0, quotientBlinding));
    for (const chunk of chunks) {
      expect(chunk.slice(quotientBlinding, shape.chunkLength).every((value) => ext.equals(value, ext.zero))).toBe(true);
    }
    const zeros = Array.from({ length: quotientBlinding }, () => ext.zero);
    expect([bottom[0], top[3]]).toEqual([zeros, zeros]);
    for (let i = 0; i < 3; i++) expect(bottom[i + 1]).toEqual(top[i].map(ext.neg));
    const drawn = top.slice(0, 3).flat().map(String);
    expect(new Set(drawn).size).toBe(3 * quotientBlinding);
  });

  it('fills the random rows of every column, those of acc from its second one on, and salts every leaf', () => {
    const inner = createTestEngine();
    const onRows: ExtensionColumn[] = [];
    const salts: string[] = [];
    const spy: Engine = {
      ...inner,
      commitRows(tree, columns, prefixes, order) {
        const [first] = prefixes;
        salts.push(...pieces(first.slice(), first.length / columns[0].length));
        if (tree === 'D1') {
          const rows = columns.map((column) =>
            evaluate(interpolate(column, pointDomain).slice(0, rowCount), rowDomain),
          );
          for (let k = 0; k < 12; k++) onRows.push(rows.slice(5 * k, 5 * k + 5) as unknown as ExtensionColumn);
        }
        return inner.commitRows(tree, columns, prefixes, order);
      },
    };
    proveSegment(sampleWitness(), { preset: toyPreset, engine: spy, random: systemRandom() });
    const drawn = onRows.flatMap((column, k) => elementsOf(column).slice(endRow + (k === 11 ? 1 : 0)));
    expect(drawn.length).toBe(12 * randomRowCount - 1);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(salts.length).toBe(3 * pointDomain.size + rowCount);
    expect(new Set(salts).size).toBe(salts.length);
  });
});

describe('an inclusion file', () => {
  it('shows its own rows and, of others, values of G₁ alone', () => {
    const engine = createTestEngine();
    const witness = sampleWitness();
    const proven = proveSegment(witness, { preset: toyPreset, engine, random: systemRandom() });
    const report = publish([{ ...proven, statement: witness.statement }]);
    const shown = Buffer.from(inclusionFile(report, proven.holderData, 'alice').openings, 'base64').toString('hex');
    const { rows, layers } = proven.holderData;
    for (const id of ids.filter((other) => other !== 'alice')) {
      for (const row of rowsOf(id)) {
        expect(shown).not.toContain(bytesToHex(encodeElements(columnElement(rows.mask, row))));
        expect(shown).not.toContain(bytesToHex(rows.salts.subarray(rowSaltSize * row, rowSaltSize * (row + 1))));
      }
    }
    // Bob is alice's neighbour in a fibre: she sees G₁ at his row.
    const [bob] = rowsOf('bob');
    expect(shown).toContain(bytesToHex(encodeElements(columnElement(layers[0].words[0], bob))));
  });
});
