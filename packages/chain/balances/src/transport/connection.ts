/** The way to one source: requests at its pace, again after failures that pass, and answers as text. */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { SourceError, type SourceErrorKind } from '../source-error.js';
import type { SourceSettings } from '../source-settings.js';
import { type ExchangeAnswer, ExchangeError, exchange } from './exchange.js';
import { createPacer } from './pacer.js';
import type { World } from './world.js';

/** What to ask. */
export interface SourceRequest {
  /** Appended to the path of the source's URL; starts with a slash. */
  readonly path?: string;
  /** Added to the query of the source's URL. */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent with POST as JSON. */
  readonly body?: string;
  /** Instead of the source's own time-out. */
  readonly timeoutMs?: number;
  /** Instead of the source's own limit. */
  readonly maxBytes?: number;
}

/** An answer with status 200, or with another one that the caller reads. */
export interface SourceAnswer {
  readonly status: number;
  readonly text: string;
}

/** A failure that may pass: the request is sent again. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure';
  /** What the source asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Connection {
  readonly settings: SourceSettings;
  readonly world: World;
  readonly signal: AbortSignal;
  /** An error that names the source. */
  error(kind: SourceErrorKind, what: string): SourceError;
  /** A text from the source for people: one line, shortened, without our secrets. */
  quote(text: string): string;
  /** Sends a request, and `read`s its answer; again when that, or the way there, fails in a way that may pass. */
  ask<Value>(request: SourceRequest, read: (answer: SourceAnswer) => Value): Promise<Value>;
}

/** First and longest pause before a request is sent again; each is twice the one before. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** Longest pause that a source can ask for. */
const longestRetryAfterMs = 120_000;

export function connect(settings: SourceSettings, world: World, signal: AbortSignal): Connection {
  const pace = createPacer(settings.requestsPerSecond, world);
  const error = (kind: SourceErrorKind, what: string) => new SourceError(kind, `${settings.title}: ${what}`);
  const quote = (text: string) => quoteExcerpt(hideSecrets(text, settings.secrets));

  const askOnce = async <Value>(request: SourceRequest, read: (answer: SourceAnswer) => Value): Promise<Value> => {
    await pace(signal);
    const { body, timeoutMs = settings.timeoutMs, maxBytes = settings.maxAnswerBytes } = request;
    const url = extendUrl(settings.url, request);
    const headers = { ...settings.headers, accept: 'application/json', ...(body && jsonContent) };
    const answer = await exchange({ url, headers, timeoutMs, maxBytes, signal, ...(body && { body }) });
    return read(checkStatus(answer));
  };

  const checkStatus = ({ status, retryAfter, body }: ExchangeAnswer): SourceAnswer => {
    if (mayPass(status, body)) throw new PassingFailure(`status ${status}`, retryAfterMs(retryAfter, world.now()));
    if (status >= 300 && status < 400) throw error('refused', 'expected an answer, got a redirect (none is followed)');
    if (status === 401 || status === 403) throw error('refused', `expected access, got status ${status}`);
    try {
      return { status, text: new TextDecoder('utf-8', { fatal: true }).decode(body) };
    } catch {
      throw error('answer', 'expected text in UTF-8, got other bytes');
    }
  };

  const ask = async <Value>(request: SourceRequest, read: (answer: SourceAnswer) => Value): Promise<Value> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await askOnce(request, read);
      } catch (failure) {
        const { what, pauseMs } = describePassing(failure, request.maxBytes ?? settings.maxAnswerBytes, error);
        if (attempt === settings.attempts) throw error('unreachable', `${what}, after ${attempt} attempts`);
        if (pauseMs !== undefined && pauseMs > longestRetryAfterMs) {
          throw error('unreachable', `${what}, to be asked again in ${Math.ceil(pauseMs / 1000)} s`);
        }
        const doubled = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
        // Half of it by chance, so that many clients that failed together do not come back together.
        await world.sleep(Math.max(pauseMs ?? 0, doubled * (0.5 + world.random() / 2)), signal);
      }
    }
  };
  return { settings, world, signal, error, quote, ask };
}

const jsonContent = { 'content-type': 'application/json' };
/** Too early, too many requests, and what servers in front of nodes say while those are away. */
const passingStatuses = new Set([408, 425, 429, 502, 503, 504]);
/** Bitcoin's nodes answer errors of a call with status 500; what is not JSON is of a server in front of a node. */
function mayPass(status: number, body: Uint8Array): boolean {
  return passingStatuses.has(status) || (status >= 500 && body[0] !== 0x7b && body[0] !== 0x5b);
}

/** What may pass on the way there. */
const passingCodes: Readonly<Record<string, string>> = {
  timeout: 'no whole answer in time',
  truncated: 'the answer broke off',
  ECONNRESET: 'the connection broke off',
  ECONNREFUSED: 'the connection was refused',
  ECONNABORTED: 'the connection broke off',
  EPIPE: 'the connection broke off',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EAI_AGAIN: 'the name of the host could not be resolved',
  ENOTFOUND: 'no host has this name',
};

/** What of a failure may pass, in words; throws what does not. */
function describePassing(
  failure: unknown,
  maxBytes: number,
  error: Connection['error'],
): { what: string; pauseMs: number | undefined } {
  if (failure instanceof PassingFailure) return { what: failure.message, pauseMs: failure.retryAfterMs };
  if (!(failure instanceof ExchangeError)) throw failure;
  const { code } = failure;
  if (code === 'too-large') throw error('answer', `expected an answer of at most ${maxBytes} bytes, got a larger one`);
  if (code === 'encoding') throw error('answer', 'expected an answer as it is, got a compressed one');
  const what = passingCodes[code];
  // Certificates, protocols: what another attempt does not mend.
  if (what === undefined) throw error('unreachable', `no connection: ${code}`);
  return { what, pauseMs: undefined };
}

function extendUrl(base: URL, { path = '', query = {} }: SourceRequest): URL {
  const url = new URL(base);
  if (path !== '') url.pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** Seconds, or a date (RFC 9110 §10.2.3); undefined for anything else. */
function retryAfterMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, '…');
  return shown;
}
