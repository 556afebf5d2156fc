/** The bytes of a segment's task: what is written is read, and nothing else is. */
import { accountCount, accountId, accountIdFault, createLedger, entryUnits } from '@solvent/ledger/ledger';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSegmentTask, encodeSegmentTask } from '../src/distributed/task-bytes.js';
import type { SegmentTask } from '../src/prove/segment-task.js';

const assets = ['BTC', 'ETH', 'XRP'].map((symbol, i) => ({ symbol, decimals: 6 * i }));
const context = {
  exchange: 'Börse',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: new Uint8Array(0),
};

function exampleTask(): SegmentTask {
  const ledger = createLedger(assets, [
    { id: 'of another segment', balances: [['BTC', 9n]] },
    {
      id: 'Zoë 😀',
      balances: [
        ['ETH', 2n ** 70n - 1n],
        ['BTC', 1n],
      ],
    },
    { id: 'nobody', balances: [] },
    { id: 'é', balances: [['XRP', 2n ** 40n + 2n ** 32n + 5n]] },
  ]);
  return { context, segment: 2, segmentCount: 7, rowCount: 2048, ledger, accounts: Uint32Array.of(1, 2, 3) };
}

/** Ids and balances of the accounts of a task. */
function accountsOf({ ledger, accounts }: SegmentTask) {
  return [...accounts].map((account) => {
    const entries: [string, bigint][] = [];
    for (let entry = ledger.accountStart[account]; entry < ledger.accountStart[account + 1]; entry++) {
      entries.push([ledger.assets[ledger.entryAsset[entry] - 1].symbol, entryUnits(ledger, entry)]);
    }
    return [accountId(ledger, account), entries];
  });
}

test('a task comes back with the accounts of its segment, and no others', () => {
  const task = exampleTask();
  const bytes = encodeSegmentTask(task);
  const decoded = decodeSegmentTask(bytes);
  expect({ ...decoded, ledger: undefined, accounts: undefined }).toEqual({
    ...task,
    ledger: undefined,
    accounts: undefined,
  });
  expect(decoded.ledger.assets).toEqual(assets);
  expect(accountsOf(decoded)).toEqual(accountsOf(task));
  expect(accountCount(decoded.ledger)).toBe(3);
  expect(bytes.includes('of another segment')).toBe(false);
});

test('every task comes back, whatever its accounts hold', () => {
  const balances = fc.uniqueArray(fc.tuple(fc.constantFrom('BTC', 'ETH', 'XRP'), fc.bigInt(1n, 2n ** 70n - 1n)), {
    selector: ([symbol]) => symbol,
  });
  const id = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => accountIdFault(text) === undefined);
  const accounts = fc.uniqueArray(fc.record({ id, balances }), { selector: ({ id: text }) => text, minLength: 1 });
  const digest = fc.constantFrom(new Uint8Array(0), new Uint8Array(32).fill(7));
  fc.assert(
    fc.property(accounts, digest, (list, previousManifest) => {
      const ledger = createLedger(assets, list);
      const all = Uint32Array.from(list, (_, i) => i);
      const about = { context: { ...context, previousManifest }, segment: 0, segmentCount: 1, rowCount: 4096 };
      const task = { ...about, ledger, accounts: all };
      const decoded = decodeSegmentTask(encodeSegmentTask(task));
      expect(accountsOf(decoded)).toEqual(accountsOf(task));
      expect(decoded.context).toEqual(task.context);
    }),
  );
});

describe('bytes that are no task are refused', () => {
  const bytes = encodeSegmentTask(exampleTask());
  const changed = (change: (copy: Buffer) => void) => {
    const copy = Buffer.from(bytes);
    change(copy);
    return () => decodeSegmentTask(copy);
  };
  const word = (index: number, value: number) => changed((copy) => void copy.writeUInt32LE(value, 16 + 4 * index));

  test.each([
    ['another version', changed((copy) => void copy.write('2', 13)), 'this version'],
    ['no segment', word(0, 7), 'segment: expected 0 to 6'],
    ['too many segments', word(1, 4097), 'segments: expected 1 to 4096'],
    ['rows that are no power of two', word(2, 2049), 'power of two'],
    ['no assets', word(3, 0), 'assets: expected 1 to 4096'],
    ['more accounts than rows', word(4, 2049), 'accounts: expected 1 to 2048'],
    ['more entries than rows hold', word(5, 8193), 'entries: expected 0 to 8192'],
    ['more bytes of ids than accounts have', word(6, 3 * 256 + 1), 'bytes of ids: expected 3 to 768'],
    ['ids of another size', word(6, 12), 'ids: expected 12 in all'],
    [
      'a character that is cut',
      changed((copy) => void copy.fill(0x80, copy.indexOf('nobody'), copy.indexOf('nobody') + 1)),
      'UTF-8',
    ],
    ['assets in another order', changed((copy) => void copy.write('ETH', copy.indexOf('BTC'))), 'byte order'],
    [
      'a text that cannot be shown',
      changed((copy) => void copy.fill(7, copy.indexOf('2026-01'), copy.indexOf('2026-01') + 1)),
      'as reports have them',
    ],
    ['an amount of 2^70', changed((copy) => void copy.writeUInt32LE(2 ** 30, copy.length - 4)), 'below 2^70'],
  ])('%s', (_, decode, message) => {
    expect(decode).toThrow(RangeError);
    expect(decode).toThrow(message);
  });

  test('cut anywhere, or with a byte more', () => {
    for (let size = 0; size < bytes.length; size++)
      expect(() => decodeSegmentTask(bytes.subarray(0, size))).toThrow(RangeError);
    expect(() => decodeSegmentTask(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow('expected');
  });

  test('with any byte changed it is refused as such, or is another task', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const copy = Buffer.from(bytes);
        copy[at] ^= change;
        try {
          expect(encodeSegmentTask(decodeSegmentTask(copy)).equals(copy)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
