/** Bytes that are not the one encoding of what they say: nothing in a proof or an inclusion file can be written otherwise. */
import { createHasher } from '@solvent/commitment/blake3';
import { concatBytes, encodeExtensions, encodeUint32 } from '@solvent/commitment/bytes';
import { createTreeHashers } from '@solvent/commitment/merkle';
import { modulus } from '@solvent/field/koala-bear';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { decodeMask } from '@solvent/proof-format/inclusion-file';
import { decodeHeader, decodeQueries, headerSize } from '@solvent/proof-format/proof';
import { pointLeafWidths, pointSaltSize, treeNames } from '@solvent/stark/leaves';
import { toyPreset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import { openingTerms } from '@solvent/stark/shape';
import { openLayers, openPoints } from '@solvent/stark-prover/commitments';
import { beforeAll, describe, expect, it } from 'vitest';
import { openProof, publish, republish, verified } from '../support/report.js';
import { type Cheats, cheat } from './cheating-prover.js';
import { inclusionFile, inclusionOutcome, sampleWitness, segmentOutcome } from './fixture.js';

const honest = sampleWitness();
const proven = cheat(honest);
const { statement } = honest;
const { shape, proof } = proven;
const queriesAt = headerSize(shape) + 4;
const notCanonical = [modulus, modulus + 1, 2 ** 32 - 1];

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const outcomeOf = (bytes: Uint8Array) => segmentOutcome(republish(statement, bytes));

function withUint32(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const changed = bytes.slice();
  changed.set(encodeUint32(value), offset);
  return changed;
}

/** Where the parts of the proof after the header stand. */
function layout() {
  const { points, queries: messages } = openProof(statement, proof);
  const elements: number[] = [];
  const others: { name: string; offset: number }[] = [];
  let offset = queriesAt;
  for (const tree of ['trace', 'auxiliary', 'quotient'] as const) {
    for (let i = 0; i < points.length; i++) {
      others.push({ name: `${tree}-opening`, offset });
      offset += pointSaltSize;
      for (let k = 0; k < pointLeafWidths[tree]; k++, offset += 4) elements.push(offset);
    }
    others.push({ name: `${tree}-opening`, offset });
    offset += messages.points[tree].siblings.length;
  }
  for (const layer of messages.layers) {
    for (let k = 0; k < 5 * layer.values.length; k++, offset += 4) elements.push(offset);
    if (layer.siblings.length > 0) others.push({ name: 'layer-opening', offset });
    offset += layer.siblings.length;
  }
  expect(offset).toBe(proof.length);
  return { points, elements, others };
}

describe('field elements that are not canonical', () => {
  it('are refused in every place of the header', () => {
    const digests = 8 + 4 * 32;
    const openings = Array.from({ length: 5 * openingTerms.length }, (_, i) => digests + 4 * i);
    const finals = digests + 20 * openingTerms.length + 64 * shape.foldCount;
    const coefficients = Array.from({ length: 10 * shape.finalDegreeBound }, (_, i) => finals + 4 * i);
    expect(coefficients.at(-1)).toBe(headerSize(shape) - 4);
    for (const offset of [...openings, ...coefficients]) {
      for (const value of notCanonical) {
        expect(decodeHeader(withUint32(proof, offset, value), shape)).toMatchObject({ ok: false });
      }
    }
    for (const value of notCanonical) {
      expect(outcomeOf(withUint32(proof, openings[0], value))).toBe('V2 header-encoding');
      expect(outcomeOf(withUint32(proof, coefficients[0], value))).toBe('V2 header-encoding');
    }
  });

  it('are refused in every place after it', () => {
    const { points, elements } = layout();
    elements.forEach((offset, i) => {
      const value = notCanonical[i % 3];
      const changed = withUint32(proof, offset, value);
      expect(decodeQueries(changed.subarray(queriesAt), shape, points)).toMatchObject({ ok: false });
    });
    for (const offset of [elements[0], elements.at(-1)!]) {
      for (const value of notCanonical) expect(outcomeOf(withUint32(proof, offset, value))).toBe('V6 queries-encoding');
    }
  });

  it('are refused where p is added to an element that is below 2^32 − p', () => {
    // Such an encoding stands for the same element: accepting it would make a proof's bytes malleable.
    const { elements } = layout();
    const view = new DataView(proof.buffer, proof.byteOffset);
    const small = elements.filter((offset) => view.getUint32(offset, true) < 2 ** 32 - modulus);
    expect(small.length).toBeGreaterThan(100);
    for (const offset of small.slice(0, 5)) {
      const changed = withUint32(proof, offset, view.getUint32(offset, true) + modulus);
      expect(outcomeOf(changed)).toBe('V6 queries-encoding');
    }
  });
});

describe('lengths', () => {
  it('refuses trailing bytes, truncation and nothing at all', () => {
    for (const rest of [1, 4, 32, 1000]) {
      expect(outcomeOf(concatBytes(proof, new Uint8Array(rest)))).toBe('V6 queries-encoding');
    }
    for (const length of [proof.length - 1, proof.length - 32, queriesAt + 1, queriesAt]) {
      expect(outcomeOf(proof.subarray(0, length))).toBe('V6 queries-encoding');
    }
    for (const length of [queriesAt - 1, headerSize(shape), 200, 8, 7, 0]) {
      expect(outcomeOf(proof.subarray(0, length))).toBe('V2 header-encoding');
    }
    expect(outcomeOf(concatBytes(proof, proof))).toBe('V6 queries-encoding');
  });

  it('refuses a header that begins in another way', () => {
    for (let i = 0; i < 8; i++) {
      const changed = proof.slice();
      changed[i] ^= 32;
      expect(outcomeOf(changed)).toBe('V2 header-encoding');
    }
  });

  it('refuses fewer queries than the preset asks for, and more', () => {
    for (const queryCount of [1, 4, 7, 9, 16]) {
      const preset = { ...toyPreset, queryCount };
      expect(segmentOutcome(cheat(honest, {}, { preset }))).toBe('V3 header-digest');
      // Under the right transcript, with only the first of its points opened, or with more.
      const { points } = layout();
      const opened = queryCount < points.length ? points.slice(0, queryCount) : moreThan(points);
      expect(outcomeOf(withQueries(opened))).toBe('V6 queries-encoding');
    }
  });

  it('refuses final polynomials that are longer or shorter, and other numbers of layers', () => {
    const change = (header: NonNullable<Cheats['header']>) => outcomeOf(cheat(honest, { header }).proof);
    const longer = change((header) => {
      const [first, second] = header.finalPolynomials;
      const zeros = Array.from({ length: 32 }, () => [0, 0, 0, 0, 0] as const);
      return {
        ...header,
        finalPolynomials: [
          [...first, ...zeros],
          [...second, ...zeros],
        ],
      };
    });
    expect(longer).toBe('V5 proof-of-work');
    const shorter = change((header) => {
      const [first, second] = header.finalPolynomials;
      return { ...header, finalPolynomials: [first.slice(0, 31), second.slice(0, 31)] };
    });
    expect(shorter).toBe('V2 header-encoding');
    const fewer = change((header) => ({ ...header, layerRoots: header.layerRoots.slice(0, 1) }));
    expect(fewer).toBe('V2 header-encoding');
    const more = change((header) => ({ ...header, layerRoots: [...header.layerRoots, header.layerRoots[1]] }));
    expect(more).toBe('V2 header-encoding');
    const fewerOpenings = change((header) => ({ ...header, openings: header.openings.slice(1) }));
    expect(fewerOpenings).toBe('V2 header-encoding');
  });
});

const moreThan = (points: readonly number[]) => sortedDistinct([...points, 1, 2, 3]);

/** The proof with other points opened than those asked for. */
function withQueries(points: readonly number[]): Uint8Array {
  const { opener } = proven;
  const parts = (['trace', 'auxiliary', 'quotient'] as const).flatMap((tree) => {
    if (points.length === 0) return [];
    const { leaves, siblings } = openPoints(opener.trees[tree], points);
    return [...leaves, siblings];
  });
  const layers = points.length === 0 ? [] : openLayers(opener.layers, points);
  const folds = layers.flatMap((layer) => [encodeExtensions(layer.values), layer.siblings]);
  return concatBytes(proof.subarray(0, queriesAt), ...parts, ...folds);
}

describe('leaves', () => {
  it('refuses any byte of them, of their salts or of their siblings that is another', () => {
    for (const { name, offset } of layout().others) {
      const changed = proof.slice();
      changed[offset] ^= 1;
      expect(outcomeOf(changed)).toBe(name === 'layer-opening' ? 'V8 layer-opening' : `V7 ${name}`);
    }
    const { elements } = layout();
    for (let i = 0; i < elements.length; i += 97) {
      const changed = withUint32(proof, elements[i], 12345);
      expect(outcomeOf(changed)).toMatch(/^V7 (trace|auxiliary|quotient)-opening$|^V8 layer-opening$/);
    }
  });

  it('refuses trees with a column moved from one leaf to another’s, or left out', () => {
    const moved: Cheats['treeColumns'] = (tree, columns) => {
      if (tree === 'trace') return columns.slice(0, -1);
      return tree === 'auxiliary' ? [columns[0], ...columns] : columns;
    };
    expect(segmentOutcome(cheat(honest, { treeColumns: moved }))).toBe('V6 queries-encoding');
    const fewer: Cheats['treeColumns'] = (tree, columns) => (tree === 'quotient' ? columns.slice(0, -5) : columns);
    expect(segmentOutcome(cheat(honest, { treeColumns: fewer }))).toBe('V6 queries-encoding');
    const swapped: Cheats['treeColumns'] = (tree, [first, second, ...rest]) =>
      tree === 'trace' ? [second, first, ...rest] : [first, second, ...rest];
    expect(segmentOutcome(cheat(honest, { treeColumns: swapped }))).toBe('V8 layer-opening');
  });

  it('never hash as nodes do, nor as leaves of another tree', () => {
    const names = [
      treeNames.accounts,
      treeNames.trace,
      treeNames.auxiliary,
      treeNames.quotient,
      ...[0, 1, 2, 3].flatMap((layer) => [treeNames.layerPoints(layer), treeNames.layerRows(layer)]),
    ];
    const hashers = names.flatMap((name) => Object.values(createTreeHashers(name)));
    const digests = hashers.map((hasher) => hasher.digest(new Uint8Array(64)).join());
    expect(new Set(digests).size).toBe(2 * names.length);
    expect(new Set(hashers.map(({ purpose }) => purpose)).size).toBe(2 * names.length);
    expect(createHasher('tree D0 leaf').purpose).toBe(createTreeHashers('D0').leaf.purpose);
  });
});

describe('inclusion files', () => {
  const report = publish([proven]);
  const file = inclusionFile(report, proven.holderData, 'alice');
  const openings = new Uint8Array(Buffer.from(file.openings, 'base64'));
  let verdict: VerifiedReport;
  const outcomeWith = (change: Partial<typeof file>) => inclusionOutcome(verdict, { ...file, ...change }, 'alice');

  beforeAll(async () => {
    verdict = await verified(report);
  });

  it('refuse elements that are not canonical, in R₁ and in every value of a layer', () => {
    for (const value of notCanonical) {
      for (let c = 0; c < 5; c++) {
        const mask = Buffer.from(withUint32(new Uint8Array(20), 4 * c, value)).toString('hex');
        expect(decodeMask(mask)).toBeUndefined();
        expect(outcomeWith({ rows: [{ ...file.rows[0], mask }, file.rows[1]] })).toBe('I3 row-mask');
      }
    }
    // Two rows of one fibre: six values of layer 0 and seven of layer 1 are sent.
    const firstLayer = openings.length - 20 * 13 - 32 * 8 - 32 * 5;
    for (let k = 0; k < 5 * 6; k++) {
      const changed = withUint32(openings, firstLayer + 4 * k, notCanonical[k % 3]);
      expect(outcomeWith({ openings: toBase64(changed) })).toBe('I3 openings-encoding');
    }
  });

  it('refuse any other byte, more of them and fewer', () => {
    for (let i = 0; i < openings.length; i += 13) {
      const changed = openings.slice();
      changed[i] ^= 1;
      expect(outcomeWith({ openings: toBase64(changed) })).toMatch(
        /^I3 openings-encoding$|^I4 accounts-path$|^I5 (layer-opening|final-polynomial)$/,
      );
    }
    expect(outcomeWith({ openings: toBase64(concatBytes(openings, new Uint8Array(1))) })).toBe('I3 openings-encoding');
    expect(outcomeWith({ openings: toBase64(openings.subarray(1)) })).toBe('I3 openings-encoding');
  });

  it('refuse base64 that is not the only one for its bytes', () => {
    // Alice's openings fill whole groups of four letters; bob's leave spare bits in the last letter, and padding.
    const own = inclusionFile(report, proven.holderData, 'bob');
    const outcomeOfText = (openings: string) => inclusionOutcome(verdict, { ...own, openings }, 'bob');
    const [, letters, padding] = /^(.*[^=])(=+)$/.exec(own.openings)!;
    expect(outcomeOfText(letters + padding)).toBe('verified');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const spare = alphabet[alphabet.indexOf(letters.at(-1)!) + 1];
    for (const text of [letters, letters.slice(0, -1) + spare + padding]) {
      expect(outcomeOfText(text)).toBe('I3 openings-encoding');
    }
    expect(outcomeWith({ openings: `${file.openings}=` })).toBe('I3 openings-encoding');
    // The format has at most two characters of padding (§7.3).
    expect(outcomeOfText(`${letters}===`)).toBe('I2 inclusion-encoding');
  });
});
