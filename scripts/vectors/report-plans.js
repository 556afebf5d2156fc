// The reports of vectors/: who holds what. Amounts are in units.
import { productionPreset, toyPreset } from '@solvent/stark/preset';

/** @typedef {import('./make-report.js').ReportPlan} ReportPlan */

const largest = String(2n ** 70n - 1n);
const symbols = ['APT', 'BTC', 'DOGE', 'DOT', 'ETH', 'LINK', 'SOL', 'TON', 'TRX', 'USDC', 'USDT'];

/** Two segments; an account in three rows of one fibre, one without balances, the largest amount, awkward ids. */
/** @type {ReportPlan} */
export const toyPlan = {
  seed: 'toy',
  preset: toyPreset,
  exchange: 'Example Exchange ☃',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: '5f'.repeat(32),
  rowCount: 2048,
  assets: symbols.map((symbol) => ({ symbol, decimals: symbol === 'TRX' ? 6 : 8 })),
  accounts: [
    { id: 'alice', segment: 0, balances: { BTC: '150000000', ETH: '2500000000', USDT: '99' } },
    { id: 'whale', segment: 0, balances: { BTC: largest, DOGE: largest } },
    {
      id: '../x',
      segment: 0,
      balances: Object.fromEntries(symbols.map((symbol, i) => [symbol, String(90n ** BigInt(i))])),
    },
    { id: 'Zoë ☃', segment: 0, balances: { TRX: '1' } },
    { id: 'nobody', segment: 0, balances: {} },
    {
      id: 'carol',
      segment: 1,
      balances: { BTC: '1', USDC: '500000000000', USDT: '1023', TON: '1024', SOL: '1048576' },
    },
    { id: 'dave/margin', segment: 1, balances: { ETH: '18446744073709551616' } },
  ],
};

/** One segment, a first report. */
/** @type {ReportPlan} */
export const productionPlan = {
  seed: 'production',
  preset: productionPreset,
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: null,
  rowCount: 2048,
  assets: ['BTC', 'ETH', 'USDT'].map((symbol) => ({ symbol, decimals: 8 })),
  accounts: [
    { id: 'alice', segment: 0, balances: { BTC: '150000000', ETH: '2500000000', USDT: '99' } },
    { id: 'bob', segment: 0, balances: { USDT: '123456789012' } },
    { id: 'whale', segment: 0, balances: { BTC: largest } },
    { id: 'nobody', segment: 0, balances: {} },
  ],
};

/** One segment with one asset, for provers that cheat. */
/** @type {ReportPlan} */
export const cheatPlan = {
  ...productionPlan,
  seed: 'cheat',
  preset: toyPreset,
  assets: [{ symbol: 'BTC', decimals: 8 }],
  accounts: [
    { id: 'alice', segment: 0, balances: { BTC: '150000000' } },
    { id: 'bob', segment: 0, balances: { BTC: '1' } },
  ],
};

const clef = '\u{1d11e}';
const deepSymbols = ['!', 'A', 'a'.repeat(32), 'b', '~'];

/** Three folds, and everything at the edge of what is allowed: names, time, symbols, decimals, account ids. */
/** @type {ReportPlan} */
export const threeFoldsPlan = {
  seed: 'three folds',
  preset: toyPreset,
  exchange: clef.repeat(128),
  reportId: 'é ☃',
  snapshotTime: '0000-02-29T23:59:59Z',
  previousManifest: 'ff'.repeat(32),
  rowCount: 2 ** 14,
  assets: deepSymbols.map((symbol, i) => ({ symbol, decimals: i === 0 ? 18 : 0 })),
  accounts: [
    { id: 'x'.repeat(256), segment: 0, balances: { '!': largest, '~': '1' } },
    { id: 'é'.repeat(128), segment: 0, balances: { '!': largest } },
    { id: 'Zoë', segment: 0, balances: { A: '1' } },
    { id: 'Zoe\u0308', segment: 0, balances: { A: '2' } },
    { id: ' ', segment: 0, balances: { b: '3' } },
    { id: '\n', segment: 0, balances: {} },
  ],
};

const manySymbols = Array.from({ length: 41 }, (_, i) => `T${String(i).padStart(2, '0')}`);

/** Four folds, an odd number of assets, and an account in more rows than a fibre has. */
/** @type {ReportPlan} */
export const fourFoldsPlan = {
  ...productionPlan,
  seed: 'four folds',
  preset: toyPreset,
  rowCount: 2 ** 17,
  assets: manySymbols.map((symbol) => ({ symbol, decimals: 8 })),
  accounts: [
    { id: 'alice', segment: 0, balances: { T00: '150000000', T40: '1' } },
    {
      id: 'treasury',
      segment: 0,
      balances: Object.fromEntries(manySymbols.map((symbol, i) => [symbol, String(3n ** BigInt(i))])),
    },
  ],
};

const presets = { production: productionPreset, toy: toyPreset };

/** @param {string} name */
export function presetNamed(name) {
  if (name === 'production' || name === 'toy') return presets[name];
  throw new Error(`there is no preset ${name}`);
}
