import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalToUnits } from '../src/sources/fields.js';

describe('amounts in decimals', () => {
  test('are exact, whatever their size', () => {
    const toUnits = (text: string) => decimalToUnits(text, 8);
    expect(toUnits('0.1')).toBe(10_000_000n);
    expect(toUnits('131000000000.00000001')).toBe(13_100_000_000_000_000_001n);
    expect(['3', '3.00000000000', '-3'].map(toUnits)).toEqual([300_000_000n, 300_000_000n, -300_000_000n]);
    // As JavaScript and Go write small numbers.
    expect(['1e-8', '1.5e-7', '1e-08', '0e5'].map(toUnits)).toEqual([1n, 15n, 1n, 0n]);
  });

  test('are refused with more decimals than there are, or in another form', () => {
    const others = ['1e-9', '1.5e-8', '0.123456789', '.5', '5.', '', '+1', '0x10', '1e', '1e-100', ' 1', '1,5'];
    expect(others.map((text) => [text, decimalToUnits(text, 8)])).toEqual(others.map((text) => [text, undefined]));
  });

  test('are the units that they were written from', () => {
    const amount = fc.record({ units: fc.bigInt(0n, 10n ** 30n), decimals: fc.nat(30), zeros: fc.nat(5) });
    fc.assert(
      fc.property(amount, ({ units, decimals, zeros }) => {
        const digits = units.toString().padStart(decimals + 1, '0');
        const fraction = digits.slice(digits.length - decimals) + '0'.repeat(zeros);
        const text = `${digits.slice(0, digits.length - decimals)}${fraction && `.${fraction}`}`;
        expect(decimalToUnits(text, decimals)).toBe(units);
      }),
    );
  });
});
