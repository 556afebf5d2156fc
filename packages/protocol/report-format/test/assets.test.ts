import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asset, assertAssets, findAssetsFault, parseAssetsJson, sortAssets } from '../src/assets.js';

const allowed = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) => !`"',`.includes(c));
const symbol = fc.string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength: 32 });
const asset = fc.record({ symbol, decimals: fc.integer({ min: 0, max: 18 }) });
const list = fc.uniqueArray(asset, { selector: (entry) => entry.symbol, minLength: 1, maxLength: 40 });

const btc = { symbol: 'BTC', decimals: 8 };
const eth = { symbol: 'ETH', decimals: 8 };

describe('sortAssets and assertAssets', () => {
  it('sort by the bytes of the symbols, and accept the sorted list only', () => {
    fc.assert(
      fc.property(list, (assets) => {
        const sorted = sortAssets(assets);
        assertAssets(sorted);
        const oracle = [...assets].sort((a, b) => Buffer.compare(Buffer.from(a.symbol), Buffer.from(b.symbol)));
        expect(sorted).toEqual(oracle);
        if (assets.length > 1) expect(() => assertAssets([...sorted].reverse())).toThrow(/byte order/);
      }),
    );
  });

  it('take 4096 assets and refuse 0 and 4097', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ symbol: `A${i}`, decimals: 0 }));
    assertAssets(sortAssets(many(4096)));
    expect(() => sortAssets(many(4097))).toThrow('assets: expected 1 to 4096 assets, got 4097');
    expect(() => assertAssets([])).toThrow('assets: expected 1 to 4096 assets, got 0');
  });

  it('refuse a symbol that is there twice', () => {
    expect(() => sortAssets([btc, eth, btc])).toThrow(
      'assets[2].symbol: expected each symbol once, got "BTC" as in assets[0]',
    );
    expect(() => assertAssets([btc, btc])).toThrow(RangeError);
  });

  it.each([' ', '', 'A B', 'A,B', 'A"', "A'", 'É', 'A\u007f', 'A\n', 'x'.repeat(33)])(
    'refuse the symbol %j',
    (wrong) => {
      expect(() => sortAssets([btc, { symbol: wrong, decimals: 1 }])).toThrow(/^assets\[1\]\.symbol: expected 1 to 32/);
    },
  );

  it.each([-1, 19, 0.5, Number.NaN])('refuse %d decimals', (wrong) => {
    expect(() => assertAssets([{ symbol: 'BTC', decimals: wrong }])).toThrow(
      `assets[0].decimals: expected an integer from 0 to 18, got ${wrong}`,
    );
  });
});

describe('findAssetsFault', () => {
  it('says in words what assertAssets throws, and nothing of a list in its form', () => {
    expect(findAssetsFault([btc, eth])).toBeUndefined();
    expect(findAssetsFault([eth, btc])).toBe(
      'assets[1].symbol: expected symbols in byte order, each once, got "BTC" after "ETH"',
    );
    expect(findAssetsFault({})).toBe('assets: expected a list, got object');
  });

  it('does not pass for a fault of the list what is none', () => {
    const broken = Object.defineProperty([btc], '0', {
      get: () => {
        throw new Error('no memory');
      },
    });
    expect(() => findAssetsFault(broken)).toThrow('no memory');
  });
});

describe('parseAssetsJson', () => {
  it('refuses what is no text', () => {
    expect(() => parseAssetsJson(7 as never)).toThrow('assets: expected a string, got number');
  });

  it('reads any order and sorts, with or without a byte-order mark', () => {
    fc.assert(
      fc.property(list, fc.boolean(), (assets: Asset[], mark) => {
        const text = (mark ? '\u{feff}' : '') + JSON.stringify(assets);
        expect(parseAssetsJson(text)).toEqual(sortAssets(assets));
      }),
    );
  });

  it.each([
    ['{', /^assets: expected a JSON list .* not JSON/],
    ['{}', 'assets: expected a list, got object'],
    ['[]', 'assets: expected 1 to 4096 assets, got 0'],
    ['[1]', 'assets[0]: expected an object with symbol and decimals, got number'],
    ['[null]', 'assets[0]: expected an object with symbol and decimals, got null'],
    ['[{"symbol":"A","decimals":1},[]]', 'assets[1]: expected an object with symbol and decimals, got a list'],
    ['[{"decimals":1}]', 'assets[0].symbol: expected a value, got none'],
    ['[{"symbol":"A"}]', 'assets[0].decimals: expected a value, got none'],
    ['[{"symbol":1,"decimals":1}]', 'assets[0].symbol: expected a string, got number'],
    ['[{"symbol":"A","decimals":"8"}]', 'assets[0].decimals: expected a number, got string'],
    ['[{"symbol":"A","decimals":null}]', 'assets[0].decimals: expected a number, got null'],
    ['[{"symbol":"A","decimals":8,"chain":"x"}]', 'expected only symbol and decimals, got the field "chain"'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAssetsJson(text)).toThrow(message);
  });
});
