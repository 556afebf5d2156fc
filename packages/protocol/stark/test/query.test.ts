import { concatBytes } from '@solvent/commitment/bytes';
import { buildTree, createTreeHashers, openBatch, treeRoot } from '@solvent/commitment/merkle';
import { createDomain, type Domain, domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { foldFibre } from '@solvent/stark/fold';
import { checkFolding, encodeFibre, planFibres, sortedDistinct } from '@solvent/stark/query';
import { layerDomain } from '@solvent/stark/shape';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const layerCount = 2;
const domain = createDomain(512, 3);
const challenges: Extension[] = [
  [3, 1, 4, 1, 5],
  [9, 2, 6, 5, 3],
];
const polynomial = (seed: number) =>
  Array.from({ length: 128 }, (_, i): Extension => [(i * 7919 + seed) % 65537, i, seed, i * i, 1]);

interface Layer {
  readonly words: readonly (readonly Extension[])[];
  readonly leaves: readonly Uint8Array[];
}

/** Words, their layers, and the coefficients of the last. */
function commitWords(words: readonly (readonly Extension[])[]) {
  const layers: Layer[] = [];
  let current = words.map((coefficients) => valuesOn(coefficients, domain));
  for (let i = 0; i < layerCount; i++) {
    const points = domainPoints(layerDomain(domain, i));
    const fibreCount = points.length / 8;
    const fibre = (word: readonly Extension[], j: number) =>
      Array.from({ length: 8 }, (_, k) => word[j + k * fibreCount]);
    const leaves = Array.from({ length: fibreCount }, (_, j) =>
      encodeFibre(Array.from({ length: 8 }, (_place, k) => current.map((word) => word[j + k * fibreCount]))),
    );
    layers.push({ words: current, leaves });
    current = current.map((word) =>
      Array.from({ length: fibreCount }, (_, j) => foldFibre(fibre(word, j), challenges[i], points[j])),
    );
  }
  return { layers, finals: words.map(foldedCoefficients) };
}

function valuesOn(coefficients: readonly Extension[], { size }: Domain): Extension[] {
  return [...domainPoints(createDomain(size, 3))].map((x) => ext.evaluatePolynomial(coefficients, ext.fromBase(x)));
}

/** Coefficient i of the fold is Σ_k b^k · coefficient 8i + k. */
function foldedCoefficients(coefficients: readonly Extension[]): readonly Extension[] {
  return challenges.reduce(
    (list: readonly Extension[], challenge) =>
      Array.from({ length: list.length / 8 }, (_, i) =>
        ext.evaluatePolynomial(list.slice(8 * i, 8 * i + 8), challenge),
      ),
    coefficients,
  );
}

const { layers, finals } = commitWords([polynomial(1), polynomial(2)]);
const trees = layers.map(({ leaves }, i) => {
  const hashers = createTreeHashers(`query test ${i}`);
  return buildTree(concatBytes(...leaves.map((leaf) => hashers.leaf.digest(leaf))), hashers.node);
});
const commitments = trees.map((tree, i) => ({
  tree: `query test ${i}`,
  root: treeRoot(tree),
  challenge: challenges[i],
}));

/** What a prover sends for some positions. */
function openPositions(positions: readonly number[]) {
  return planFibres(positions, domain.size, layerCount).map((plan, i) => ({
    values: plan.missing.flatMap((position) => layers[i].words.map((word) => word[position])),
    siblings: openBatch(trees[i], plan.fibres),
  }));
}

const startAt = (positions: readonly number[]) =>
  new Map(positions.map((position) => [position, layers[0].words.map((word) => word[position])]));

const anyPositions = fc
  .uniqueArray(fc.nat({ max: domain.size - 1 }), { minLength: 1, maxLength: 40 })
  .map(sortedDistinct);
const error: Extension = [1, 0, 0, 0, 0];

describe('following words down their layers (§6.9)', () => {
  it('accepts true words at any positions', () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const verdict = checkFolding(domain, startAt(positions), commitments, openPositions(positions), finals);
        expect(verdict).toEqual({ ok: true });
      }),
    );
  });

  it('sends every place of the needed fibres but those that are known', () => {
    fc.assert(
      fc.property(anyPositions, (positions) => {
        const plans = planFibres(positions, domain.size, layerCount);
        let known: readonly number[] = positions;
        plans.forEach((plan, i) => {
          const size = domain.size / 8 ** i;
          expect(plan.fibres).toEqual(sortedDistinct(known.map((position) => position % (size / 8))));
          const places = plan.fibres.flatMap((fibre) => Array.from({ length: 8 }, (_, k) => fibre + (k * size) / 8));
          expect(plan.missing).toEqual(places.filter((position) => !known.includes(position)));
          expect(plan.missing.length + known.length).toBe(8 * plan.fibres.length);
          known = plan.fibres;
        });
      }),
    );
  });

  it('refuses a wrong value at one position, at the first layer', () => {
    fc.assert(
      fc.property(anyPositions, fc.nat(), fc.nat({ max: 1 }), (positions, choice, word) => {
        const start = startAt(positions);
        const position = positions[choice % positions.length];
        const wrong = start.get(position)!.map((value, w) => (w === word ? ext.add(value, error) : value));
        const verdict = checkFolding(
          domain,
          new Map(start).set(position, wrong),
          commitments,
          openPositions(positions),
          finals,
        );
        expect(verdict).toMatchObject({ ok: false, reason: 'layer', layer: 0 });
      }),
    );
  });

  it('refuses a wrong value that is sent, at its layer', () => {
    fc.assert(
      fc.property(anyPositions, fc.nat(), fc.nat({ max: layerCount - 1 }), (positions, choice, layer) => {
        const openings = openPositions(positions);
        const { values } = openings[layer];
        fc.pre(values.length > 0);
        const place = choice % values.length;
        const changed = { ...openings[layer], values: values.with(place, ext.add(values[place], error)) };
        const verdict = checkFolding(domain, startAt(positions), commitments, openings.with(layer, changed), finals);
        expect(verdict).toMatchObject({ ok: false, reason: 'layer', layer });
      }),
    );
  });

  it('refuses another challenge, another final polynomial, and words in another order', () => {
    const positions = [0, 5, 100, 511];
    const check = (change: {
      commitments?: typeof commitments;
      finals?: typeof finals;
      start?: ReturnType<typeof startAt>;
    }) =>
      checkFolding(
        domain,
        change.start ?? startAt(positions),
        change.commitments ?? commitments,
        openPositions(positions),
        change.finals ?? finals,
      );
    const otherChallenge = (i: number) => commitments.with(i, { ...commitments[i], challenge: error });
    expect(check({ commitments: otherChallenge(0) })).toMatchObject({ reason: 'layer', layer: 1 });
    expect(check({ commitments: otherChallenge(1) })).toMatchObject({ reason: 'final', layer: 2 });
    expect(check({ finals: finals.toReversed() })).toMatchObject({ reason: 'final' });
    for (const word of [0, 1]) {
      const changed = finals.with(word, finals[word].with(1, error));
      expect(check({ finals: changed })).toMatchObject({ reason: 'final' });
    }
    const swapped = new Map([...startAt(positions)].map(([position, words]) => [position, words.toReversed()]));
    expect(check({ start: swapped })).toMatchObject({ reason: 'layer', layer: 0 });
  });
});
