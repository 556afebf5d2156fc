// Vectors of what the columns of rows say: coins and networks, spellings of addresses, sums (spec §13.2, §13.3).
import { familyOf } from '@solvent/ownership-verifier/families';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import { vectorFile } from './format.js';

/** @typedef {readonly [coin: string, network: string, type: string]} CoinColumns */

/** @type {readonly (readonly [id: string, columns: CoinColumns, asset: string, network: string])[]} */
const coins = [
  ['native', ['BTC', 'BTC', ''], 'BTC', 'bitcoin'],
  ['empty-network', ['BTC', '', ''], 'BTC', 'bitcoin'],
  ['other-case', ['btc', 'Bitcoin', ''], 'BTC', 'bitcoin'],
  ['white-space', [' BTC ', ' BTC\t', ''], 'BTC', 'bitcoin'],
  ['ether-without-network', ['ETH', '', ''], 'ETH', 'ethereum'],
  ['ether-on-rollup', ['ETH', 'ARBITRUM', ''], 'ETH', 'arbitrum'],
  ['ether-by-name', ['ETH-ARBITRUM', '', ''], 'ETH', 'arbitrum'],
  ['ether-by-both', ['ETH-ARBITRUM', 'ARB', ''], 'ETH', 'arbitrum'],
  ['token-by-name', ['USDT-TRC20', 'TRX', ''], 'USDT', 'tron'],
  ['token-by-column', ['USDT', 'TRC20', ''], 'USDT', 'tron'],
  ['token-on-solana', ['USDC-SPL', '', ''], 'USDC', 'solana'],
  ['named', ['OKB-X1-USDT', '', ''], 'USDT', 'x-layer'],
  ['named-omni', ['USDT-OMNI', 'BTC', ''], 'USDT', 'bitcoin'],
  ['coin-in-column', ['BTC', 'BTC', ''], 'BTC', 'bitcoin'],
  ['coin-that-says-network-in-column', ['USDT', 'USDT-TRC20', ''], 'USDT', 'tron'],
  ['staked', ['ETH', 'ETH', 'Native ETH Staking'], 'ETH', 'ethereum-validators'],
  ['restaked', ['ETH', '', 'Eigenlayer Staking'], 'ETH', 'ethereum-validators'],
  ['not-staked', ['ETH', 'ETH', 'Non Staking'], 'ETH', 'ethereum'],
  ['beth', ['BETH', '', ''], 'BETH', 'ethereum-validators'],
  ['bch-by-node', ['BCHN', '', ''], 'BCH', 'bitcoin-cash'],
];

/** @type {readonly (readonly [id: string, base: string, columns: CoinColumns, expected: string, comment: string])[]} */
const coinLies = [
  ['unknown-coin', 'native', ['NOSUCH', 'BTC', ''], 'unsupported coin', 'a coin that the table does not have'],
  ['sign-alone', 'native', ['-', 'BTC', ''], 'unsupported coin', 'a sign alone'],
  [
    'unknown-network-in-name',
    'ether-by-name',
    ['ETH-NOSUCH', '', ''],
    'unsupported coin',
    'an asset, and after it no network',
  ],
  ['unknown-network', 'native', ['BTC', 'NOSUCH', ''], 'unsupported network', 'a network that the table does not have'],
  ['other-network', 'native', ['BTC', 'DOGE', ''], 'failed coin-network', 'a network that does not have the asset'],
  [
    'network-is-not-the-coins',
    'token-by-name',
    ['USDT-TRC20', 'ETH', ''],
    'failed coin-network',
    'the coin says another network than the column',
  ],
  [
    'token-without-network',
    'token-by-column',
    ['USDT', '', ''],
    'failed coin-network',
    'a token of many networks, and no network',
  ],
  [
    'staked-elsewhere',
    'staked',
    ['ETH', 'BTC', 'Native ETH Staking'],
    'failed coin-network',
    'a staked asset on another network',
  ],
  [
    'staked-token',
    'staked',
    ['USDT', 'ETH', 'Native ETH Staking'],
    'failed coin-network',
    'a staked asset that is none',
  ],
];

export function coinVectors() {
  const valid = coins.map(([id, [coin, network, type], asset, networkId]) => ({
    ...{ id, result: /** @type {const} */ ('valid'), coin, network, type, asset, networkId },
  }));
  const invalid = coinLies.map(([id, base, [coin, network, type], expected, comment]) => {
    const [verdict, code] = expected.split(' ');
    const about = { id, result: /** @type {const} */ ('invalid'), verdict, step: 'W2', code, comment, base };
    return { ...about, coin, network, type };
  });
  for (const one of valid) tryCoin(one, `${one.asset} ${one.networkId}`);
  for (const one of invalid) tryCoin(one, one.code);
  const comment = 'Which asset on which network the columns of a row say.';
  return vectorFile('coin', comment, ['13.2', '13.3'], [...valid, ...invalid]);
}

/**
 * @param {{ id: string, coin: string, network: string, type: string }} columns
 * @param {string} expected
 */
function tryCoin({ id, ...columns }, expected) {
  const resolved = resolveCoin(columns);
  const found = 'code' in resolved ? resolved.code : `${resolved.asset} ${resolved.network.id}`;
  if (found !== expected) throw new Error(`coin ${id}: expected ${expected}, got ${found}`);
}

/** Spellings of one address each, by network; the first is canonical. */
const spellings = {
  bitcoin: [
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'],
    ['1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
  ],
  'bitcoin-cash': [
    [
      'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
      'BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A',
      'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
      '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
    ],
    ['bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC'],
  ],
  ethereum: [
    [
      '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      '0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED',
    ],
  ],
  rootstock: [
    [
      '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
      '0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD',
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    ],
  ],
  xdc: [['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'xdc5aaeb6053f3e94c9b9a09f33669435e7ef1beaed']],
  tron: [
    [
      'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      '41a614f803b6fd780986a42c78ec9c7f77e6ded13c',
      '0x41A614F803B6FD780986A42C78EC9C7F77E6DED13C',
    ],
  ],
  solana: [['7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9']],
  aptos: [[`0x${'1'.padStart(64, '0')}`, '0x1', '0x01', '1'.padStart(64, '0')]],
};

export function addressVectors() {
  const cases = Object.entries(spellings).flatMap(([network, groups]) =>
    groups.flatMap((group, g) =>
      group.map((address, i) => {
        const found = findNetwork(network);
        const decoded = found && familyOf(found).decodeAddress(address, found);
        if (decoded === undefined || !('canonical' in decoded) || decoded.canonical !== group[0])
          throw new Error(`${network}: ${address}: ${JSON.stringify(decoded)}`);
        return {
          id: `${network}-${g}-${i}`,
          result: /** @type {const} */ ('valid'),
          network,
          address,
          canonical: group[0],
        };
      }),
    ),
  );
  const spec = ['13.3', '13.6', '13.7', '13.8', '13.9', '13.12'];
  return vectorFile(
    'address',
    'Spellings of addresses, and the canonical one. Those that fail are in ownership/.',
    spec,
    cases,
  );
}

const sumsRow = { asset: 'ETH', network: 'ethereum', address: '0xa', verdict: 'verified', amount: '1.5' };

/** Rows in the order of their lines, which ones count, and the sums. */
const sumPlans = [
  {
    id: 'several',
    rows: [{}, { address: '0xb', amount: '0.000000000000000000000000000001' }, { asset: 'USDT', amount: '7' }],
    counted: [0, 1, 2],
  },
  { id: 'same-address', rows: [{}, { amount: '9' }], counted: [0] },
  { id: 'same-address-other-network', rows: [{}, { network: 'arbitrum' }], counted: [0, 1] },
  { id: 'first-verified-counts', rows: [{ verdict: 'failed', amount: '9' }, {}, { amount: '3' }], counted: [1] },
  {
    id: 'unverified',
    rows: [
      {},
      { address: '0xb', verdict: 'unproven' },
      { address: '0xc', verdict: 'unsupported' },
      { address: '0xd', verdict: 'failed' },
    ],
    counted: [0],
  },
];

export function walletSumVectors() {
  const cases = sumPlans.map(({ id, rows, counted }) => {
    const full = rows.map((row) => ({ ...sumsRow, ...row }));
    const sums = /** @type {Record<string, bigint>} */ ({});
    for (const [i, { asset, network, amount }] of full.entries()) {
      const key = `${asset} ${network}`;
      sums[key] = (sums[key] ?? 0n) + (counted.includes(i) ? unitsOf(amount) : 0n);
    }
    const text = Object.fromEntries(Object.entries(sums).map(([key, units]) => [key, String(units)]));
    return { id, result: /** @type {const} */ ('valid'), rows: full, counted, sums: text };
  });
  const comment =
    'Which of verified rows count; sums by asset and network in units of 10^-30. Addresses are canonical.';
  return vectorFile('wallet-sums', comment, ['13.2'], cases);
}

/** @param {string} amount */
function unitsOf(amount) {
  const [whole, fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(30, '0'));
}
