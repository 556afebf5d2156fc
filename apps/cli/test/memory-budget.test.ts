import { plannedKernelMemory } from '@solvent/kernels/memory-plan';
import { createLedger } from '@solvent/ledger/ledger';
import { describe, expect, test } from 'vitest';
import { createMemoryBudget, parseMemorySize } from '../src/prove/memory-budget.js';

const gibibyte = 2 ** 30;

describe('sizes of memory', () => {
  test.each([
    ['4GiB', 4 * gibibyte],
    ['1.5GiB', 1.5 * gibibyte],
    ['800MiB', 800 * 2 ** 20],
    ['64KiB', 65536],
    ['2TiB', 2 * 2 ** 40],
    ['4294967296', 4294967296],
  ])('%s', (text, bytes) => expect(parseMemorySize(text)).toBe(bytes));

  test.each(['', '0', '-1', '1.5', '4 GiB', '4GB', '4gib', '1e9', '01', 'GiB', '1.GiB', '٤GiB'])('not %j', (text) => {
    expect(parseMemorySize(text)).toBeUndefined();
  });
});

describe('a memory budget', () => {
  const ledger = createLedger(
    [{ symbol: 'BTC', decimals: 8 }],
    Array.from({ length: 50_000 }, (_, i) => ({ id: `account ${i}`, balances: [['BTC', 1n] as const] })),
  );

  test('plans more than the kernels, the ledger counted', () => {
    const budget = createMemoryBudget(4 * gibibyte, 2);
    const kernels = plannedKernelMemory(2 ** 17, 2);
    expect(budget.planned(2 ** 17)).toBeGreaterThan(kernels + 100 * 2 ** 20);
    expect(budget.planned(2 ** 17, ledger) - budget.planned(2 ** 17)).toBeGreaterThan(50_000 * (14 + 8));
  });

  test('gives the most rows that fit, at most those that are wanted', () => {
    expect(createMemoryBudget(4 * gibibyte, 2).fittingRowCount(undefined)).toBe(2 ** 19);
    const budget = createMemoryBudget(1.5 * gibibyte, 2);
    const rowCount = budget.fittingRowCount(undefined);
    expect(budget.planned(rowCount)).toBeLessThanOrEqual(budget.limit);
    expect(budget.planned(2 * rowCount)).toBeGreaterThan(budget.limit);
    expect(budget.fittingRowCount(2048)).toBe(2048);
  });

  test('refuses wanted rows that do not fit, and proposes what does', () => {
    const budget = createMemoryBudget(gibibyte, 2);
    const most = budget.fittingRowCount(undefined);
    expect(() => budget.fittingRowCount(2 ** 19)).toThrow(`--max-rows: expected at most ${most}, which fits`);
  });

  test('refuses when nothing fits', () => {
    expect(() => createMemoryBudget(100 * 2 ** 20, 1).fittingRowCount(undefined)).toThrow(/memory: expected at least/);
    expect(() => createMemoryBudget(2 ** 20, 1).assertWithin('the ledger')).toThrow(/expected the ledger to fit/);
  });

  test('is what the machine has free unless it is given', () => {
    const { limit } = createMemoryBudget(undefined, 1);
    expect(limit).toBeGreaterThan(process.memoryUsage.rss());
  });
});
