/**
 * Amounts from the bytes of their decimal text, without a string or a bigint for each, in the two parts that the ledger
 * keeps. Whatever is not plainly an amount is left to `parseAmount`, which knows the grammar and the words for its faults.
 */
import { amountBound } from '@solvent/report-format/amounts';

/** An amount: low is amount mod 2^40, high is ⌊amount / 2^40⌋, below 2^30. */
export interface AmountParts {
  low: number;
  high: number;
}

const zero = 0x30;
const point = 0x2e;

// Numbers of so many digits are exact in a double, with room for three bits more.
const headDigits = 15;
// So many digits hold every amount; longer ones are too large, or have leading zeros.
const mostDigits = 22;

const powersOfTen = Float64Array.from({ length: headDigits + 1 }, (_, i) => Number(`1e${i}`));

/**
 * Reads bytes start … end − 1 into `parts`, exactly.
 *
 * @param decimals digits after the point that the asset has, 0 to 18
 * @returns false, with `parts` as it was, when the text is not an amount below 2^70, or in doubt
 */
export function parseAmountBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  decimals: number,
  parts: AmountParts,
): boolean {
  let head = 0;
  let tail = 0;
  let digits = 0;
  let fraction = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - zero;
    if (digit >= 0 && digit <= 9) {
      if (digits < headDigits) head = head * 10 + digit;
      else tail = tail * 10 + digit;
      digits++;
    } else if (bytes[at] === point && fraction === 0 && at > start) {
      fraction = end - at - 1;
      // A point at the end leaves the fraction empty.
      if (fraction === 0) return false;
    } else return false;
  }
  const hasLeadingZero = bytes[start] === zero && digits - fraction > 1;
  const missing = decimals - fraction;
  if (digits === 0 || digits + missing > mostDigits || hasLeadingZero || missing < 0) return false;
  return scaleParts(head, tail, digits, missing, parts);
}

// The number with digits `head` (the first 15) and `tail`, and then as many zeros as are missing.
function scaleParts(head: number, tail: number, digits: number, missing: number, parts: AmountParts): boolean {
  const headMissing = Math.min(missing, Math.max(0, headDigits - digits));
  const first = head * powersOfTen[headMissing];
  const rest = digits + missing - headDigits;
  if (rest <= 0) {
    parts.high = Math.floor(first / 2 ** 40);
    parts.low = first - parts.high * 2 ** 40;
    return true;
  }
  // first · 10^rest + last with first = upper · 2^25 + lower: all products stay below 2^49.
  const scale = powersOfTen[rest];
  const upper = Math.floor(first / 2 ** 25);
  const lower = (first - upper * 2 ** 25) * scale + tail * powersOfTen[missing - headMissing];
  const upperHigh = Math.floor((upper * scale) / 2 ** 15);
  const sum = (upper * scale - upperHigh * 2 ** 15) * 2 ** 25 + lower;
  const carry = Math.floor(sum / 2 ** 40);
  if (upperHigh + carry >= 2 ** 30) return false;
  parts.high = upperHigh + carry;
  parts.low = sum - carry * 2 ** 40;
  return true;
}

/**
 * The parts of an amount.
 *
 * @throws RangeError when units is outside [0, 2^70)
 */
export function splitUnits(units: bigint, parts: AmountParts): void {
  if (units < 0n || units >= amountBound) throw new RangeError(`units: expected a value in [0, 2^70), got ${units}`);
  parts.high = Number(units >> 40n);
  parts.low = Number(BigInt.asUintN(40, units));
}

/** The amount that parts stand for. */
export function joinUnits(low: number, high: number): bigint {
  return (BigInt(high) << 40n) | BigInt(low);
}
