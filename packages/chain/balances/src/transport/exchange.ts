/**
 * One request and its answer over HTTP/1.1, bounded in time and size. Redirects are never followed.
 *
 * This is `node:http` and not `fetch`, whose built-in agent gives up when headers take five minutes: a node that scans
 * all unspent outputs sends none before it is done.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface ExchangeRequest {
  readonly url: URL;
  /** Sent with POST; without it the method is GET. */
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the whole exchange, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Most bytes of the answer. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface ExchangeAnswer {
  readonly status: number;
  /** The header `Retry-After`, as it is. */
  readonly retryAfter: string | undefined;
  readonly body: Uint8Array;
}

/** Why there is no answer. `code` is one word: `timeout`, `too-large`, `encoding`, or what the system says. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Sends a request and reads the answer to its end.
 *
 * @throws ExchangeError without an answer; the signal's reason when it is aborted
 */
export async function exchange(request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { signal } = request;
  signal.throwIfAborted();
  try {
    return await send(request);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ExchangeError) throw error;
    // The message of a system error can hold the address and more; its code says enough.
    throw new ExchangeError(String((error as NodeJS.ErrnoException).code ?? 'connection'));
  }
}

function send({ url, body, headers, timeoutMs, maxBytes, signal }: ExchangeRequest): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const sendRequest = url.protocol === 'https:' ? requestHttps : requestHttp;
    const given = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const method = body === undefined ? 'GET' : 'POST';
    const outgoing = sendRequest(url, { method, headers: { ...headers, ...given } });
    const onAbort = () => outgoing.destroy(new ExchangeError('aborted'));
    const timer = setTimeout(() => outgoing.destroy(new ExchangeError('timeout')), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('error', reject);
      if ((incoming.headers['content-encoding'] ?? 'identity') !== 'identity') {
        outgoing.destroy(new ExchangeError('encoding'));
      }
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) outgoing.destroy(new ExchangeError('too-large'));
        else chunks.push(chunk);
      });
      incoming.on('end', () => {
        if (!incoming.complete) return reject(new ExchangeError('truncated'));
        const retryAfter = incoming.headers['retry-after'];
        resolve({ status: incoming.statusCode ?? 0, retryAfter, body: Buffer.concat(chunks) });
      });
      // An answer that is destroyed in its midst may end without an error of its own.
      incoming.on('close', () => reject(outgoing.errored ?? new ExchangeError('truncated')));
    });
    outgoing.end(body);
  });
}
