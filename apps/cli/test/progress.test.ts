import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { formatDuration, formatSize } from '../src/human-text.js';
import { createProgress } from '../src/prove/progress.js';
import { createProvingClock } from '../src/prove/proving-clock.js';

function terminal(canRedraw: boolean) {
  let written = '';
  return {
    out: () => {},
    err: (text: string) => {
      written += text;
    },
    canAsk: false,
    canRedraw,
    ask: () => Promise.reject(new Error('nobody is there')),
    colors: createColors(false),
    written: () => written,
  };
}

describe('the proving clock', () => {
  test('goes from 0 to nearly 1, and never back', () => {
    let time = 0;
    const clock = createProvingClock([2048, 4096], () => time);
    const shares: number[] = [];
    for (const segment of [0, 1]) {
      for (const step of [
        'placing',
        'trace',
        'auxiliary',
        'quotient',
        'openings',
        'folding',
        'grinding',
        'queries',
        'storing',
      ] as const) {
        clock.enter(segment, step);
        for (let i = 0; i < 5; i++) {
          shares.push(clock.state().share);
          time += 300;
        }
      }
    }
    expect(shares[0]).toBe(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    expect(shares.at(-1)).toBeLessThan(1);
  });

  test('tells the pace and what is left from what it has measured', () => {
    let time = 0;
    const clock = createProvingClock([2048, 2048], () => time);
    expect(clock.state()).toMatchObject({ rowsPerSecond: undefined, remainingMs: undefined });
    time = 4000;
    clock.enter(1, 'placing');
    const { share, rowsPerSecond, remainingMs } = clock.state();
    expect(share).toBeCloseTo(0.5);
    expect(rowsPerSecond).toBe(512);
    expect(remainingMs).toBeCloseTo(4000);
  });
});

test('a clock that begins in the middle tells the pace of what it has seen', () => {
  let time = 0;
  const clock = createProvingClock([2048, 2048, 2048, 2048], () => time, [0, 2]);
  expect(clock.state().share).toBeCloseTo(0.5);
  time = 4000;
  clock.enter(3, 'placing');
  const { share, rowsPerSecond, remainingMs } = clock.state();
  expect(share).toBeCloseTo(0.75);
  expect(rowsPerSecond).toBe(512);
  expect(remainingMs).toBeCloseTo(4000);
});

describe('progress', () => {
  const events = [
    { kind: 'reading', unit: 'bytes', done: 10, total: 10, isEstimate: false, rows: 3 },
    { kind: 'planned', accountCount: 2, rowCounts: [2048], keptSegments: [], plannedMemory: 200 * 2 ** 20 },
    { kind: 'segment', segment: 0, step: 'trace' },
    { kind: 'checking' },
  ] as const;

  test('is plain lines where nothing can be drawn anew', () => {
    const plain = terminal(false);
    const progress = createProgress(plain);
    for (const event of events) progress.update(event);
    progress.end();
    expect(plain.written()).toMatch(
      /^reading the ledger, 10 B\nproving 2 accounts in 1 segment, 2,048 rows, memory about 200 MiB\nsegment 0, /,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
    expect(plain.written()).not.toMatch(/[\r\u001b]/);
  });

  test('is a bar on a screen, cleared at the end', () => {
    const screen = terminal(true);
    const progress = createProgress(screen, () => 0);
    for (const event of events) progress.update(event);
    progress.end();
    expect(screen.written()).toContain('[##############################] 100 % reading, 3 lines');
    expect(screen.written()).toContain('% committing rows');
    expect(screen.written().endsWith('\r\u001b[K')).toBe(true);
    expect(screen.written().split('\n')).toHaveLength(2);
    expect(screen.written()).toContain('\u001b[Kproving 2 accounts in 1 segment, 2,048 rows, memory about 200 MiB\n');
  });
});

test('reading tells what a source has, and how long it will take', () => {
  let time = 0;
  const screen = terminal(true);
  const progress = createProgress(screen, () => time);
  const reading = { kind: 'reading', unit: 'rows', total: 4000, isEstimate: true } as const;
  progress.update({ ...reading, done: 0, rows: 0 });
  time = 3000;
  progress.update({ ...reading, done: 1000, rows: 1000 });
  progress.update({ ...reading, done: 5000, rows: 5000 });
  progress.end();
  expect(screen.written()).toContain('  25 % reading, 1,000 rows, ETA 9');
  expect(screen.written()).toMatch(/100 % reading, 5,000 rows\r/);
  const plain = terminal(false);
  createProgress(plain).update({ ...reading, done: 0, rows: 0 });
  expect(plain.written()).toBe('reading the ledger, about 4,000 rows\n');
});

test('durations and sizes', () => {
  expect([999, 1000, 59_949, 60_000, 185_400, 3_600_000, 7_440_000].map(formatDuration)).toEqual([
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 00 s',
    '3 min 05 s',
    '1 h 00 min',
    '2 h 04 min',
  ]);
  expect([0, 1023, 1024, 10_240, 2 ** 20, 1.5 * 2 ** 30].map(formatSize)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '10 KiB',
    '1.0 MiB',
    '1.5 GiB',
  ]);
});
