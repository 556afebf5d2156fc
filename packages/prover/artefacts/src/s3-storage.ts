/**
 * Storage in a bucket of an S3 server.
 *
 * The digest of an object, SHA-256, is signed with the request that stores it, kept beside it, and compared when it is
 * fetched. A large object is one streamed request, of at most 5 GiB: of it, only what is on its way is in memory.
 *
 * Whether a name is taken is asked for before, and by `If-None-Match`. A server may ignore that header, so nothing relies
 * on it: whoever may meet another at one name draws a part of it at random.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ArtefactContent,
  ArtefactDamagedError,
  ArtefactExistsError,
  ArtefactMissingError,
  type ArtefactStorage,
  assertArtefactName,
  assertArtefactPrefix,
  isArtefactName,
  maxFetchedSize,
  StorageError,
} from './artefact-storage.js';
import { named, replaceFile } from './local-files.js';
import {
  createS3Client,
  readText,
  type S3Answer,
  type S3Body,
  type S3Client,
  S3Fault,
  type S3Key,
  type S3Limits,
  type S3Place,
  type S3Request,
} from './s3-client.js';

export interface S3Settings extends S3Place, S3Limits {
  /** What all keys begin with: empty, or folders and a slash. */
  readonly prefix: string;
  /** How often a request is sent that fails for reasons that may pass. */
  readonly attempts: number;
}

const digestHeader = 'x-amz-meta-sha256';
const maxObjectSize = 5 * 2 ** 30;
/** As many objects as a server gives at once; a key has at most 1024 bytes, three times that as a URL. */
const maxPageKeys = 1000;
const maxPageSize = 2 ** 22;
const maxListPages = 10_000;
/** Far more than any run has, and little enough to be held. */
const maxListedNames = 2 ** 20;
/** Answers whose bytes say nothing. */
const maxEmptySize = 2 ** 16;
const probeName = '.none';
const parallelDeletes = 8;
const firstPauseMs = 200;
const longestPauseMs = 20_000;

interface Bucket {
  readonly label: string;
  readonly client: S3Client;
  readonly settings: S3Settings;
}

/** Opens storage in a bucket, which must be there. Throws a StorageError when it cannot be used. */
export async function openS3Storage(settings: S3Settings, key: S3Key): Promise<ArtefactStorage> {
  const { bucket, endpoint, prefix } = settings;
  const label = `s3://${bucket}/${prefix} at ${new URL(endpoint).host}`;
  const here: Bucket = { label, client: createS3Client(settings, key, settings), settings };
  // Nothing is called so; the answer tells whether the bucket is there and the key may list it.
  await listPage(here, `${prefix}${probeName}`, undefined, undefined);
  return {
    label,
    async put(name, content, signal) {
      assertArtefactName(name);
      signal?.throwIfAborted();
      const body = await named(`${name}: ${here.label}`, () => measure(content, signal));
      if (body.size > maxObjectSize) {
        throw new StorageError(`${name}: expected at most ${maxObjectSize} bytes, got ${body.size}`);
      }
      await putObject(here, name, body, signal);
    },
    async get(name, signal) {
      assertArtefactName(name);
      return fetchObject(here, name, signal, (answer) => takeBytes(name, answer));
    },
    async getToFile(name, path, signal) {
      assertArtefactName(name);
      await fetchObject(here, name, signal, (answer) => takeFile(name, answer, path));
    },
    async list(start, signal) {
      assertArtefactPrefix(start);
      const names: string[] = [];
      let token: string | undefined;
      for (let page = 0; page === 0 || token !== undefined; page++) {
        if (page === maxListPages) throw new StorageError(`${label}: expected an end of the list of objects, got none`);
        const found = await listPage(here, `${prefix}${start}`, token, signal);
        names.push(...found.keys.map((listed) => listed.slice(prefix.length)).filter(isArtefactName));
        if (names.length > maxListedNames) {
          throw new StorageError(`${label}: expected a list of at most ${maxListedNames} objects, got more`);
        }
        token = found.next;
      }
      return names.sort();
    },
    async delete(names, signal) {
      names.forEach(assertArtefactName);
      const left = [...names];
      const deleteNext = async () => {
        for (let name = left.pop(); name !== undefined; name = left.pop()) await deleteObject(here, name, signal);
      };
      await Promise.all(Array.from({ length: parallelDeletes }, deleteNext));
    },
  };
}

/** Sends a request, again after a while when what failed may pass. */
async function send<Value>(
  { label, client, settings }: Bucket,
  name: string,
  request: S3Request,
  take: (answer: S3Answer) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(request, take);
    } catch (error) {
      if (!(error instanceof S3Fault)) throw error;
      if (!error.isPassing) throw refusal(label, name, error);
      if (attempt >= settings.attempts) {
        const message = `${name}: ${label}: ${error.message}, ${attempt} times`;
        throw new StorageError(message, { cause: error, isPassing: true });
      }
      // Drawn at random, so that many who were cut off together do not come back together.
      const longest = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      await pause(longest * (0.5 + Math.random() / 2), undefined, { signal: request.signal });
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  InvalidAccessKeyId: 'the server does not know the access key',
  SignatureDoesNotMatch: 'the secret is not that of the access key',
  AccessDenied: 'the access key may not do this',
  RequestTimeTooSkewed: "this machine's clock and the server's differ",
};

function refusal(label: string, name: string, fault: S3Fault): StorageError {
  if (fault.status === 404 && fault.code !== 'NoSuchBucket') {
    return new ArtefactMissingError(`${name}: expected an object, got none`, { cause: fault });
  }
  const reason = fault.code === undefined ? undefined : reasons[fault.code];
  const text = reason === undefined ? fault.message : `${reason} (${fault.message})`;
  return new StorageError(`${name}: ${label}: ${text}`, { cause: fault });
}

async function measure(source: ArtefactContent, signal: AbortSignal | undefined): Promise<S3Body> {
  const digest = createHash('sha256');
  if (source instanceof Uint8Array) {
    return { source, size: source.length, digest: digest.update(source).digest('hex') };
  }
  const { size } = await stat(source.path);
  if (size > 0) {
    for await (const chunk of createReadStream(source.path, { end: size - 1, signal })) digest.update(chunk);
  }
  return { source, size, digest: digest.digest('hex') };
}

async function putObject(here: Bucket, name: string, body: S3Body, signal: AbortSignal | undefined): Promise<void> {
  const key = `${here.settings.prefix}${name}`;
  const headers = { [digestHeader]: body.digest, 'if-none-match': '*' };
  if (await isStored(here, name, body, signal)) return;
  try {
    await named(`${name}: ${here.label}`, () => send(here, name, { method: 'PUT', key, headers, body, signal }, drain));
  } catch (error) {
    // Another was faster; or the answer to an attempt of this one was lost.
    if (statusOf(error) !== 412) throw error;
    if (!(await isStored(here, name, body, signal))) throw error;
  }
}

/** Whether an object has these bytes already. Throws an ArtefactExistsError if it has others. */
async function isStored(here: Bucket, name: string, body: S3Body, signal: AbortSignal | undefined): Promise<boolean> {
  const key = `${here.settings.prefix}${name}`;
  try {
    const digest = await send(here, name, { method: 'HEAD', key, signal }, async (answer) => {
      await drain(answer);
      return answer.headers[digestHeader];
    });
    if (digest === body.digest) return true;
  } catch (error) {
    if (error instanceof ArtefactMissingError) return false;
    throw error;
  }
  throw new ArtefactExistsError(`${name}: expected no other object, got one`);
}

function statusOf(error: unknown): number | undefined {
  const cause = error instanceof StorageError ? error.cause : undefined;
  return cause instanceof S3Fault ? cause.status : undefined;
}

async function drain({ chunks }: S3Answer): Promise<void> {
  await readText(chunks, maxEmptySize);
}

async function fetchObject<Value>(
  here: Bucket,
  name: string,
  signal: AbortSignal | undefined,
  take: (answer: S3Answer) => Promise<Value>,
): Promise<Value> {
  const key = `${here.settings.prefix}${name}`;
  return named(`${name}: ${here.label}`, () => send(here, name, { method: 'GET', key, signal }, take));
}

async function takeBytes(name: string, answer: S3Answer): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  await takeChunks(name, answer, maxFetchedSize, async (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks);
}

async function takeFile(name: string, answer: S3Answer, path: string): Promise<void> {
  await replaceFile(path, (file) => takeChunks(name, answer, maxObjectSize, (chunk) => file.writeFile(chunk)));
}

async function takeChunks(
  name: string,
  { headers, chunks }: S3Answer,
  maxSize: number,
  take: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxSize) throw new StorageError(`${name}: expected at most ${maxSize} bytes, got more`);
    digest.update(chunk);
    await take(chunk);
  }
  const expected = headers[digestHeader];
  if (expected !== undefined && expected !== digest.digest('hex')) {
    throw new ArtefactDamagedError(`${name}: expected the bytes that were stored, got ${size} others`);
  }
}

async function deleteObject(here: Bucket, name: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await send(here, name, { method: 'DELETE', key: `${here.settings.prefix}${name}`, signal }, drain);
  } catch (error) {
    if (!(error instanceof ArtefactMissingError)) throw error;
  }
}

interface ListPage {
  readonly keys: readonly string[];
  readonly next: string | undefined;
}

async function listPage(
  here: Bucket,
  prefix: string,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ListPage> {
  const query = {
    'list-type': '2',
    prefix,
    'encoding-type': 'url',
    'max-keys': String(maxPageKeys),
    ...(token !== undefined && { 'continuation-token': token }),
  };
  const text = await send(here, 'list of objects', { method: 'GET', query, signal }, ({ chunks }) =>
    readText(chunks, maxPageSize),
  );
  if (!text.includes('<ListBucketResult')) {
    throw new StorageError(`${here.label}: expected a list of objects, got something else`);
  }
  const listed = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)];
  if (listed.length > maxPageKeys) {
    throw new StorageError(`${here.label}: expected at most ${maxPageKeys} objects at once, got ${listed.length}`);
  }
  const keys = listed.map(([, key]) => decoded(key));
  const next = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1];
  return { keys: keys.filter((key) => key.startsWith(prefix)), next: next && unescaped(next) };
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(unescaped(key));
  } catch {
    // No artefact is called so.
    return '';
  }
}

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name]);
}
