/**
 * Number-theoretic transforms between coefficients and values, the reference implementation (spec §2.3).
 *
 * A column is a Uint32Array of canonical elements, in natural order: coefficient i belongs to x^i, value i to point i
 * of the domain. A column over F is five such arrays, one for each coefficient of F over F_p; since the transform is
 * linear over F_p, it is applied to each of the five.
 */
import type { Domain } from './domain.js';
import { type ExtensionColumn, mapColumn } from './extension-column.js';
import { add, inv, modulus, mul, pow, sub } from './koala-bear.js';

const twiddleCache = new Map<number, Uint32Array>();

/** The first half of the powers of a root of unity, shared between calls. */
function twiddles(root: number, half: number): Uint32Array {
  const cached = twiddleCache.get(root);
  if (cached !== undefined) return cached;
  const powers = new Uint32Array(Math.max(half, 1));
  let power = 1;
  for (let i = 0; i < powers.length; i++) {
    powers[i] = power;
    power = mul(power, root);
  }
  twiddleCache.set(root, powers);
  return powers;
}

/** In place: moves the element at i to the position whose binary digits are those of i in reverse. */
export function bitReverse(values: Uint32Array): void {
  const size = values.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}

/** In place: values[k] = Σ_i values[i] · root^(ik), by decimation in time. */
function transform(values: Uint32Array, root: number): void {
  bitReverse(values);
  const size = values.length;
  const powers = twiddles(root, size / 2);
  for (let half = 1; half < size; half *= 2) {
    const step = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const even = values[start + k];
        const odd = mul(values[start + k + half], powers[k * step]);
        values[start + k] = add(even, odd);
        values[start + k + half] = sub(even, odd);
      }
    }
  }
}

/** In place: values[i] · factor · ratio^i. */
function scaleByPowers(values: Uint32Array, factor: number, ratio: number): void {
  let power = factor;
  for (let i = 0; i < values.length; i++) {
    values[i] = mul(values[i], power);
    power = mul(power, ratio);
  }
}

/**
 * The values of a polynomial on a domain.
 *
 * `coefficients` may be shorter or longer than the domain: powers beyond its size are folded back, which is exact on
 * the domain's points.
 */
export function evaluate(coefficients: Uint32Array, domain: Domain): Uint32Array {
  const values = new Uint32Array(domain.size);
  const shiftToSize = pow(domain.shift, domain.size);
  let blockFactor = 1;
  for (let start = 0; start < coefficients.length; start += domain.size) {
    const end = Math.min(start + domain.size, coefficients.length);
    for (let i = start; i < end; i++) {
      values[i - start] = add(values[i - start], mul(coefficients[i], blockFactor));
    }
    blockFactor = mul(blockFactor, shiftToSize);
  }
  if (domain.shift !== 1) scaleByPowers(values, 1, domain.shift);
  transform(values, domain.root);
  return values;
}

/** The coefficients of the polynomial of degree < size that takes the given values on a domain of that size. */
export function interpolate(values: Uint32Array, domain: Domain): Uint32Array {
  if (values.length !== domain.size) {
    throw new RangeError(`interpolate: expected ${domain.size} values, got ${values.length}`);
  }
  const coefficients = values.slice();
  transform(coefficients, inv(domain.root));
  scaleByPowers(coefficients, inv(domain.size % modulus), inv(domain.shift));
  return coefficients;
}

/** `evaluate` for a column over F. */
export function evaluateExtension(coefficients: ExtensionColumn, domain: Domain): ExtensionColumn {
  return mapColumn(coefficients, (part) => evaluate(part, domain));
}
