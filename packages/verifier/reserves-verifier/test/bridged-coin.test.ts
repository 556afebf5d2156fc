import { networks } from '@solvent/report-format/networks/networks';
import { encodeReserves, type ReservesEntry } from '@solvent/report-format/reserves';
import { describe, expect, test } from 'vitest';
import { isBridgedCoin, nativeToken } from '../src/bridged-coin.js';
import { isCanonicalToken } from '../src/canonical-token.js';
import { type ReservesContext, verifyReserves } from '../src/verify-reserves.js';

const address = `0x${'12'.repeat(20)}`;
const block = { network: 'arbitrum', height: 7, hash: '0xab' };
const mapping = { network: 'arbitrum', token: nativeToken, asset: 'ETH', decimals: 18 };
const wallets = [{ line: 2, network: 'arbitrum', asset: 'ETH', address, verdict: 'verified' as const }];
const entry: ReservesEntry = {
  network: 'arbitrum',
  address,
  token: null,
  units: '5',
  height: 7,
  blockHash: '0xab',
  at: 'height',
  source: 'test',
  time: '2026-02-01T00:00:00Z',
};

function verify(tokens: ReservesContext['tokens'], change: Partial<ReservesEntry> = {}) {
  const bytes = encodeReserves({ format: 'solvent-reserves/1', entries: [{ ...entry, ...change }] });
  return verifyReserves(bytes, { blocks: [block], tokens }, wallets);
}

describe("a network's own asset that is at home elsewhere", () => {
  test('counts where the report says so', () => {
    expect(verify([mapping])).toMatchObject({
      ok: true,
      assets: [{ asset: 'ETH', total: { units: 5n, decimals: 18 } }],
    });
  });

  test('counts for nothing where the report does not', () => {
    expect(verify([])).toMatchObject({ ok: false, step: 'R4', code: 'token-unmapped' });
  });

  test('cannot stand under that word in an entry, beside itself', () => {
    expect(verify([mapping], { token: nativeToken })).toMatchObject({ ok: false, step: 'R4', code: 'token-unmapped' });
  });

  test.each([
    { ...mapping, decimals: 17 },
    { ...mapping, asset: 'BTC' },
  ])('cannot count as something else: %o', (wrong) => {
    expect(verify([wrong])).toMatchObject({ ok: false, step: 'R2', code: 'token-native' });
  });

  test('is none on the networks where each asset is at home', () => {
    const home = networks.filter((network) => !isBridgedCoin(network)).map(({ id }) => id);
    for (const id of ['bitcoin', 'ethereum', 'ethereum-validators', 'tron', 'solana', 'bnb-smart-chain', 'polygon']) {
      expect(home).toContain(id);
    }
    for (const id of ['arbitrum', 'optimism', 'base', 'linea']) expect(home).not.toContain(id);
    for (const network of networks) expect(isCanonicalToken(network, nativeToken)).toBe(isBridgedCoin(network));
  });
});
