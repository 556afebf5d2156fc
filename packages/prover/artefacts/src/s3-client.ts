/** Requests to an S3 server: signed, bounded in time, one attempt each. */
import { createReadStream } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';

/** What signs requests. Kept out of every message. */
export interface S3Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface S3Place {
  /** URL of the server, such as `https://s3.example`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
}

/** Limits of one attempt. */
export interface S3Limits {
  /** Longest time without a byte in either direction. */
  readonly idleSeconds: number;
  /** What a transfer must reach on average, after twice `idleSeconds`. */
  readonly bytesPerSecond: number;
}

/** A body of known size and digest: bytes, or the beginning of a file. */
export interface S3Body {
  readonly source: Uint8Array | { readonly path: string };
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Key of an object; empty for the bucket. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: S3Body;
  readonly signal?: AbortSignal | undefined;
}

/** An answer that is no success, or none. `isPassing`: the same request may succeed later. */
export class S3Fault extends Error {
  override readonly name = 'S3Fault';
  readonly status: number | undefined;
  /** The server's code, such as `NoSuchBucket`. */
  readonly code: string | undefined;
  readonly isPassing: boolean;

  constructor(message: string, isPassing: boolean, status?: number, code?: string, cause?: unknown) {
    super(message, { cause });
    this.isPassing = isPassing;
    this.status = status;
    this.code = code;
  }
}

/** Gives the body of an answer, piece by piece, to whoever asked. */
export interface S3Answer {
  readonly headers: IncomingMessage['headers'];
  readonly chunks: AsyncIterable<Buffer>;
}

/** Sends requests. */
export interface S3Client {
  /** Sends a request and hands the answer to `take`. Throws an S3Fault, or what `take` throws. */
  send<Value>(request: S3Request, take: (answer: S3Answer) => Promise<Value>): Promise<Value>;
}

/** SHA-256 of nothing. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Answers that tell of the server's state, not of the request. */
const passingStatuses: readonly number[] = [408, 409, 425, 429, 500, 502, 503, 504];
/** Codes of status 400 that do so, too: the body was cut on its way, or arrived otherwise than it was signed. */
const passingCodes: readonly string[] = ['RequestTimeout', 'IncompleteBody', 'BadDigest', 'XAmzContentSHA256Mismatch'];
const errorBodySize = 65_536;

/** Makes a client. Connections are kept while it is used; an idle one keeps no process running. */
export function createS3Client(place: S3Place, key: S3Key, limits: S3Limits): S3Client {
  const transport = new URL(place.endpoint).protocol === 'https:' ? https : http;
  // The certificate must verify, whatever the environment says.
  const agent = new transport.Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: true });
  return {
    async send(request, take) {
      const { url, headers } = await sign(place, key, request);
      const idleMs = 1000 * limits.idleSeconds;
      const watch = watchPace(limits, request.signal);
      let idle: S3Fault | undefined;
      let sent: http.ClientRequest | undefined;
      try {
        sent = transport.request(url, { method: request.method, headers, agent, signal: watch.signal });
        sent.setTimeout(idleMs, () => {
          idle = new S3Fault(`no byte for ${limits.idleSeconds} s`, true);
          sent?.destroy(idle);
        });
        const answer = await exchange(sent, request.body, watch.count);
        if ((answer.statusCode ?? 0) >= 300) throw await faultOf(answer);
        return await take({ headers: answer.headers, chunks: counted(answer, watch.count) });
      } catch (error) {
        throw watch.faultOf(idle ?? error);
      } finally {
        watch.end();
        // A server that answers before it has the whole body would be waited for, with the file open.
        if (sent?.writableFinished === false) sent.destroy();
      }
    },
  };
}

async function sign({ endpoint, bucket, region }: S3Place, key: S3Key, request: S3Request) {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}${request.key ? `/${request.key}` : ''}`);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const { accessKeyId, secretAccessKey, sessionToken } = key;
  const signed = await new AwsV4Signer({
    method: request.method,
    url: url.href,
    headers: { ...request.headers, 'x-amz-content-sha256': request.body?.digest ?? emptyDigest },
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    service: 's3',
    region,
  }).sign();
  const headers = Object.fromEntries(signed.headers);
  return { url: signed.url, headers: { ...headers, 'content-length': String(request.body?.size ?? 0) } };
}

// An answer that comes before the whole body was taken is the answer: what is left of the body is nobody's business.
async function exchange(
  sent: http.ClientRequest,
  body: S3Body | undefined,
  count: (size: number) => void,
): Promise<IncomingMessage> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    // One that comes after the answer is nobody's business either.
    sent.on('error', reject);
  });
  answered.catch(() => {});
  if (body === undefined || body.size === 0) {
    sent.end();
  } else if (body.source instanceof Uint8Array) {
    sent.end(body.source);
  } else {
    const { path } = body.source;
    const sending = pipeline(counted(createReadStream(path, { end: body.size - 1 }), count), sent);
    // A file that cannot be read ends the request; then what the server says to half of it does not count.
    const unreadable = sending.then(
      () => answered,
      (error) => (isFileError(error, path) ? Promise.reject(error) : answered),
    );
    return Promise.race([answered, unreadable]);
  }
  return answered;
}

function isFileError(error: unknown, path: string): boolean {
  return (error as NodeJS.ErrnoException).path === path;
}

async function* counted(chunks: AsyncIterable<Buffer>, count: (size: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

async function faultOf(answer: IncomingMessage): Promise<S3Fault> {
  const { statusCode: status = 0 } = answer;
  const text = await readText(answer, errorBodySize).catch(() => '');
  const code = /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(text)?.[1];
  const isPassing = passingStatuses.includes(status) || (code !== undefined && passingCodes.includes(code));
  return new S3Fault(`the server answered ${status}${code ? ` ${code}` : ''}`, isPassing, status, code);
}

/** A short answer as text. Throws an S3Fault for a longer one. */
export async function readText(chunks: AsyncIterable<Buffer>, maxSize: number): Promise<string> {
  const taken: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    taken.push(chunk);
    size += chunk.length;
    if (size > maxSize) throw new S3Fault(`the server's answer has more than ${maxSize} bytes`, false);
  }
  return Buffer.concat(taken).toString('utf8');
}

/** Ends an attempt that is too slow, and tells its end from the end that the caller asked for. */
function watchPace({ idleSeconds, bytesPerSecond }: S3Limits, asked: AbortSignal | undefined) {
  asked?.throwIfAborted();
  const controller = new AbortController();
  const started = performance.now();
  let transferred = 0;
  let tooSlow: S3Fault | undefined;
  const stop = () => controller.abort(asked?.reason);
  asked?.addEventListener('abort', stop, { once: true });
  const timer = setInterval(() => {
    const seconds = (performance.now() - started) / 1000 - 2 * idleSeconds;
    if (transferred >= seconds * bytesPerSecond) return;
    tooSlow = new S3Fault(`slower than ${bytesPerSecond} bytes a second`, true);
    controller.abort(tooSlow);
  }, 250);
  timer.unref();
  return {
    signal: controller.signal,
    count(size: number) {
      transferred += size;
    },
    end() {
      clearInterval(timer);
      asked?.removeEventListener('abort', stop);
    },
    faultOf(error: unknown): unknown {
      if (asked?.aborted) return asked.reason;
      return tooSlow ?? networkFault(error);
    },
  };
}

/** Errors of connections, which may pass. */
const networkCodes: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EAI_AGAIN', 'ENOTFOUND', 'ERR_STREAM_PREMATURE_CLOSE'],
];

function networkFault(error: unknown): unknown {
  if (error instanceof S3Fault || !(error instanceof Error)) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const isNetwork = networkCodes.includes(code) || /^(HPE_|ERR_SSL|ERR_TLS|CERT_|DEPTH_|SELF_|UNABLE_)/.test(code);
  if (!isNetwork) return error;
  const isPassing = networkCodes.includes(code) || code.startsWith('HPE_');
  return new S3Fault(`the connection failed (${code})`, isPassing, undefined, undefined, error);
}
