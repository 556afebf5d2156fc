import { describe, expect, test } from 'vitest';
import { connect } from '../src/transport/connection.js';
import { fakeWorld, type Handler, serve, sourcesOf } from './support/fake-source.js';

const secret = 'a-secret-of-the-operator';

async function open(handler: Handler, source: Record<string, unknown> = {}) {
  const { url, asked } = await serve(handler);
  const environment = { NODE_KEY: secret };
  const file = { kind: 'esplora', url: `${url}/v1/\${NODE_KEY}`, headers: { 'X-Key': `Key \${NODE_KEY}` }, ...source };
  const [settings] = sourcesOf('bitcoin', [file], 1, environment).sources;
  const world = fakeWorld();
  const stop = new AbortController();
  const connection = connect(settings, world, stop.signal);
  const ask = (path = '/path') => connection.ask({ path }, ({ status, text }) => `${status} ${text}`);
  return { ask, asked, world, stop, connection };
}

/** Fails some times, then answers. */
function failing(times: number, fail: Handler): Handler {
  let count = 0;
  return (asked, response) => (++count <= times ? fail(asked, response) : void response.end('good'));
}

describe('the way to a source', () => {
  test('has the secrets of the environment in path and headers, and shows them nowhere', async () => {
    const { ask, asked, connection } = await open((_, response) => response.end('good'));
    expect(await ask()).toBe('200 good');
    expect(asked[0].path).toBe(`/v1/${secret}/path`);
    expect(asked[0].headers['x-key']).toBe(`Key ${secret}`);
    const { message } = connection.error('answer', `got ${connection.quote(`no access for ${secret}`)}`);
    expect(message).toMatch(/^bitcoin, source 1 \(esplora at 127\.0\.0\.1:[0-9]+\): got "no access for …"$/);
  });

  test.each<[string, Handler]>([
    ['status 503', (_, response) => void response.writeHead(503).end()],
    ['status 500 of a server in front', (_, response) => void response.writeHead(500).end('<html>')],
    ['status 429', (_, response) => void response.writeHead(429).end()],
    ['a connection that breaks off', (_, response) => response.destroy()],
    [
      'an answer that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
      },
    ],
    [
      'chunks that break off',
      (_, response) => {
        response.writeHead(200).write('half', () => response.destroy());
      },
    ],
  ])('is tried again after %s, each time after a longer pause', async (_, fail) => {
    const { ask, asked, world } = await open(failing(2, fail));
    expect(await ask()).toBe('200 good');
    expect(asked).toHaveLength(3);
    expect(world.pauses.filter((pause) => pause > 1)).toEqual([375, 750]);
  });

  test('is given up after the attempts of the file', async () => {
    const { ask, asked } = await open((_, response) => void response.writeHead(502).end());
    await expect(ask()).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringMatching(/502, after 3/) });
    expect(asked).toHaveLength(3);
  });

  test('waits as long as it is asked to', async () => {
    const limit: Handler = (_, response) => void response.writeHead(429, { 'retry-after': '7' }).end();
    const { ask, world } = await open(failing(1, limit));
    expect(await ask()).toBe('200 good');
    expect(world.pauses).toContain(7000);
    const date = new Date(Date.UTC(2026, 0, 31) + 9000).toUTCString();
    const dated: Handler = (_, response) => void response.writeHead(503, { 'retry-after': date }).end();
    const other = await open(failing(1, dated));
    expect(await other.ask()).toBe('200 good');
    expect(other.world.pauses).toContain(9000);
  });

  test('does not wait for hours', async () => {
    const { ask } = await open((_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end());
    await expect(ask()).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining('in 3600 s') });
  });

  test('ends in time, though the source keeps sending', async () => {
    const dripping: Handler = (_, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const { ask } = await open(dripping, { timeoutSeconds: 0.2, attempts: 2 });
    await expect(ask()).rejects.toThrow('no whole answer in time, after 2 attempts');
  });

  test('ends when nobody answers at all', async () => {
    const { ask } = await open(() => {}, { timeoutSeconds: 0.1, attempts: 1 });
    await expect(ask()).rejects.toThrow('no whole answer in time');
  });

  test('reads no more than the limit', async () => {
    let sent = 0;
    const endless: Handler = (_, response) => {
      const more = () => {
        if (!response.destroyed && ++sent < 10_000) response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      more();
    };
    const { ask } = await open(endless, { maxAnswerBytes: 100_000 });
    const failure = { kind: 'answer', message: expect.stringContaining('at most 100000 bytes') };
    await expect(ask()).rejects.toMatchObject(failure);
    expect(sent).toBeLessThan(1000);
  });

  test.each<[string, Handler, string, string]>([
    ['redirect', (_, response) => void response.writeHead(302, { location: '/' }).end(), 'refused', 'got a redirect'],
    ['refusal', (_, response) => void response.writeHead(401).end(), 'refused', 'got status 401'],
    [
      'compression',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
      'answer',
      'compr',
    ],
    ['other bytes', (_, response) => void response.end(Buffer.from([0xff, 0xfe])), 'answer', 'expected text in UTF-8'],
  ])('takes no %s, and does not ask again', async (_, handler, kind, message) => {
    const { ask, asked } = await open(handler);
    await expect(ask()).rejects.toMatchObject({ kind, message: expect.stringContaining(message) });
    expect(asked).toHaveLength(1);
  });

  test('is refused where nobody listens, after all attempts', async () => {
    const { connection } = await open(() => {});
    const settings = { ...connection.settings, url: new URL('http://127.0.0.1:1') };
    const { ask } = connect(settings, fakeWorld(), new AbortController().signal);
    await expect(ask({}, () => 1)).rejects.toThrow('the connection was refused, after 3 attempts');
  });

  test('ends at once when it is told to', async () => {
    const reason = new Error('told to');
    // Once the request is there, which nobody answers.
    const { ask, stop } = await open(() => stop.abort(reason));
    await expect(ask()).rejects.toBe(reason);
  });

  test('keeps its pace', async () => {
    const { ask, world } = await open((_, response) => response.end('good'), { requestsPerSecond: 4 });
    await Promise.all([ask(), ask(), ask()]);
    expect(world.pauses).toEqual([250, 500]);
  });
});
