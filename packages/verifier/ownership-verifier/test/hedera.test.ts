import { describe, expect, test } from 'vitest';
import { hederaAddressOf } from '../src/addresses/hedera-address.js';
import { recordedRows } from './oracles/recorded.js';
import { addressOn, verdictOn } from './row-verdict.js';

describe('Hedera', () => {
  // HIP-32 has this alias as its example.
  const alias = '0.0.CIQAAAH4AY2OFK2FL37TSPYEQGPPUJRP4XTKWHD62HKPQX543DTOFFQ';

  test('an alias has one canonical spelling', () => {
    const key = '0000fc0634e2ab455eff393f04819efa262fe5e6ab1c7ed1d4f85fbcd8e6e296';
    const der = `0.0.302a300506032b6570032100${key}`;
    expect(addressOn('HBAR', alias)).toBe(`key alias ${der}`);
    expect(addressOn('HBAR', `0.0.${key}`)).toBe(`key alias ${der}`);
    expect(addressOn('HBAR', `0.0.${key.toUpperCase()}`)).toBe(`key alias ${der}`);
    expect(hederaAddressOf({ curve: 'ed25519', bytes: Uint8Array.from(Buffer.from(key, 'hex')) }).canonical).toBe(der);
  });

  test('what is none of the forms is no address', () => {
    for (const text of [
      '0.0.',
      '0.0.1.2',
      '0.0.-1',
      '0.0',
      '00.0.1',
      alias.slice(0, -1),
      alias.toLowerCase(),
      `${alias}A`,
    ]) {
      expect(addressOn('HBAR', text)).toBe('W3 address');
    }
    expect(addressOn('HBAR', `0x${'0'.repeat(38)}ff`)).toBe('account by number 0.0.255');
    expect(addressOn('HBAR', `0x${'0'.repeat(24)}${'f'.repeat(16)}`)).toBe(`account by number 0.0.${2n ** 64n - 1n}`);
  });

  test('a key and its account by number are unproven, whatever key signs', async () => {
    for (const id of ['raw', 'evm-alias']) {
      const row = (await recordedRows('hedera')()).find((row) => row.id === id)!;
      expect(verdictOn(row.coin, { ...row, address: '0.0.7' })).toBe('unproven W7 account-unproven');
    }
  });
});
