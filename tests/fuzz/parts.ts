/** A file as parts of equal units (digests, field elements, leaves), and changes of them that know what they hit. */
import { concatBytes, encodeUint32 } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import { headerSize, pointTrees } from '@solvent/proof-format/proof';
import { pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import type { Statement } from '@solvent/stark/statement';
import fc from 'fast-check';
import { openProof } from '../support/report.js';

/** Bytes from `start` on, `count` units of `unit` bytes. */
export interface Part {
  readonly name: string;
  readonly start: number;
  readonly unit: number;
  readonly count: number;
}

/** Places parts one after another; those without units are left out. */
export function layParts(parts: readonly (readonly [name: string, unit: number, count: number])[]): Part[] {
  let start = 0;
  const laid = parts.map(([name, unit, count]): Part => {
    const part = { name, start, unit, count };
    start += unit * count;
    return part;
  });
  return laid.filter(({ count }) => count > 0);
}

/** The parts of a proof file that is in its format. */
export function proofParts(statement: Statement, proof: Uint8Array): Part[] {
  const { header, points, queries } = openProof(statement, proof);
  const trees = pointTrees.flatMap((tree) => [
    [`${tree} leaves`, pointSaltSize + 4 * pointLeafWidths[tree], points.length] as const,
    [`${tree} siblings`, 32, queries.points[tree].siblings.length / 32] as const,
  ]);
  const layers = queries.layers.flatMap(({ values, siblings }, layer) => [
    [`layer ${layer} values`, 20, values.length] as const,
    [`layer ${layer} siblings`, 32, siblings.length / 32] as const,
  ]);
  return layParts([
    ['magic', 8, 1],
    ['roots', 32, 4],
    ['openings', 20, openingTerms.length],
    ['layer roots', 32, 2 * header.layerRoots.length],
    ['final polynomials', 20, 2 * header.finalPolynomials[0].length],
    ['nonce', 4, 1],
    ...trees,
    ...layers,
  ]);
}

/** Whether a part of a proof belongs to its header. */
export function isHeaderPart({ start }: Part, { rowCount }: Statement): boolean {
  return start < headerSize(deriveShape(rowCount));
}

/** One change of one unit, as a choice that fits every file: places are fractions. */
export interface UnitChange {
  readonly part: number;
  readonly unit: number;
  readonly other: number;
  readonly kind: (typeof kinds)[number];
  readonly word: number;
  readonly value: number;
}

const kinds = ['word', 'word', 'step', 'step', 'bit', 'swap', 'copy', 'remove', 'repeat', 'foreign'] as const;
const fraction = fc.noBias(fc.nat({ max: 2 ** 30 - 1 })).map((value) => value / 2 ** 30);

/** Values at which a field element or an index could go wrong. */
const values = fc.oneof(
  fc.constantFrom(0, 1, 1023, 1024, modulus - 1, modulus, modulus + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
  fc.nat({ max: 2 ** 32 - 1 }),
);

export const unitChanges: fc.Arbitrary<UnitChange> = fc.record({
  part: fraction,
  unit: fraction,
  other: fraction,
  kind: fc.constantFrom(...kinds),
  word: fraction,
  value: values,
});

/** What a change is to. */
function partOf(parts: readonly Part[], change: UnitChange): Part {
  return parts[Math.floor(change.part * parts.length)];
}

/**
 * Applies a change to bytes in given parts; may give the same bytes.
 *
 * @param foreign other bytes in the same format: a unit can be copied from them.
 */
export function changeUnit(
  bytes: Uint8Array,
  parts: readonly Part[],
  change: UnitChange,
  foreign: Uint8Array,
): Uint8Array {
  const part = partOf(parts, change);
  const start = part.start + part.unit * Math.floor(change.unit * part.count);
  const other = part.start + part.unit * Math.floor(change.other * part.count);
  const [before, own, after] = [bytes.subarray(0, start), unitAt(bytes, start), bytes.subarray(start + part.unit)];
  function unitAt(from: Uint8Array, offset: number): Uint8Array {
    return from.slice(offset, offset + part.unit);
  }
  switch (change.kind) {
    case 'remove':
      return concatBytes(before, after);
    case 'repeat':
      return concatBytes(before, own, own, after);
    case 'copy':
      return concatBytes(before, unitAt(bytes, other), after);
    case 'foreign':
      return concatBytes(before, unitAt(foreign, start), after);
    case 'swap': {
      const swapped = bytes.slice();
      swapped.set(own, other);
      swapped.set(unitAt(bytes, other), start);
      return swapped;
    }
    default:
      return concatBytes(before, changeWord(own, change), after);
  }
}

function changeWord(unit: Uint8Array, { kind, word, value }: UnitChange): Uint8Array {
  const changed = unit.slice();
  const offset = 4 * Math.floor((word * unit.length) / 4);
  const view = new DataView(changed.buffer, changed.byteOffset);
  const found = view.getUint32(offset, true);
  if (kind === 'bit') changed[offset + (value % 4)] ^= 1 << (value % 8);
  else
    changed.set(encodeUint32(kind === 'word' ? value : (found + [1, -1 >>> 0, modulus][value % 3]) % 2 ** 32), offset);
  return changed;
}
