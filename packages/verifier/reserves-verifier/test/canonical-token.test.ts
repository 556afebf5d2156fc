import { readFileSync } from 'node:fs';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import { isCanonicalToken } from '../src/canonical-token.js';

const issuer = 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh';
const hex = (length: number, digit = '4') => digit.repeat(length);
const moveAddress = `0x${hex(64, 'a')}`;

const tokens: readonly (readonly [network: string, canonical: readonly string[], others: readonly string[]])[] = [
  ['ethereum', [`0x${hex(40)}`], [`0x${hex(39)}`, `0x${'Aa'.repeat(20)}`, '', `${hex(40)}`, 'USDT']],
  [
    'tron',
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u', 'tR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
  ],
  ['solana', ['Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB'], ['Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8Ben', 'O0']],
  [
    'xrp-ledger',
    [`USD.${issuer}`, `${hex(40)}.${issuer}`],
    [
      `XRP.${issuer}`,
      issuer,
      'USD',
      `US.${issuer}`,
      `USDT.${issuer}`,
      `USD.${issuer.slice(0, -1)}`,
      `USD.${moveAddress}`,
      `00${hex(38)}.${issuer}`,
      `${hex(40, 'a')}.${issuer}`,
      `${hex(39)}.${issuer}`,
    ],
  ],
  [
    'aptos',
    [moveAddress, `${moveAddress}::usdt::USDT`],
    [
      moveAddress.toUpperCase(),
      `${moveAddress}::usdt`,
      `0xa::usdt::USDT`,
      `${moveAddress}::1::USDT`,
      moveAddress.slice(0, -1),
    ],
  ],
  // These networks keep no tokens, whatever the text.
  ['bitcoin', [], ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'USDT', '']],
  ['ethereum-validators', [], [`0x${hex(96, 'a')}`, `0x${hex(40)}`]],
];

/** Canonical addresses with their networks, of every family that has a row which verifies. */
function knownAddresses() {
  const file = new URL('../../../../vectors/wallets/wallet.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: { network: string; address: string }[] };
  return cases.flatMap(({ network: name, address: text }) => {
    const network = findNetwork(name);
    const decoded = network && familyOf(network).decodeAddress(text, network);
    return decoded === undefined || isVerdict(decoded) ? [] : [{ network: network!, address: decoded.canonical }];
  });
}

describe('the one spelling of a token', () => {
  test.each(tokens)('on %s', (id, canonical, others) => {
    const network = findNetwork(id)!;
    for (const token of canonical) expect([token, isCanonicalToken(network, token)]).toEqual([token, true]);
    for (const token of others) expect([token, isCanonicalToken(network, token)]).toEqual([token, false]);
  });
  test('is an address only where a source asks for tokens by it', () => {
    const addresses = knownAddresses();
    const tokens = addresses.filter(({ network, address }) => isCanonicalToken(network, address));
    expect(new Set(addresses.map(({ network }) => network.family)).size).toBeGreaterThan(20);
    expect([...new Set(tokens.map(({ network }) => network.family))].sort()).toEqual([
      'aptos',
      'evm',
      'near',
      'solana',
      'ton',
      'tron',
    ]);
  });
});
