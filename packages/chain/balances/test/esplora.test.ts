import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptHash } from '../src/sources/bitcoin-outputs.js';
import { askSource, type Handler, serve, sourcesOf } from './support/fake-source.js';

const network = findNetwork('bitcoin')!;
const address = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const script = '76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac';
const path = `/scripthash/${scriptHash(script)}`;
const block = { height: 100, hash: 'ab'.repeat(32) };

interface Step {
  readonly height: number;
  /** What the address has more, or less, after the transaction. */
  readonly units: number;
}

/** Transactions of the address, the oldest first; each moves something of somebody else too. */
function history(steps: readonly Step[]) {
  return steps.map(({ height, units }, i) => {
    const own = [{ scriptpubkey: script, value: Math.abs(units) }];
    const foreign = { scriptpubkey: '51', value: 77 };
    return {
      txid: (i + 1).toString(16).padStart(64, '0'),
      vin: [...(units < 0 ? own : []), foreign].map((prevout) => ({ prevout })),
      vout: [...(units >= 0 ? own : []), foreign],
      status: { confirmed: true, block_height: height },
    };
  });
}

type Transaction = ReturnType<typeof history>[number];

/** An honest indexer but for what `change` does to its answers. */
function indexer(
  transactions: readonly Transaction[],
  change: (path: string, answer: unknown) => unknown = (_, a) => a,
) {
  const newest = [...transactions].reverse();
  const sum = (outputs: { scriptpubkey: string; value: number }[]) =>
    outputs.reduce((total, { scriptpubkey, value }) => total + (scriptpubkey === script ? value : 0), 0);
  const chain_stats = {
    tx_count: newest.length,
    funded_txo_sum: sum(newest.flatMap(({ vout }) => vout)),
    spent_txo_sum: sum(newest.flatMap(({ vin }) => vin.map(({ prevout }) => prevout))),
  };
  const answer = (asked: string): unknown => {
    if (asked === '/block-height/100') return block.hash;
    if (asked === path) return { chain_stats };
    const last = asked.slice(`${path}/txs/chain/`.length);
    const start = last === '' ? 0 : newest.findIndex(({ txid }) => txid === last) + 1;
    return newest.slice(start, start + 25);
  };
  const handler: Handler = ({ path: asked }, response) => {
    const found = change(asked, answer(asked));
    response.end(typeof found === 'string' ? found : JSON.stringify(found));
  };
  return handler;
}

async function ask(handler: Handler, source: Record<string, unknown> = {}) {
  const { url, asked } = await serve(handler);
  const sources = sourcesOf('bitcoin', [{ kind: 'esplora', url, ...source }]);
  const queries = [{ network, address, token: null, decimals: 8 }];
  const [balance] = await askSource(sources, { queries, block });
  return { balance, pages: asked.filter((one) => one.path.includes('/txs/')).length };
}

const some = history([
  { height: 10, units: 1000 },
  { height: 100, units: 500 },
  { height: 100, units: -200 },
  { height: 101, units: -1300 },
  { height: 105, units: 9 },
]);

describe('an indexer', () => {
  test('says what was there after the snapshot’s block, not before and not now', async () => {
    const { balance } = await ask(indexer(some));
    expect(balance).toMatchObject({ units: 1300n, at: 'height', height: 100, blockHash: block.hash });
  });

  test('reads all pages of a full history, and of a recent one only those after the snapshot', async () => {
    const long = history(Array.from({ length: 80 }, (_, i) => ({ height: 61 + i, units: i + 1 })));
    const full = await ask(indexer(long));
    const recent = await ask(indexer(long), { history: 'recent' });
    expect([full.balance.units, full.pages]).toEqual([820n, 4]);
    expect([recent.balance.units, recent.pages]).toEqual([820n, 2]);
  });

  test('knows addresses without any transaction', async () => {
    expect((await ask(indexer([]))).balance.units).toBe(0n);
  });

  test('gives the sum up to the snapshot for any history', async () => {
    const step = fc.record({ height: fc.integer({ min: 90, max: 110 }), units: fc.integer({ min: -50, max: 100 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.constantFrom('full', 'recent'), async (steps, mode) => {
        const sorted = [...steps].sort((a, b) => a.height - b.height);
        const kept: Step[] = [];
        let sum = 0;
        // No address has ever less than nothing.
        for (const one of sorted) {
          if (sum + one.units < 0) continue;
          sum += one.units;
          kept.push(one);
        }
        const expected = kept.reduce((total, { height, units }) => (height <= 100 ? total + units : total), 0);
        const { balance } = await ask(indexer(history(kept)), { history: mode });
        expect(balance.units).toBe(BigInt(expected));
      }),
      { numRuns: 30 },
    );
  });

  const list = (edit: (transactions: Transaction[]) => unknown) => (asked: string, answer: unknown) => {
    return asked.endsWith('/txs/chain') ? edit(answer as Transaction[]) : answer;
  };
  const stats = (edit: Record<string, unknown>) => (asked: string, answer: unknown) => {
    if (asked !== path) return answer;
    return { chain_stats: { ...(answer as { chain_stats: object }).chain_stats, ...edit } };
  };

  test.each<[string, (path: string, answer: unknown) => unknown, string]>([
    [
      'another block',
      (asked, answer) => (asked.startsWith('/block') ? 'cd'.repeat(32) : answer),
      'expected block 100 to be',
    ],
    ['no hash', (asked, answer) => (asked.startsWith('/block') ? 'Block not found' : answer), 'expected its hash'],
    ['a missing transaction', list(([first, , ...rest]) => [first, ...rest]), 'its history ends after 4 of 5'],
    ['a transaction twice', list(([first, ...rest]) => [first, first, ...rest]), 'is there twice'],
    ['another order', list((all) => all.reverse()), 'is not in the order of blocks'],
    ['more than it counts', stats({ tx_count: 4 }), 'expected 4 transactions, got more'],
    ['another sum', stats({ funded_txo_sum: 5000 }), 'its transactions add up to 9 units, and the indexer says 3500'],
    ['more spent than received', stats({ spent_txo_sum: 5000 }), 'more is spent than was received'],
    [
      'an amount that is none',
      list(([first]) => [{ ...first, vout: [{ scriptpubkey: script, value: -5 }] }]),
      'at "0.vout.0',
    ],
    ['an unconfirmed transaction', list(([first]) => [{ ...first, status: { confirmed: false } }]), 'at "0.status'],
    ['HTML', (asked, answer) => (asked === path ? '<html>' : answer), 'expected JSON, got status 200 with "<html>"'],
  ])('is not believed with %s', async (_, change, message) => {
    await expect(ask(indexer(some, change))).rejects.toThrow(message);
    await expect(ask(indexer(some, change))).rejects.toThrow(/^bitcoin, source 1 \(esplora at /);
  });

  test('is read anew when a block comes in between, and given up when that never ends', async () => {
    const after = history([...Array(3)].map((_, i) => ({ height: 10 + i, units: 5 })));
    let asked = 0;
    const grows: Handler = (one, response) => {
      if (one.path === path) asked++;
      indexer(asked <= 1 ? after.slice(0, 2) : after)(one, response);
    };
    expect((await ask(grows)).balance.units).toBe(15n);
    let count = 2;
    const endless: Handler = (one, response) => {
      const longer = history(Array.from({ length: count }, () => ({ height: 10, units: 5 })));
      if (one.path === path) count++;
      indexer(longer)(one, response);
    };
    await expect(ask(endless, { history: 'recent' })).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('is read anew when a block is replaced in between, by one with as many transactions', async () => {
    const [before, after] = [7, 9].map((units) =>
      history([
        { height: 10, units: 5 },
        { height: 101, units },
      ]),
    );
    let asked = 0;
    const replaced: Handler = (one, response) => {
      if (one.path === path) asked++;
      indexer(asked <= 1 ? before : after)(one, response);
    };
    expect((await ask(replaced, { history: 'recent' })).balance.units).toBe(5n);
    expect(asked).toBe(4);
  });

  test('is not asked for more transactions than the file allows', async () => {
    const refused = ask(indexer(some), { maxTransactions: 4 });
    await expect(refused).rejects.toThrow('5 transactions, more than maxTransactions, 4; "history": "recent"');
  });
});
