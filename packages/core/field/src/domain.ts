/** Multiplicative subgroups of two-power order and their cosets (spec §2.3). */
import * as field from './koala-bear.js';

/** A coset shift·⟨root⟩ of the subgroup of order `size`; point i is shift · root^i. */
export interface Domain {
  /** Number of points, a power of two up to 2^24. */
  readonly size: number;
  /** Logarithm of the size to base 2. */
  readonly logSize: number;
  /** A generator of the subgroup. */
  readonly root: number;
  /** The shift, 1 for the subgroup itself. */
  readonly shift: number;
}

/** Whether a number is a power of two of at least 1. */
export function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 2 ** 52 && 2 ** Math.round(Math.log2(value)) === value;
}

/** The generator of the subgroup of order 2^logSize. Throws a RangeError unless 0 ≤ logSize ≤ 24. */
export function subgroupGenerator(logSize: number): number {
  if (!Number.isInteger(logSize) || logSize < 0 || logSize > field.twoAdicity) {
    throw new RangeError(`subgroup generator: expected an integer logSize in [0, ${field.twoAdicity}], got ${logSize}`);
  }
  let root = field.twoAdicRoot;
  for (let k = field.twoAdicity; k > logSize; k--) root = field.mul(root, root);
  return root;
}

/** The domain shift·⟨root⟩ with `size` points. Throws a RangeError unless size is a power of two up to 2^24. */
export function createDomain(size: number, shift = 1): Domain {
  if (!isPowerOfTwo(size)) throw new RangeError(`domain: expected a power of two as size, got ${size}`);
  const logSize = Math.round(Math.log2(size));
  return { size, logSize, root: subgroupGenerator(logSize), shift };
}

/** Point i of a domain, shift · root^i, for an integer i ≥ 0. */
export function domainPoint(domain: Domain, index: number): number {
  return field.mul(domain.shift, field.pow(domain.root, index % domain.size));
}

/** All points of a domain in the order of their index. */
export function domainPoints(domain: Domain): Uint32Array {
  const points = new Uint32Array(domain.size);
  let point = domain.shift;
  for (let i = 0; i < domain.size; i++) {
    points[i] = point;
    point = field.mul(point, domain.root);
  }
  return points;
}

/** The domain of the m-th powers of a domain's points, m a power of two up to its size. */
export function powerDomain(domain: Domain, exponent: number): Domain {
  return createDomain(domain.size / exponent, field.pow(domain.shift, exponent));
}
