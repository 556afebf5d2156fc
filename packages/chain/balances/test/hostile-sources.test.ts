/** Whatever a source answers, it is a balance or a SourceError: nothing else is thrown, and nothing hangs. */
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceQueries } from '../src/balance.js';
import { SourceError } from '../src/source-error.js';
import { scriptHash } from '../src/sources/bitcoin-outputs.js';
import { askSource, type Handler, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const hash = 'ab'.repeat(32);
const bitcoinAddress = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const script = '76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac';
const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`;

interface Source {
  readonly network: string;
  readonly kind: string;
  readonly asked: SourceQueries;
  readonly honest: Handler;
}

const evm = findNetwork('ethereum')!;
const bitcoin = findNetwork('bitcoin')!;
const bitcoinQueries = [{ network: bitcoin, address: bitcoinAddress, token: null, decimals: 8 }];
const transaction = {
  txid: 'cd'.repeat(32),
  vin: [{ prevout: null }],
  vout: [{ scriptpubkey: script, value: 5 }],
  status: { confirmed: true, block_height: 10 },
};

const sources: readonly Source[] = [
  {
    network: 'ethereum',
    kind: 'ethereum-json-rpc',
    asked: {
      queries: [null, `0x${'22'.repeat(20)}`].map((token) => {
        return { network: evm, address: `0x${'11'.repeat(20)}`, token, decimals: token === null ? 18 : 6 };
      }),
      block: { height: 16, hash: `0x${hash}` },
    },
    honest: rpcHandler({
      eth_chainId: '0x1',
      eth_getBlockByNumber: { number: '0x10', hash: `0x${hash}` },
      eth_getBalance: (_: string, at: { blockHash: string }) =>
        at.blockHash === `0x${hash}` ? '0x5' : new Error('no'),
      eth_call: word(6),
    }),
  },
  {
    network: 'bitcoin',
    kind: 'bitcoin-core',
    asked: { queries: bitcoinQueries, block: { height: 20, hash } },
    honest: rpcHandler({
      getblockchaininfo: { chain: 'main', blocks: 20 },
      getblockhash: hash,
      scantxoutset: {
        success: true,
        height: 20,
        bestblock: hash,
        unspents: [{ txid: 'cd'.repeat(32), vout: 0, scriptPubKey: script, amount: 0.5, height: 3 }],
        total_amount: 0.5,
      },
    }),
  },
  {
    network: 'bitcoin',
    kind: 'esplora',
    asked: { queries: bitcoinQueries, block: { height: 20, hash } },
    honest: ({ path }, response) => {
      if (path.startsWith('/block-height/')) return void response.end(hash);
      const stats = { chain_stats: { tx_count: 1, funded_txo_sum: 5, spent_txo_sum: 0 } };
      response.end(JSON.stringify(path === `/scripthash/${scriptHash(script)}` ? stats : [transaction]));
    },
  },
];

/** Puts a value in the place of a part of an answer; the place is chosen by a number. */
function replacePart(value: unknown, choice: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const at = choice % (keys.length + 1);
  if (at === keys.length) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  const next = Math.floor(choice / (keys.length + 1));
  copy[keys[at]] = replacePart(copy[keys[at]], next, by);
  return copy;
}

/** The honest answer with a part of it replaced. */
function corrupt(answer: string, choice: number, by: unknown): string {
  try {
    return JSON.stringify(replacePart(JSON.parse(answer), choice, by));
  } catch {
    return typeof by === 'string' ? by : JSON.stringify(by);
  }
}

const awkward = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', '0x', '-1', '1e999', word(1), `0x${'f'.repeat(64)}`, hash, -1, 0.5, 1e21, 2 ** 53, null, [], {}),
);

describe.each(sources)('$kind', ({ network, kind, asked, honest }) => {
  test('is a balance or a SourceError, whatever it answers', async () => {
    let answers = 0;
    let [bad, choice, by] = [0, 0, undefined as unknown];
    const { url } = await serve((one, response) => {
      const end = response.end.bind(response);
      const isBad = answers++ === bad;
      response.end = ((text: string) => end(isBad ? corrupt(text, choice, by) : text)) as typeof response.end;
      honest(one, response);
    });
    const settings = sourcesOf(network, [{ kind, url, attempts: 2 }]);
    bad = -1;
    expect(await askSource(settings, asked)).toHaveLength(asked.queries.length);
    const outcomes = { believed: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 8 }), fc.nat({ max: 5000 }), awkward, async (which, place, value) => {
        [answers, bad, choice, by] = [0, which, place, value];
        try {
          for (const { units } of await askSource(settings, asked)) expect(units).toBeGreaterThanOrEqual(0n);
          outcomes.believed++;
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          expect(error.message).toMatch(/^(ethereum|bitcoin), source 1 \([a-z-]+ at 127\.0\.0\.1:[0-9]+\): [ -~…]+$/);
          outcomes.refused++;
        }
      }),
      { numRuns: 150 },
    );
    // Both happen: what is replaced may be what nobody reads, such as a version.
    expect(Math.min(outcomes.believed, outcomes.refused)).toBeGreaterThan(5);
  });
});
