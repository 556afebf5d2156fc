import { describe, expect, test } from 'vitest';
import { findNetwork } from '../src/networks/networks.js';
import { findOnBothNetworks, sharedLedgers } from '../src/networks/shared-ledgers.js';

describe('a ledger with two networks', () => {
  test.each(sharedLedgers)('is %s and %s: networks of the table, with one asset', (one, other) => {
    const networks = [one, other].map(findNetwork);
    expect(networks.map((network) => network?.id)).toEqual([one, other]);
    expect(networks[0]?.nativeAsset).toBe(networks[1]?.nativeAsset);
    expect(networks[0]?.family).not.toBe(networks[1]?.family);
  });

  test('holds an asset on both only where both have that very asset', () => {
    const held = (...lines: string[]) =>
      findOnBothNetworks(
        lines.map((line) => {
          const [network, asset] = line.split(' ');
          return { network, asset };
        }),
      );
    expect(held()).toBeUndefined();
    expect(held('sei SEI', 'sei SEI', 'sei-evm USDC', 'astar-evm SEI')).toBeUndefined();
    expect(held('sei-evm USDC', 'sei SEI', 'sei-evm SEI')).toMatch(/^SEI is counted on sei and on sei-evm,/);
  });
});
