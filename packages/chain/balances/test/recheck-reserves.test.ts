import type { TokenMapping } from '@solvent/report-format/report';
import type { ReservesEntry } from '@solvent/report-format/reserves';
import { describe, expect, test } from 'vitest';
import { recheckReserves } from '../src/recheck-reserves.js';
import { fakeWorld, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const hash = `0x${'ab'.repeat(32)}`;
const token = `0x${'22'.repeat(20)}`;
const block = { network: 'arbitrum', height: 16, blockHash: hash, at: 'height' } as const;
const own: ReservesEntry = {
  ...block,
  address: `0x${'11'.repeat(20)}`,
  token: null,
  units: '5',
  source: 'ethereum-json-rpc',
  time: '2026-02-01T00:00:00Z',
};
const inToken: ReservesEntry = { ...own, token, units: '42' };
const tokens: TokenMapping[] = [
  { network: 'arbitrum', token, asset: 'USDT', decimals: 6 },
  { network: 'arbitrum', token: 'native', asset: 'ETH', decimals: 18 },
];

const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`;
/** A node of Arbitrum that knows one block, one token, and 5 units of ether everywhere. */
const node = rpcHandler({
  eth_chainId: '0xa4b1',
  eth_getBlockByNumber: { number: '0x10', hash },
  eth_getBalance: (_: string, at: { blockHash: string }) =>
    at.blockHash === hash ? '0x5' : new Error('unknown block'),
  eth_call: ({ to, data }: { to: string; data: string }) =>
    to === token ? word(data === '0x313ce567' ? 6 : 42) : new Error(`no contract at ${to}`),
});

async function recheck(...entries: ReservesEntry[]) {
  const { url } = await serve(node);
  const sources = [sourcesOf('arbitrum', [{ kind: 'ethereum-json-rpc', url }])];
  const signal = new AbortController().signal;
  return recheckReserves({ entries, tokens, sources, signal, world: fakeWorld() });
}

describe('the balances of a report', () => {
  test('are compared with the chain, each by itself', async () => {
    expect(await recheck(own, inToken)).toEqual({ sameCount: 2, differences: [], unchecked: [] });
    const raised = { ...inToken, units: '43' };
    expect(await recheck(own, raised)).toMatchObject({
      sameCount: 1,
      differences: [{ entry: raised, found: { units: '42' } }],
      unchecked: [],
    });
  });

  test.each<[Partial<ReservesEntry>, string]>([
    [{ network: 'nowhere' }, 'no network has the id nowhere'],
    [{ network: 'ethereum' }, 'no source for ethereum'],
    [{ address: `0x${'AA'.repeat(20)}` }, 'is not an address of Arbitrum One in its canonical spelling'],
    [{ token: `0x${'33'.repeat(20)}` }, 'no mapping of the token'],
    // A word of mappings, and no contract that could be asked.
    [{ token: 'native' }, 'native is not a token of Arbitrum One'],
  ])('with %o are left out, and leave the others of their block alone', async (change, reason) => {
    const other = { ...own, ...change };
    expect(await recheck(own, inToken, other)).toEqual({
      sameCount: 2,
      differences: [],
      unchecked: [{ entries: [other], reason: expect.stringContaining(reason) }],
    });
  });

  test('of a block that the source does not have say so, all together', async () => {
    const others = [own, inToken].map((entry) => ({ ...entry, blockHash: `0x${'cd'.repeat(32)}` }));
    const { sameCount, unchecked } = await recheck(own, ...others);
    expect(sameCount).toBe(1);
    expect(unchecked).toEqual([{ entries: others, reason: expect.stringContaining('expected block 16 to be 0xcd') }]);
  });
});
