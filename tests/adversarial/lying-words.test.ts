/** Lies about what is opened and folded on D: what V4 does not see is seen at the query points, in V8. */
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, setColumnElement } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { seededRandom } from '@solvent/ledger/testing';
import type { HeaderMessages } from '@solvent/stark/rounds';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { randomColumn } from '@solvent/stark-prover/random-elements';
import { describe, expect, it } from 'vitest';
import { createTestEngine } from '../support/test-engine.js';
import { assemble, type Cheats, cheat, withForgedQuotient } from './cheating-prover.js';
import { rowCount, sampleWitness, segmentOutcome } from './fixture.js';
import type { LayerWords } from './lying-folds.js';

const honest = sampleWitness();
const totals = honest.statement.totals.map((total, i) => (i === 2 ? total - 1n : total));
const falseTotals = { ...honest, statement: { ...honest.statement, totals } };
const error: Extension = [7, 0, 1, 0, 0];

const outcomeOf = (cheats: Cheats, witness = honest) => segmentOutcome(cheat(witness, cheats));

function shift(word: ExtensionColumn): void {
  for (let i = 0; i < word[0].length; i++) setColumnElement(word, i, ext.add(columnElement(word, i), error));
}

function swap({ points: [first, second] }: LayerWords): void {
  first.forEach((part, c) => {
    const held = part.slice();
    part.set(second[c]);
    second[c].set(held);
  });
}

describe('opened values', () => {
  it('refuses each of them changed after proving, all that follows made right', () => {
    const { statement, header, opener } = cheat(honest);
    openingTerms.forEach((_, changed) => {
      const openings = header.openings.map((value, i) => (i === changed ? ext.add(value, error) : value));
      expect(segmentOutcome(assemble(statement, { ...header, openings }, opener))).toBe('V4 constraints');
    });
  });

  it('refuses false totals with a quotient that is made right at z: its chunk is no polynomial through that value', () => {
    expect(outcomeOf({}, falseTotals)).toBe('V4 constraints');
    expect(outcomeOf({ openings: withForgedQuotient }, falseTotals)).toBe('V8 final-polynomial');
  });

  it('refuses the same with words that are polynomials: they are not what the opened rows give', () => {
    const forgery = cheat(falseTotals);
    const { statement, header, opener, shape, replay } = forgery;
    const openings = withForgedQuotient(header.openings, { statement, shape, ...replay });
    expect(segmentOutcome(assemble(statement, { ...header, openings }, opener))).toBe('V8 layer-opening');
  });

  it.each([
    ['a limb', 3],
    ['the multiplicity', 32],
    ['acc', 44],
    ['acc at gz', 45],
  ])('refuses a false value of %s, the quotient made right at z', (_, changed) => {
    const openings: Cheats['openings'] = (values, known) =>
      withForgedQuotient(
        values.map((value, i) => (i === changed ? ext.add(value, error) : value)),
        known,
      );
    expect(outcomeOf({ openings })).toBe('V8 final-polynomial');
  });
});

describe('words', () => {
  it.each([0, 1] as const)('refuses word %i when its mask is no polynomial of degree below N', (number) => {
    const { pointDomain } = deriveShape(rowCount);
    const extra = randomColumn(seededRandom('extra'), pointDomain.size, createTestEngine());
    const treeColumns: Cheats['treeColumns'] = (tree, columns) => {
      if (tree !== (['trace', 'auxiliary'] as const)[number]) return columns;
      const mask = columns.slice(-5).map((part, c) => part.map((value, i) => field.add(value, extra[c][i])));
      return [...columns.slice(0, -5), ...mask];
    };
    const layer: Cheats['layer'] = (i, { points }) => {
      if (i > 0) return;
      const sum = (k: number) => ext.add(columnElement(points[number], k), columnElement(extra, k));
      for (let k = 0; k < pointDomain.size; k++) setColumnElement(points[number], k, sum(k));
    };
    expect(outcomeOf({ treeColumns, layer })).toBe('V8 final-polynomial');
  });

  it.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ])('refuses layer %i when word %i in it is another polynomial', (changed, word) => {
    const layer: Cheats['layer'] = (i, { points }) => {
      if (i === changed) shift(points[word]);
    };
    expect(outcomeOf({ layer })).toBe('V8 layer-opening');
  });

  it.each([0, 1])('refuses layer %i when it alone is another: the next is the fold of the true one', (changed) => {
    const committedLayer: Cheats['committedLayer'] = (i, { points }) => {
      if (i === changed) shift(points[0]);
    };
    expect(outcomeOf({ committedLayer })).toBe('V8 layer-opening');
  });

  it.each([
    [0, 'V8 layer-opening'],
    [1, 'V8 final-polynomial'],
  ])('refuses a fold of layer %i by another challenge', (changed, expected) => {
    const foldChallenge: Cheats['foldChallenge'] = (i, challenge, side) =>
      i === changed && side === 'points' ? ext.add(challenge, error) : challenge;
    expect(outcomeOf({ foldChallenge })).toBe(expected);
  });

  it.each([0, 1])('refuses swapped words in layer %i, in it alone and from it on', (changed) => {
    const swapAt = (i: number, words: LayerWords) => {
      if (i === changed) swap(words);
    };
    expect(outcomeOf({ layer: swapAt })).toBe('V8 layer-opening');
    expect(outcomeOf({ committedLayer: swapAt })).toBe('V8 layer-opening');
  });
});

describe('final polynomials', () => {
  const finals = (change: (polynomials: Extension[][]) => Extension[][]) => {
    const header = (messages: HeaderMessages) => {
      const [first, second] = change(messages.finalPolynomials.map((polynomial) => [...polynomial]));
      return { ...messages, finalPolynomials: [first, second] as const };
    };
    return outcomeOf({ header });
  };

  it.each([0, 1])('refuses another one for word %i, in any coefficient', (word) => {
    for (const place of [0, 31]) {
      const changed = finals((polynomials) => {
        polynomials[word][place] = ext.add(polynomials[word][place], error);
        return polynomials;
      });
      expect(changed).toBe('V8 final-polynomial');
    }
  });

  it('refuses them swapped, or all zero', () => {
    expect(finals(([first, second]) => [second, first])).toBe('V8 final-polynomial');
    expect(finals((polynomials) => polynomials.map((list) => list.map(() => ext.zero)))).toBe('V8 final-polynomial');
  });
});
