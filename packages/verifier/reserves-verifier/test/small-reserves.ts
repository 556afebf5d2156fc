/** A report's blocks and tokens, four wallets, and balances of them. */
import { encodeReserves, type ReservesEntry } from '@solvent/report-format/reserves';
import { type JudgedWallet, type ReservesContext, verifyReserves } from '../src/verify-reserves.js';

export const tronToken = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
export const context: ReservesContext = {
  blocks: [
    { network: 'bitcoin', height: 900, hash: 'ab' },
    { network: 'ethereum', height: 2300, hash: '0xcd' },
    { network: 'tron', height: 70, hash: 'ef' },
  ],
  tokens: [{ network: 'tron', token: tronToken, asset: 'USDT', decimals: 6 }],
};
export const wallets: JudgedWallet[] = [
  { line: 2, network: 'bitcoin', asset: 'BTC', address: 'a', verdict: 'verified' },
  { line: 3, network: 'bitcoin', asset: 'BTC', address: 'b', verdict: 'unproven' },
  { line: 4, network: 'tron', asset: 'USDT', address: 't', verdict: 'verified' },
  { line: 5, network: 'ethereum', asset: 'ETH', address: 'e', verdict: 'verified' },
];

const evidence = { at: 'height', source: 'test', time: '2026-02-01T00:00:00Z' } as const;
export const bitcoin = (address: string, units: string): ReservesEntry => {
  return { network: 'bitcoin', address, token: null, units, height: 900, blockHash: 'ab', ...evidence };
};
export const tether: ReservesEntry = {
  ...bitcoin('t', '7000000'),
  network: 'tron',
  token: tronToken,
  height: 70,
  blockHash: 'ef',
};

const bytesOf = (entries: readonly ReservesEntry[]) =>
  encodeReserves({ format: 'solvent-reserves/1', entries: [...entries] });
export const verify = (entries: readonly ReservesEntry[], change: Partial<ReservesContext> = {}, list = wallets) =>
  verifyReserves(bytesOf(entries), { ...context, ...change }, list);
