/** What every kind of source has to do, told by a fixture of each: say what is there, and believe nothing that cannot be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Balance } from '../src/balance.js';
import type { KeptAnswers } from '../src/kept-answers.js';
import { openBlocks } from '../src/open-source.js';
import { readBalances } from '../src/read-balances.js';
import { SourceError } from '../src/source-error.js';
import { sourceKinds } from '../src/source-kinds.js';
import { askSource, fakeWorld, type Handler, serve, sourcesOf } from './support/fake-source.js';
import { answering, type Exchange, type Fixture, fixtures, instead, queriesOf } from './support/fixture.js';

/** Kinds with tests of their own, from before there were fixtures. */
const ownTests = ['ethereum-json-rpc', 'esplora', 'bitcoin-core'];

test('every kind has a fixture, made from the documentation', () => {
  const kinds = new Set(fixtures.map(({ kind }) => kind));
  expect([...kinds, ...ownTests].sort()).toEqual(sourceKinds.map(({ kind }) => kind).sort());
  expect(new Set(fixtures.map(({ made }) => made))).toEqual(new Set(['from the documentation; not data of a chain']));
});

/** A value with all its parts, each with a function that makes the whole with another part in its place. */
function* partsOf(value: unknown): Generator<{ part: unknown; replace(by: unknown): unknown }> {
  yield { part: value, replace: (by) => by };
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    for (const { part, replace } of partsOf((value as Record<string, unknown>)[key])) {
      const copy = (by: unknown): unknown => {
        const whole: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
        whole[key] = replace(by);
        return whole;
      };
      yield { part, replace: copy };
    }
  }
}

const float = '"float-goes-here"';

describe.each(
  fixtures.map((fixture) => [`${fixture.kind} ${JSON.stringify(fixture.options ?? {})}`, fixture] as const),
)('%s', (_, fixture: Fixture) => {
  const { network, kind, options, block } = fixture;
  const queries = queriesOf(fixture);
  const time = '2026-01-31T00:00:00Z';
  const expected = fixture.balances.map(({ address, token, units, tip }) => {
    const { height, hash: blockHash } = tip ?? block;
    return { address, token, units: BigInt(units), at: tip === undefined ? 'height' : 'tip', height, blockHash, time };
  });
  const shown = (balances: readonly Balance[]) => {
    const found = balances.map(({ query: { address, token }, ...rest }) => ({ address, token, ...rest }));
    const order = ({ address, token }: (typeof expected)[number]) =>
      expected.findIndex((one) => one.address === address && one.token === token);
    return found.sort((a, b) => order(a as never) - order(b as never));
  };
  const source = (url: string, more: Record<string, unknown> = {}) => ({ kind, url, attempts: 2, ...options, ...more });
  const ask = async (handler: Handler, more: Record<string, unknown> = {}, asked: { hash?: string } = {}) => {
    const { url } = await serve(handler);
    const asking = { queries, block: { ...block, ...asked } };
    return shown(await askSource(sourcesOf(network, [source(url, more)]), asking));
  };
  const honest = () => answering(fixture.exchanges).handler;
  const failure = async (asked: Promise<unknown>) => {
    const error: unknown = await asked.then(
      () => 'an answer',
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(SourceError);
    const { message, kind: of } = error as SourceError;
    expect(message).toMatch(new RegExp(`^${network}, source 1 \\(${kind} at 127\\.0\\.0\\.1:[0-9]+\\): [ -~…]+$`));
    return { message, of };
  };

  test('says what was there, at which block, and asks for nothing that the fixture lacks', async () => {
    const { handler, unknown } = answering(fixture.exchanges);
    expect(await ask(handler)).toEqual(expected);
    expect(unknown).toEqual([]);
  });

  test('says it through an URL with a path and a query', async () => {
    const { handler } = answering(fixture.exchanges);
    const { url } = await serve((asked, response) => {
      const at = new URL(asked.path, 'http://localhost');
      expect(at.pathname.startsWith('/base')).toBe(true);
      expect(at.searchParams.get('key')).toBe('abc');
      at.searchParams.delete('key');
      const path = `${at.pathname.slice('/base'.length) || '/'}${at.search}`;
      handler({ ...asked, path: path.startsWith('/') ? path : `/${path}` }, response);
    });
    const settings = sourcesOf(network, [source(`${url}/base?key=abc`)]);
    expect(shown(await askSource(settings, { queries, block }))).toEqual(expected);
  });

  test('is not believed of another block than the snapshot’s', async () => {
    const hash = block.hash.replace(/[0-9a-zA-Z](?=.{3}$)/, (digit) => (digit === '4' ? '5' : '4'));
    const { message, of } = await failure(ask(honest(), {}, { hash }));
    expect(of).toBe('answer');
    expect(message).toMatch(/expected block/);
  });

  test.each(fixture.wrong.map(({ name, ...wrong }) => [name, wrong] as const))(
    'is not believed with %s',
    async (_name, wrong) => {
      const { message } = await failure(ask(answering(instead(fixture.exchanges, wrong.exchanges)).handler));
      expect(message).toContain(wrong.message);
    },
  );

  const mangled = (which: number, mangle: (text: string) => string): Handler => {
    const { handler } = answering(fixture.exchanges);
    let count = 0;
    return (asked, response) => {
      const end = response.end.bind(response);
      const isMeant = count++ === which;
      response.end = ((text: string) => end(isMeant ? mangle(text) : text)) as typeof response.end;
      handler(asked, response);
    };
  };

  test('may send no part of an answer twice, no other text, no redirect, and not too much', async () => {
    const { asked, handler } = await requestsOf();
    for (let which = 0; which < asked; which++) {
      const twice = (text: string) =>
        // An answer that is a number has no names.
        text.includes('{') ? text.replace('{', '{"a":1,"a":2,').replace(',}', '}') : '{"a":1,"a":2}';
      expect((await failure(ask(mangled(which, twice)))).of).toBe('answer');
      expect((await failure(ask(mangled(which, () => '<html>')))).message).toContain('expected JSON, got status');
    }
    const redirect = await failure(
      ask((_asked, response) => void response.writeHead(302, { location: '/other' }).end()),
    );
    expect(redirect.message).toContain('none is followed');
    const huge = ask(
      (one, response) => {
        const end = response.end.bind(response);
        response.end = ((text: string) => end(text + ' '.repeat(100_000))) as typeof response.end;
        handler(one, response);
      },
      { maxAnswerBytes: 50_000 },
    );
    expect((await failure(huge)).message).toContain('expected an answer of at most 50000 bytes');
  });

  test('is unreachable when it breaks off, refuses for a time, or says nothing', async () => {
    const broken = ask((_asked, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"result":');
      response.destroy();
    });
    expect((await failure(broken)).of).toBe('unreachable');
    expect((await failure(ask((_asked, response) => void response.writeHead(429).end()))).of).toBe('unreachable');
    expect((await failure(ask(() => {}, { timeoutSeconds: 0.05, attempts: 1 }))).of).toBe('unreachable');
    expect((await failure(ask((_asked, response) => void response.writeHead(401).end()))).of).toBe('refused');
  });

  /** How many requests an honest run takes. */
  async function requestsOf(): Promise<{ asked: number; handler: Handler }> {
    const { handler } = answering(fixture.exchanges);
    let asked = 0;
    await ask((one, response) => {
      asked++;
      handler(one, response);
    });
    return { asked, handler };
  }

  test('has no number in it that may be a fraction', async () => {
    let [count, refusedCount] = [0, 0];
    for (const exchange of fixture.exchanges) {
      const whole = answerOf(exchange);
      for (const { part, replace } of partsOf(whole.value)) {
        if (typeof part !== 'number' && !(typeof part === 'string' && /^[0-9]+$/.test(part))) continue;
        const by = ['0.5', '1e2', '-1', `1${'0'.repeat(41)}.0`][count++ % 4];
        const text = whole.text(replace(JSON.parse(float))).replace(float, by);
        const found = await ask(rawly(exchange, text)).catch((error) => error);
        // What nobody reads may be anything.
        if (found instanceof SourceError) refusedCount++;
        else expect(found).toEqual(expected);
      }
    }
    // Substrate's nodes give every number that is read as bytes in hexadecimal.
    expect(refusedCount > 0).toBe(kind !== 'substrate-json-rpc');
  });

  /** The honest answers, but for one that is this text. */
  function rawly(exchange: Exchange, text: string): Handler {
    const others = answering(fixture.exchanges).handler;
    const mark = answering([{ ...exchange, answer: 'meant', status: 200 }]);
    return (asked, response) => {
      const end = response.end.bind(response);
      let meant = false;
      mark.handler(asked, { end: (said: string) => (meant = said === '"meant"') } as never);
      if (meant) end(text.replace('"id-goes-here"', String((asked.body && JSON.parse(asked.body).id) ?? 0)));
      else others(asked, response);
    };
  }

  test('is a balance or a SourceError, whatever it answers', async () => {
    const { asked } = await requestsOf();
    const awkward = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', '0', '-1', '1e999', '9'.repeat(41), 'f'.repeat(64), -1, 0.5, 1e21, 2 ** 53, null, [], {}),
    );
    let [which, choice, by] = [-1, 0, undefined as unknown];
    let count = 0;
    const { handler } = answering(fixture.exchanges);
    const { url } = await serve((one, response) => {
      const end = response.end.bind(response);
      const isMeant = count++ === which;
      response.end = ((text: string) => {
        if (!isMeant) return end(text);
        const parts = [...partsOf(JSON.parse(text))];
        return end(JSON.stringify(parts[choice % parts.length].replace(by)));
      }) as typeof response.end;
      handler(one, response);
    });
    const settings = sourcesOf(network, [source(url)]);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: asked - 1 }), fc.nat({ max: 5000 }), awkward, async (...chosen) => {
        [which, choice, by] = chosen;
        count = 0;
        try {
          const balances = await askSource(settings, { queries, block });
          for (const { units } of balances) expect(units).toBeGreaterThanOrEqual(0n);
          expect(balances).toHaveLength(queries.length);
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          expect(error.message).toMatch(/^[a-z-]+, source 1 \([a-z0-9-]+ at 127\.0\.0\.1:[0-9]+\): [ -~…]+$/);
        }
      }),
      { numRuns: 30 },
    );
  });

  const read = async (handlers: readonly Handler[], kept: KeptAnswers = new Map()) => {
    const served = await Promise.all(handlers.map(serve));
    const sources = [
      sourcesOf(
        network,
        served.map(({ url }) => source(url)),
        handlers.length,
      ),
    ];
    const request = { queries, blocks: [{ network, ...block }], sources, kept, world: fakeWorld() };
    const entries = await readBalances({ ...request, signal: new AbortController().signal });
    return { entries, asked: served.reduce((sum, { asked }) => sum + asked.length, 0), kept };
  };

  test('has to agree with others, and is not asked again for what is kept', async () => {
    const { entries, kept } = await read([honest(), honest()]);
    expect(entries.map(({ units }) => units).sort()).toEqual(expected.map(({ units }) => String(units)).sort());
    expect(entries.every(({ source: of }) => of === `${kind} + ${kind}`)).toBe(true);
    const lying = answering(instead(fixture.exchanges, fixture.other)).handler;
    await expect(read([honest(), lying])).rejects.toThrow('sources disagree');
    const again = await read([() => {}, () => {}], kept);
    expect([again.entries, again.asked]).toEqual([entries, 0]);
  });

  test('finds blocks', async () => {
    const { finalHeight, firstHeight, asked, found, exchanges } = fixture.blocks;
    const { handler, unknown } = answering(exchanges);
    const { url } = await serve(handler);
    const settings = sourcesOf(network, [source(url)]).sources[0];
    const reader = openBlocks(settings, fakeWorld(), new AbortController().signal);
    expect(await reader.readFinalHeight()).toBe(finalHeight);
    expect(await reader.readFirstHeight?.()).toBe(firstHeight);
    expect(await reader.readBlock(asked)).toEqual(found);
    expect(unknown).toEqual([]);
  });
});

/** The value that an exchange answers, and how it stands in the whole answer. */
function answerOf({ answer, result, error }: Exchange): { value: unknown; text(value: unknown): string } {
  if (answer !== undefined) return { value: answer, text: (value) => JSON.stringify(value) };
  const name = error === undefined ? 'result' : 'error';
  const text = (value: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 'id-goes-here', [name]: value });
  return { value: error ?? result, text };
}
