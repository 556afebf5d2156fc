import { findNetwork } from '@solvent/report-format/networks/networks';
import { expect, test } from 'vitest';
import { isNativeAsset } from '../src/native-tokens.js';

test('the accounts below 2^16 are the system of an EVM network, and the next is any token', () => {
  const arbitrum = findNetwork('arbitrum')!;
  const aptosCoin = `0x${'1'.padStart(64, '0')}::aptos_coin::AptosCoin`;
  expect(isNativeAsset(findNetwork('aptos')!, aptosCoin)).toBe(true);
  expect(isNativeAsset(findNetwork('tron')!, aptosCoin)).toBe(false);
  const accountOf = (n: number) => `0x${n.toString(16).padStart(40, '0')}`;
  expect(isNativeAsset(arbitrum, accountOf(2 ** 16 - 1))).toBe(true);
  expect(isNativeAsset(arbitrum, accountOf(2 ** 16))).toBe(false);
});
