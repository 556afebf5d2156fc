import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import type { BalanceQuery } from '../src/balance.js';
import { askSource, type Handler, rpcHandler, serve, sourcesOf } from './support/fake-source.js';

const network = findNetwork('ethereum')!;
const address = `0x${'11'.repeat(20)}`;
const token = `0x${'22'.repeat(20)}`;
const block = { height: 20_000_000, hash: `0x${'ab'.repeat(32)}` };
const native: BalanceQuery = { network, address, token: null, decimals: 18 };
const inToken: BalanceQuery = { network, address, token, decimals: 6 };

const word = (value: bigint | number) => `0x${value.toString(16).padStart(64, '0')}`;
const isDecimals = (data: string) => data === '0x313ce567';

/** What a node says of a block that it knows, and of others that it does not. */
const ofBlock = (result: unknown) => (_: string, at: unknown) =>
  typeof at === 'string' || (at as { blockHash: string }).blockHash === block.hash
    ? result
    : new Error('unknown block');

/** A node that is right in everything. */
const honest = {
  eth_chainId: '0x1',
  eth_getBlockByNumber: { number: '0x1312d00', hash: block.hash },
  eth_getBalance: ofBlock('0xde0b6b3a7640000'),
  eth_call: ({ data }: { data: string }) => word(isDecimals(data) ? 6 : 42),
};

async function ask(handler: Handler, queries = [native, inToken], source: Record<string, unknown> = {}) {
  const { url, asked } = await serve(handler);
  const sources = sourcesOf('ethereum', [{ kind: 'ethereum-json-rpc', url, ...source }]);
  return { balances: await askSource(sources, { queries, block }), asked };
}

const askWith = (results: Record<string, unknown>, queries?: BalanceQuery[], source?: Record<string, unknown>) =>
  ask(rpcHandler({ ...honest, ...results }), queries, source);

describe('a node of an EVM chain', () => {
  test('is asked for the block by its hash, in batches', async () => {
    const { balances, asked } = await askWith({});
    expect(balances.map(({ units }) => units)).toEqual([10n ** 18n, 42n]);
    expect(balances[0]).toMatchObject({ at: 'height', height: block.height, blockHash: block.hash });
    expect(balances[0].time).toBe('2026-01-31T00:00:00Z');
    const calls = asked.flatMap(({ body }) => JSON.parse(body));
    const parameters = calls
      .filter(({ method }) => /eth_(getBalance|call)/.test(method))
      .map(({ params }) => params[1]);
    expect(parameters).toEqual([
      { blockHash: `0x${'0'.repeat(64)}`, requireCanonical: true },
      ...Array(4).fill({ blockHash: block.hash, requireCanonical: true }),
    ]);
    expect(asked.filter(({ body }) => body.startsWith('['))).toHaveLength(1);
  });

  test('that takes no hash is asked by number, and its block is looked at after each request', async () => {
    const byNumber = (_: string, at: unknown) => (at === '0x1312d00' ? '0x7' : new Error('invalid argument 1'));
    const { balances, asked } = await askWith({ eth_getBalance: byNumber }, [native, { ...native, address: token }]);
    expect(balances.map(({ units }) => units)).toEqual([7n, 7n]);
    const methods = asked.map(({ body }) =>
      [JSON.parse(body)]
        .flat()
        .map(({ method }) => method)
        .join(' '),
    );
    expect(methods.slice(-3)).toEqual([
      'eth_getBalance eth_getBalance',
      'eth_getBlockByNumber',
      'eth_getBlockByNumber',
    ]);
  });

  test('that answers for a block that cannot be is asked by number', async () => {
    const { balances, asked } = await askWith(
      { eth_getBalance: (_: string, at: unknown) => (at === '0x1312d00' ? '0x7' : '0x9') },
      [native],
    );
    expect(balances.map(({ units }) => units)).toEqual([7n]);
    expect(JSON.parse(asked[2].body).params[1].blockHash).toMatch(/^0x0+$/);
  });

  test('that takes no hash, and reorganises in between, is caught', async () => {
    let blocks = 0;
    const changing = () => ({ number: '0x1312d00', hash: ++blocks === 1 ? block.hash : word(1) });
    const byNumber = (_: string, at: unknown) => (typeof at === 'string' ? '0x7' : new Error('invalid argument 1'));
    const changed = askWith({ eth_getBalance: byNumber, eth_getBlockByNumber: changing }, [native]);
    await expect(changed).rejects.toThrow(`expected block 20000000 to be ${block.hash}, got "${word(1)}"`);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['another chain', { eth_chainId: '0x89' }, 'expected chain id 1, got 137'],
    ['another height', { eth_getBlockByNumber: { number: '0x1312cff', hash: block.hash } }, 'got block 19999999'],
    ['another hash', { eth_getBlockByNumber: { number: '0x1312d00', hash: word(5) } }, `to be ${block.hash}`],
    ['no such block', { eth_getBlockByNumber: null }, 'which the node does not have'],
    ['an error', { eth_getBalance: new Error('missing trie node') }, 'the node says "missing trie node"'],
    ['a number', { eth_getBalance: 7 }, 'expected a string, got "7"'],
    ['a decimal', { eth_getBalance: '7' }, 'expected a quantity in hexadecimal'],
    ['leading zeros', { eth_getBalance: '0x07' }, 'expected a quantity in hexadecimal'],
    ['a negative number', { eth_getBalance: '-0x7' }, 'expected a quantity in hexadecimal'],
    ['nothing', { eth_getBalance: null }, 'expected a string, got "null"'],
    ['more than can be', { eth_getBalance: `0x${'f'.repeat(64)}` }, 'expected less than 10^40 units'],
    ['half bytes', { eth_call: '0x123' }, 'expected bytes in lower-case hexadecimal'],
    ['no token there', { eth_call: '0x' }, 'is there such a token'],
    ['other decimals', { eth_call: word(18) }, 'expected 6 as in the mapping of tokens, got 18'],
    [
      '31 bytes',
      { eth_call: ({ data }: { data: string }) => (isDecimals(data) ? word(6) : word(42).slice(0, -2)) },
      `balance of ${address} (token ${token}): expected 32 bytes`,
    ],
  ])('is not believed with %s', async (_, results, message) => {
    await expect(askWith(results)).rejects.toThrow(message);
    await expect(askWith(results)).rejects.toThrow(/ethereum, source 1 \(ethereum-json-rpc at 127\.0\.0\.1:[0-9]+\): /);
  });

  test.each([
    ['too few results', word(32) + word(0).slice(2)],
    ['an offset beyond the end', word(32) + word(1).slice(2) + word(1e6).slice(2)],
    ['a huge offset', word(32) + word(1).slice(2) + 'f'.repeat(64)],
    ['no bytes', '0x'],
  ])('is not believed when Multicall3 returns %s', async (_, returned) => {
    const asked = askWith({ eth_call: returned }, [native], { multicall: token });
    await expect(asked).rejects.toThrow("is not Multicall3's");
  });

  test('is not believed when Multicall3 says something else than the node', async () => {
    const returned = word(32) + [1, 32, 1, 64, 32, 6].map((value) => word(value).slice(2)).join('');
    const asked = askWith({ eth_call: returned, eth_getBalance: ofBlock('0x6') }, [native], { multicall: token });
    expect((await asked).balances[0].units).toBe(6n);
    const other = askWith({ eth_call: returned }, [native], { multicall: token });
    await expect(other).rejects.toThrow(`the node says ${10n ** 18n}, and the contract ${token} says 6`);
  });

  test('names the balance whose call fails in Multicall3', async () => {
    const failed = word(32) + [1, 32, 0, 64, 0].map((value) => word(value).slice(2)).join('');
    const asked = askWith({ eth_call: failed }, [native], { multicall: token });
    await expect(asked).rejects.toThrow(`balance of ${address}: the call failed`);
  });
});

describe('JSON-RPC', () => {
  const withBatch = (change: (answers: { id: number }[]) => unknown): Handler => {
    const answer = rpcHandler(honest);
    return (asked, response) => {
      if (!asked.body.startsWith('[')) return answer(asked, response);
      const answers = JSON.parse(asked.body).map(({ id }: { id: number }) => ({ jsonrpc: '2.0', id, result: '0x5' }));
      response.end(JSON.stringify(change(answers)));
    };
  };
  const two = [native, { ...native, address: token }];

  test('takes the answers of a batch in any order', async () => {
    const inOrder: Handler = (asked, response) => {
      if (!asked.body.startsWith('[')) return rpcHandler(honest)(asked, response);
      const calls = JSON.parse(asked.body) as { id: number; params: string[] }[];
      const answers = calls.map(({ id, params }) => ({ jsonrpc: '2.0', id, result: `0x${params[0][2]}` }));
      response.end(JSON.stringify(answers.reverse()));
    };
    const { balances } = await ask(inOrder, two);
    expect(balances.map(({ units }) => units)).toEqual([1n, 2n]);
  });

  test.each<[string, (answers: { id: number }[]) => unknown, string]>([
    ['an answer is missing', ([first]) => [first], 'expected 2 answers, got 1'],
    ['an answer is there twice', ([first]) => [first, first], 'expected 2 answers, got 1'],
    ['an id is nobody’s', ([first, second]) => [first, { ...second, id: 999 }], 'no answer has id'],
    ['the node takes no batches', () => ({ id: null, error: { code: -32600, message: 'no batches' } }), '"no batches"'],
    ['there is one answer', ([first]) => first, 'expected a list of answers, got one'],
    ['one of them is an error', ([first, { id }]) => [first, { id, error: { code: 3, message: 'no' } }], 'says "no"'],
    ['one has no result', ([first, { id }]) => [first, { id }], 'expected a string, got "nothing"'],
  ])('says so when %s', async (_, change, message) => {
    await expect(ask(withBatch(change), two)).rejects.toThrow(message);
  });

  test.each<[string, string, string]>([
    ['HTML', '<html><body>Welcome</body></html>', 'expected JSON, got status 200 with "<html><body>Welcome'],
    ['a text', '"0x1"', 'expected an answer of JSON-RPC'],
    ['no id', '{"result":"0x1"}', 'expected an answer of JSON-RPC'],
    ['another id', '{"id":77,"result":"0x1"}', 'expected id 1, got 77'],
    ['terminal controls', '\u001b]0;title\u0007', 'got status 200 with "\\u{1b}'],
  ])('says so when the answer is %s', async (_, body, message) => {
    await expect(ask((_asked, response) => response.end(body))).rejects.toThrow(message);
  });

  test('asks again after an error that says "too many"', async () => {
    let calls = 0;
    const busy = () => (++calls === 1 ? new Error('Too Many Requests') : '0x1');
    expect((await askWith({ eth_chainId: busy })).balances).toHaveLength(2);
  });
});
