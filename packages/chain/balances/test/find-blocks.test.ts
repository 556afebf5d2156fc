import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBlockAt } from '../src/block-reader.js';
import { findBlocks } from '../src/find-blocks.js';
import { fakeWorld, type Handler, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const hashOf = (height: number | bigint) => `0x${height.toString(16).padStart(64, '0')}`;

/** A chain with a block every twelve seconds, of which 900 are final. */
const honest = {
  eth_chainId: '0x1',
  eth_blockNumber: '0x3e8',
  eth_getBlockByNumber: (tag: string) => {
    const height = tag === 'finalized' ? 900 : Number(tag);
    return {
      number: `0x${height.toString(16)}`,
      hash: hashOf(height),
      timestamp: `0x${(height * 12 + 7).toString(16)}`,
    };
  },
};

async function find(time: number | undefined, results: readonly Record<string, unknown>[]) {
  const served = await Promise.all(results.map((one) => serve(rpcHandler({ ...honest, ...one }))));
  const sources = served.map(({ url }) => ({ kind: 'ethereum-json-rpc', url }));
  const signal = new AbortController().signal;
  return findBlocks({ sources: [sourcesOf('ethereum', sources, results.length)], time, signal, world: fakeWorld() });
}

test('the last block that is not after a time is found, for any times of blocks', async () => {
  const gaps = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.nat({ max: 130 }), async (steps, time) => {
      let now = 3;
      const times = steps.map((step) => (now += step));
      const reader = {
        readFinalHeight: async () => times.length - 1,
        readBlock: async (height: number) => ({ height, hash: String(height), time: times[height] }),
      };
      const found = await findBlockAt(reader, time);
      const isKnown = times[0] <= time && times[times.length - 1] > time;
      expect(found?.height).toBe(isKnown ? times.findLastIndex((of) => of <= time) : undefined);
    }),
  );
});

test('the last block is found on chains that leave heights out, and of a source that lacks the first ones', async () => {
  const blocks = fc.array(fc.record({ height: fc.nat({ max: 5 }), time: fc.nat({ max: 3 }) }), {
    minLength: 2,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(blocks, fc.nat({ max: 9 }), fc.nat({ max: 130 }), async (steps, first, time) => {
      const chain: { height: number; time: number }[] = [];
      for (const step of steps) {
        const { height, time: last } = chain.at(-1) ?? { height: first, time: 3 };
        chain.push({ height: height + step.height + 1, time: last + step.time });
      }
      let asked = 0;
      const reader = {
        readFinalHeight: async () => chain[chain.length - 1].height,
        readFirstHeight: async () => chain[0].height,
        readBlock: async (at: number) => {
          asked++;
          return { ...chain.findLast((block) => block.height <= at)!, hash: String(at) };
        },
      };
      const found = await findBlockAt(reader, time);
      const isKnown = chain[0].time <= time && chain[chain.length - 1].time > time;
      expect(found?.height).toBe(isKnown ? chain.findLast((block) => block.time <= time)?.height : undefined);
      expect(asked).toBeLessThan(12);
    }),
  );
});

describe('the block of a snapshot', () => {
  test('is the newest final one, or the last one not after a time', async () => {
    expect(await find(undefined, [{}])).toEqual([
      { network: 'ethereum', height: 900, hash: hashOf(900), time: 10_807 },
    ]);
    expect((await find(1207, [{}]))[0].height).toBe(100);
    expect((await find(1206, [{}, {}]))[0].height).toBe(99);
  });

  test('is well below the tip where a node knows no final one', async () => {
    const noTag = (tag: string) => (tag === 'finalized' ? new Error('unknown tag') : honest.eth_getBlockByNumber(tag));
    expect((await find(undefined, [{ eth_getBlockByNumber: noTag }]))[0].height).toBe(1000 - 128);
  });

  test('is not one after which more of the time may come', async () => {
    await expect(find(10_807, [{}])).rejects.toThrow('got 1970-01-01T03:00:07Z');
    await expect(find(6, [{}])).rejects.toThrow('expected a time between');
  });

  test('is one that the sources agree on', async () => {
    const other = (tag: string) => ({ ...honest.eth_getBlockByNumber(tag), hash: hashOf(5) });
    await expect(find(1207, [{}, { eth_getBlockByNumber: other }])).rejects.toThrow('sources disagree about the block');
    await expect(find(1207, [{ eth_chainId: '0x2' }])).rejects.toThrow('expected chain id 1');
    const lying = (tag: string) => {
      const block = honest.eth_getBlockByNumber(tag);
      return tag === 'finalized' ? block : { ...block, number: '0x1' };
    };
    await expect(find(1207, [{ eth_getBlockByNumber: lying }])).rejects.toThrow('expected block 900, got 0x1');
  });

  test('of an indexer must be the one that was asked for', async () => {
    const block = (height: number) => ({ id: hashOf(height).slice(2), height, mediantime: height * 600 });
    const indexer =
      (shift: number): Handler =>
      ({ path }, response) => {
        if (path === '/blocks/tip/height') return void response.end('805');
        const height = /^\/block-height\/([0-9]+)$/.exec(path)?.[1];
        if (height !== undefined) return void response.end(hashOf(BigInt(height)).slice(2));
        response.end(JSON.stringify(block(Number(`0x${path.slice('/block/'.length)}`) + shift)));
      };
    const ask = async (shift: number, time?: number) => {
      const { url } = await serve(indexer(shift));
      const sources = [sourcesOf('bitcoin', [{ kind: 'esplora', url }])];
      return findBlocks({ sources, time, signal: new AbortController().signal, world: fakeWorld() });
    };
    expect((await ask(0))[0].height).toBe(800);
    expect((await ask(0, 60_599))[0]).toEqual({
      network: 'bitcoin',
      height: 100,
      hash: hashOf(100).slice(2),
      time: 60_000,
    });
    await expect(ask(1)).rejects.toThrow('expected block 800');
  });
});
