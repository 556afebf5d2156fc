/**
 * Messages chosen after the challenges that should depend on them. Each of these proofs would verify if the message were
 * not absorbed, or absorbed too late, which the tests show first; as it is, the message gives other challenges.
 */
import { treeRoot } from '@solvent/commitment/merkle';
import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, setColumnElement } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { seededRandom } from '@solvent/ledger/testing';
import { createDeepWords } from '@solvent/stark/deep';
import { foldFibre } from '@solvent/stark/fold';
import { type PointTree, treeNames } from '@solvent/stark/leaves';
import { sortedDistinct } from '@solvent/stark/query';
import { joinChunks } from '@solvent/stark/quotient';
import type { HeaderMessages } from '@solvent/stark/rounds';
import { layerDomain, openingTerms } from '@solvent/stark/shape';
import { randomColumn } from '@solvent/stark-prover/random-elements';
import { describe, expect, it } from 'vitest';
import { openProof } from '../support/report.js';
import { createTestEngine } from '../support/test-engine.js';
import { assemble, cheat, type Forgery, type Opener, withForgedQuotient } from './cheating-prover.js';
import { sampleWitness, segmentOutcome } from './fixture.js';

const honest = sampleWitness();
const totals = honest.statement.totals.map((total, i) => (i === 2 ? total - 1n : total));
const falseTotals = { ...honest, statement: { ...honest.statement, totals } };
const engine = createTestEngine();
const proven = cheat(honest);
const { statement, shape } = proven;

const outcomeOf = (header: HeaderMessages, opener: Opener) => segmentOutcome(assemble(statement, header, opener));

describe('a root that is exchanged after proving', () => {
  /** The same columns under other salts: as good a commitment as the one that was sent. */
  function resalted(tree: PointTree) {
    const held = proven.opener.trees[tree];
    const salts = new Uint8Array(held.salts.length);
    seededRandom(`other ${tree}`).fill(salts);
    const commitment = { ...held, salts, tree: engine.commitRows(treeNames[tree], held.columns, [salts], 'natural') };
    return {
      root: treeRoot(commitment.tree),
      opener: { ...proven.opener, trees: { ...proven.opener.trees, [tree]: commitment } },
    };
  }

  it.each<[PointTree, keyof HeaderMessages]>([
    ['trace', 'traceRoot'],
    ['auxiliary', 'auxiliaryRoot'],
    ['quotient', 'quotientRoot'],
  ])('is refused though its tree opens as well: %s', (tree, name) => {
    engine.begin(shape, statement.assets.length);
    const { root, opener } = resalted(tree);
    expect(outcomeOf({ ...proven.header, [name]: root }, opener)).toBe('V4 constraints');
  });

  it('is refused though the public proof never opens it: accounts', () => {
    const accountsRoot = new Uint8Array(32).fill(9);
    expect(outcomeOf({ ...proven.header, accountsRoot }, proven.opener)).toBe('V4 constraints');
  });

  it.each([0, 1])('is refused when a leaf of layer %i on D that no query needs is another', (layer) => {
    const { points } = openProof(statement, proven.proof);
    const held = proven.opener.layers[layer];
    const fibreCount = held.words[0][0].length / 8;
    const needed = new Set(points.map((point) => point % fibreCount));
    const free = Array.from({ length: fibreCount }, (_, fibre) => fibre).find((fibre) => !needed.has(fibre))!;
    const words = held.words.map((word) => word.map((part) => part.slice()) as unknown as ExtensionColumn);
    setColumnElement(words[0], free, ext.one);
    const tree = engine.commitFibres(treeNames.layerPoints(layer), words);
    const opener = { ...proven.opener, layers: proven.opener.layers.with(layer, { words, tree }) };
    const roots = { ...proven.header.layerRoots[layer], points: treeRoot(tree) };
    const header = { ...proven.header, layerRoots: proven.header.layerRoots.with(layer, roots) };
    expect(outcomeOf(header, opener)).toMatch(/^V8 /);
  });

  it.each([0, 1])('is refused, on H, when layer %i alone is another: the public proof never opens it', (layer) => {
    const roots = { ...proven.header.layerRoots[layer], rows: new Uint8Array(32).fill(layer) };
    const header = { ...proven.header, layerRoots: proven.header.layerRoots.with(layer, roots) };
    expect(outcomeOf(header, proven.opener)).toMatch(/^V8 /);
  });
});

describe('opened values that are chosen after λ', () => {
  it('are refused: they satisfy the constraints and leave the words as they are, under the old λ', () => {
    const forgery = cheat(falseTotals);
    const { header, opener, replay } = forgery;
    const { zeta, lambdas } = replay;
    const known = { statement: falseTotals.statement, shape, ...replay };
    const firstChunk = openingTerms.findIndex(({ kind }) => kind === 'chunk');
    const missing = ext.sub(withForgedQuotient(header.openings, known)[firstChunk], header.openings[firstChunk]);
    // δ₀ + z^c·δ₁ = missing and λ₀δ₀ + λ₁δ₁ = 0, for the first two chunks.
    const power = ext.pow(zeta, shape.chunkLength);
    const ratio = ext.neg(ext.div(lambdas[firstChunk], lambdas[firstChunk + 1]));
    const first = ext.div(missing, ext.add(ext.one, ext.mul(power, ratio)));
    const changes = [first, ext.mul(ratio, first)];
    const openings = header.openings.map((value, i) => ext.add(value, changes[i - firstChunk] ?? ext.zero));

    const chunksOf = (values: readonly Extension[]) => joinChunks(zeta, values.slice(firstChunk), shape);
    expect(chunksOf(openings)).toEqual(chunksOf(withForgedQuotient(header.openings, known)));
    const row = {
      user: new Uint32Array(32),
      multiplicity: new Uint32Array(1),
      traceMask: ext.zero,
      auxiliary: Array.from({ length: 12 }, () => ext.one),
      auxiliaryMask: ext.zero,
      chunks: Array.from({ length: 4 }, () => ext.one),
    };
    const words = [header.openings, openings].map((values) =>
      createDeepWords(values, lambdas, zeta, shape).second(5, row),
    );
    expect(words[1]).toEqual(words[0]);

    const sent = assemble(falseTotals.statement, { ...header, openings }, opener);
    expect(segmentOutcome(sent)).toBe('V8 layer-opening');
  });
});

describe('final polynomials that are chosen after the query points', () => {
  /** Coefficients of the polynomial of degree below the number of points through some values, by Newton's method. */
  function interpolateAt(xs: readonly Extension[], values: readonly Extension[]): Extension[] {
    let result: Extension[] = [];
    let basis: Extension[] = [ext.one];
    xs.forEach((x, i) => {
      const error = ext.sub(values[i], ext.evaluatePolynomial(result, x));
      const factor = ext.div(error, ext.evaluatePolynomial(basis, x));
      result = basis.map((coefficient, k) => ext.add(result[k] ?? ext.zero, ext.mul(factor, coefficient)));
      const shifted = [ext.zero, ...basis];
      basis = shifted.map((coefficient, k) => ext.sub(coefficient, ext.mul(x, basis[k] ?? ext.zero)));
    });
    return result;
  }

  /** The second word ends as no polynomial: the opened quotient is false. */
  const falseQuotient = () => cheat(falseTotals, { openings: withForgedQuotient });

  /** The first word ends as no polynomial: its mask is none. */
  function falseMask(): Forgery {
    engine.begin(shape, statement.assets.length);
    const extra = randomColumn(seededRandom('extra'), shape.pointDomain.size, engine);
    const addTo = (column: ExtensionColumn) =>
      column.forEach((part, c) => {
        part.forEach((value, i) => {
          part[i] = field.add(value, extra[c][i]);
        });
      });
    return cheat(honest, {
      treeColumns: (tree, columns) => {
        if (tree !== 'trace') return columns;
        const mask = columns.slice(-5).map((part) => part.slice());
        addTo(mask as unknown as ExtensionColumn);
        return [...columns.slice(0, -5), ...mask];
      },
      layer: (layer, { points }) => layer === 0 && addTo(points[0]),
    });
  }

  it.each([
    [0, falseMask],
    [1, falseQuotient],
  ])('are refused, that of word %i alone too: it passes at the old points, and gives others', (number, prove) => {
    const { header, opener, proof, replay, statement: stated } = prove();
    expect(segmentOutcome(assemble(stated, header, opener))).toBe('V8 final-polynomial');
    const { points } = openProof(stated, proof);
    const domain = layerDomain(shape.pointDomain, shape.foldCount);
    const lastDomain = layerDomain(shape.pointDomain, shape.foldCount - 1);
    const positions = sortedDistinct(points.map((point) => point % domain.size));
    const word = opener.layers[shape.foldCount - 1].words[number];
    const challenge = replay.foldChallenges[shape.foldCount - 1];
    const folded = positions.map((position) => {
      const fibre = Array.from({ length: 8 }, (_, k) => columnElement(word, position + k * domain.size));
      return foldFibre(fibre, challenge, domainPoint(lastDomain, position));
    });
    const xs = positions.map((position) => ext.fromBase(domainPoint(domain, position)));
    const chosen = interpolateAt(xs, folded);
    // What V8 asks for at these points; the other word ends as the polynomial that is sent.
    expect(xs.map((x) => ext.evaluatePolynomial(chosen, x))).toEqual(folded);
    const padded = Array.from({ length: shape.finalDegreeBound }, (_, i) => chosen[i] ?? ext.zero);
    const [first, second] = header.finalPolynomials;
    const finalPolynomials = number === 0 ? ([padded, second] as const) : ([first, padded] as const);
    const sent = assemble(stated, { ...header, finalPolynomials }, opener);
    expect(segmentOutcome(sent)).toBe('V8 final-polynomial');
  });
});
