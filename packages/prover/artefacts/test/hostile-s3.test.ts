import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ArtefactDamagedError,
  ArtefactExistsError,
  ArtefactMissingError,
  StorageError,
} from '@solvent/artefacts/artefact-storage';
import { openS3Storage } from '@solvent/artefacts/s3-storage';
import { openArtefact, sealArtefact } from '@solvent/artefacts/sealed-artefact';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { describe, expect, it } from 'vitest';
import { type Handler, refuse, startOwnServer } from './support/own-server.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const name = 'runs/0a/segment-0000/task.bin';
const key = { accessKeyId: 'known', secretAccessKey: 'hidden-0123' };
const bytes = randomBytes(100_000);

async function openAt(handler: Handler, more: object = {}) {
  const { url, requests } = await startOwnServer(handler);
  // Longer than a busy machine leaves this process alone; tests of silence say less.
  const limits = { attempts: 3, idleSeconds: 30, bytesPerSecond: 1000 };
  const place = { endpoint: url, bucket: 'artefacts', region: 'us-east-1', prefix: '' };
  return { storage: await openS3Storage({ ...place, ...limits, ...more }, key), requests };
}

/** Answers reads of an object that has these bytes, as `send` sends them. */
const serving =
  (send: Handler): Handler =>
  (req, res) => {
    res.setHeader('x-amz-meta-sha256', createHash('sha256').update(bytes).digest('hex'));
    send(req, res);
  };

/** Takes the whole body, then answers. */
const taking =
  (answer: Handler): Handler =>
  (req, res) => {
    if (req.method === 'HEAD') return refuse(res, 404, 'NoSuchKey');
    req.resume().on('end', () => answer(req, res));
  };

describe('an S3 server that fails', () => {
  it.each([
    ['a busy server', (_req, res) => refuse(res, 503, 'SlowDown'), 'the server answered 503 SlowDown, 3 times'],
    ['a connection that is cut', (req) => req.socket.destroy(), 'the connection failed (ECONNRESET), 3 times'],
    [
      'half an object, then the end',
      serving(
        (_req, res) =>
          void res.writeHead(200, { 'Content-Length': 100_000 }).write(bytes.subarray(0, 50_000), () => res.destroy()),
      ),
      'the connection failed (ECONNRESET), 3 times',
    ],
    ['no HTTP at all', (req) => void req.socket.end('what?'), 'the connection failed (HPE_INVALID_CONSTANT), 3 times'],
  ] as [string, Handler, string][])(
    'is asked again some times, then named with the object: %s',
    async (_, handler, message) => {
      const { storage, requests } = await openAt(handler);
      const fetching = storage.getToFile(name, join(folder, 'target.bin'));
      await expect(fetching).rejects.toThrow(StorageError);
      await expect(fetching).rejects.toThrow(`${name}: s3://artefacts/`);
      await expect(fetching).rejects.toThrow(message);
      expect(requests).toHaveLength(3);
      expect(readdirSync(folder).filter((file) => file.startsWith('target'))).toEqual([]);
    },
  );

  it.each([
    ['no answer', () => {}],
    [
      'half an object',
      serving((_req, res) => void res.writeHead(200, { 'Content-Length': 100_000 }).write(bytes.subarray(0, 50_000))),
    ],
  ] as [string, Handler][])('is given up when it falls silent: %s', async (_, handler) => {
    const { storage, requests } = await openAt(handler, { idleSeconds: 0.5 });
    await expect(storage.get(name)).rejects.toThrow('no byte for 0.5 s, 3 times');
    expect(requests).toHaveLength(3);
  });

  it('is asked again, and the whole object is taken when it comes', async () => {
    let count = 0;
    const { storage, requests } = await openAt(
      serving((req, res) => {
        count++;
        if (count === 1) return refuse(res, 500, 'InternalError');
        if (count === 2)
          return void res.writeHead(200, { 'Content-Length': 100_000 }).write('half', () => req.socket.destroy());
        res.end(bytes);
      }),
    );
    expect(Buffer.from(await storage.get(name)).equals(bytes)).toBe(true);
    expect(requests).toHaveLength(3);
  });

  it.each([
    [403, 'AccessDenied', 'the access key may not do this'],
    [403, 'RequestTimeTooSkewed', "this machine's clock"],
    [404, 'NoSuchBucket', 'there is no such bucket'],
    [301, 'PermanentRedirect', 'the server answered 301 PermanentRedirect'],
    [418, '<script>', 'the server answered 418'],
  ])('is not asked again after a refusal: %i %s', async (status, code, message) => {
    const { storage, requests } = await openAt((_req, res) => refuse(res, status, code));
    const fetching = storage.get(name);
    await expect(fetching).rejects.toThrow(message);
    await expect(fetching).rejects.toThrow(name);
    await expect(fetching).rejects.not.toThrow(/hidden|script/);
    await expect(fetching).rejects.not.toThrow(ArtefactMissingError);
    expect(requests).toHaveLength(1);
  });

  it('that drips an object is given up', async () => {
    const { storage } = await openAt(
      (_req, res) => {
        const timer = setInterval(() => res.write('.'), 50);
        res.on('close', () => clearInterval(timer));
      },
      // On a busy machine the drops come late: later than this, it would be silence.
      { attempts: 1, idleSeconds: 2 },
    );
    await expect(storage.get(name)).rejects.toThrow('slower than 1000 bytes a second');
  });

  const largeFile = () => {
    const path = join(folder, 'large.bin');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 26);
    return path;
  };

  it('that takes nothing of an object is given up', async () => {
    const handler: Handler = (req, res) => {
      if (req.method === 'HEAD') return refuse(res, 404, 'NoSuchKey');
      req.pause();
    };
    const { storage } = await openAt(handler, { idleSeconds: 0.5 });
    await expect(storage.put(name, { path: largeFile() })).rejects.toThrow('no byte for 0.5 s, 3 times');
  });

  it('that refuses an object before it has it is heard, and sent no more of it', async () => {
    let taken = 0;
    const { storage, requests } = await openAt((req, res) => {
      if (req.method === 'HEAD') return refuse(res, 404, 'NoSuchKey');
      req.socket.on('close', () => (taken = req.socket.bytesRead));
      refuse(res, 403, 'AccessDenied');
    });
    await expect(storage.put(name, { path: largeFile() })).rejects.toThrow('the access key may not do this');
    expect(requests).toHaveLength(2);
    await expect.poll(() => taken, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(taken).toBeLessThan(2 ** 26);
  });

  it('that cuts the connection while it is sent an object is tried again', async () => {
    const { storage, requests } = await openAt((req, res) => {
      if (req.method === 'HEAD') return refuse(res, 404, 'NoSuchKey');
      req.socket.destroy();
    });
    await expect(storage.put(name, { path: largeFile() })).rejects.toThrow(
      /the connection failed \((ECONNRESET|EPIPE)\), 3 times/,
    );
    expect(requests).toHaveLength(4);
  });

  it('that loses an answer is told again, and the object is found to be there', async () => {
    let stored: string | undefined;
    const { storage, requests } = await openAt((req, res) => {
      if (req.method === 'HEAD') {
        if (stored === undefined) return refuse(res, 404, 'NoSuchKey');
        return void res.setHeader('x-amz-meta-sha256', stored).end();
      }
      if (stored !== undefined) return refuse(res, 412, 'PreconditionFailed');
      req.resume().on('end', () => {
        stored = String(req.headers['x-amz-meta-sha256']);
        req.socket.destroy();
      });
    });
    await storage.put(name, bytes);
    expect(requests.map((request) => request.split(' ')[0])).toEqual(['HEAD', 'PUT', 'PUT', 'HEAD']);
    await expect(storage.put(name, randomBytes(10))).rejects.toThrow(ArtefactExistsError);
  });

  it('gets the digest of what is stored, signed', async () => {
    const sent: Record<string, unknown>[] = [];
    const { storage } = await openAt(
      taking((req, res) => {
        sent.push(req.headers);
        res.end();
      }),
    );
    await storage.put(name, bytes);
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(sent[0]).toMatchObject({
      'x-amz-content-sha256': digest,
      'x-amz-meta-sha256': digest,
      'content-length': '100000',
    });
    expect(String(sent[0].authorization)).toContain('x-amz-content-sha256');
    expect(JSON.stringify(sent[0])).not.toContain('hidden-0123');
  });

  it('stops at once when it is told to', async () => {
    const controller = new AbortController();
    // It would be given up for its silence an hour later.
    const { storage } = await openAt(() => controller.abort(), { idleSeconds: 3600 });
    await expect(storage.get(name, controller.signal)).rejects.toThrow(/abort/i);
  });
});

it('an answer without end to what gives nothing back is refused', async () => {
  const { storage } = await openAt(taking((_req, res) => void res.end(Buffer.alloc(2 ** 16 + 1))));
  await expect(storage.put(name, bytes)).rejects.toThrow(`more than ${2 ** 16} bytes`);
});

describe('an object that is not what was stored', () => {
  const wrong: [string, Uint8Array][] = [
    ['damaged', Buffer.concat([bytes.subarray(0, 500), Buffer.from([bytes[500] ^ 1]), bytes.subarray(501)])],
    ['truncated', bytes.subarray(0, 99_000)],
    ['longer', Buffer.concat([bytes, Buffer.alloc(1)])],
    ['empty', new Uint8Array(0)],
  ];

  it.each(wrong)('is refused by its name where its digest is kept: %s', async (_, others) => {
    const { storage } = await openAt(serving((_req, res) => void res.end(others)));
    await expect(storage.get(name)).rejects.toThrow(ArtefactDamagedError);
    await expect(storage.getToFile(name, join(folder, 'damaged.bin'))).rejects.toThrow(name);
    expect(readdirSync(folder).filter((file) => file.startsWith('damaged'))).toEqual([]);
  });

  it('is refused by its name when all that the bucket says was changed, too', async () => {
    const storeKey = parseStoreKey('ab'.repeat(32));
    const sealed = sealArtefact(bytes, storeKey, name);
    const other = sealArtefact(bytes, storeKey, 'runs/0a/segment-0001/task.bin');
    for (const served of [other, sealed.subarray(0, -1), Buffer.alloc(100)]) {
      const { storage } = await openAt((_req, res) => {
        res.setHeader('x-amz-meta-sha256', createHash('sha256').update(served).digest('hex')).end(served);
      });
      const fetched = await storage.get(name);
      expect(() => openArtefact(fetched, storeKey, name)).toThrow(ArtefactDamagedError);
      expect(() => openArtefact(fetched, storeKey, name)).toThrow(name);
    }
  });
});

describe('a list of objects', () => {
  const page = (keys: readonly string[], next?: string) =>
    `<ListBucketResult>${keys.map((listed) => `<Contents><Key>${listed}</Key></Contents>`).join('')}${
      next ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>` : ''
    }</ListBucketResult>`;

  it('is asked for page by page', async () => {
    const { storage, requests } = await openAt((req, res) => {
      const token = new URL(req.url!, 'http://a').searchParams.get('continuation-token');
      if (token === null) return void res.end(page(['b/two.bin', 'a/one.bin'], 'next&amp;1=/+'));
      res.end(token === 'next&1=/+' ? page(['c/three.bin']) : page(['wrong/token.bin']));
    });
    expect(await storage.list('')).toEqual(['a/one.bin', 'b/two.bin', 'c/three.bin']);
    expect(requests).toHaveLength(2);
  });

  it('leaves out what no artefact is called, and what was not asked for', async () => {
    const keys = ['a/one.bin', 'a/../../etc.bin', 'A/B.bin', 'a/%zz', 'a/%2e%2e/b.bin', 'other/two.bin', 'a/', ''];
    const { storage } = await openAt((_req, res) => void res.end(page(keys)));
    expect(await storage.list('a/')).toEqual(['a/one.bin']);
  });

  it('is refused when it is none, too long, or without end', async () => {
    const page1 = await openAt((_req, res) => void res.end('<html>'));
    await expect(page1.storage.list('')).rejects.toThrow('expected a list of objects');
    const page2 = await openAt((_req, res) => void res.end(Buffer.alloc(2 ** 22 + 1)));
    await expect(page2.storage.list('')).rejects.toThrow(`more than ${2 ** 22} bytes`);
    const names = Array.from({ length: 1001 }, (_, i) => `a/${i}.bin`);
    const page3 = await openAt((_req, res) => void res.end(page(names)));
    await expect(page3.storage.list('')).rejects.toThrow('expected at most 1000 objects at once, got 1001');
    const whole = page(names.slice(1), 'next');
    const page4 = await openAt((_req, res) => void res.end(whole));
    await expect(page4.storage.list('')).rejects.toThrow(`expected a list of at most ${2 ** 20} objects, got more`);
    expect(page4.requests).toHaveLength(1049);
  });

  it('has at most as many objects as a server is asked for at once', async () => {
    const { storage, requests } = await openAt((_req, res) => void res.end(page([])));
    await storage.list('');
    expect(requests[0]).toContain('max-keys=1000');
  });
});
