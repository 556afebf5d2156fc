/** What a database's errors are to whoever uses a store. Their messages may quote values, so only codes are told. */
import { StoreError, StoreUnavailableError } from '@solvent/stark-prover/store-error';

const networkCodes: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // The folder of a Unix socket without a server.
  'ENOENT',
];

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'the password, or the user, is not right',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
  '42501': 'this user may not do this',
  '3F000': 'there are no stores',
  '42P01': 'there is no such store, or it has been removed',
  '53100': "the database's disk is full",
  '55P03': 'another load or removal is under way',
};

/** Whether the same may succeed later: the server is away, starting, stopping or overloaded. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (networkCodes.includes(code) || /^(08|57|53[23])/.test(code)) return true;
  return code === '' && /terminated|timeout|timed out|not queryable|closed/i.test(message);
}

/** Whether a connection was lost that may only have been an old one. */
export function isLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('57P')) return true;
  return code === '' && /terminated|not queryable|closed/i.test(message) && !/timeout/i.test(message);
}

/** @param label what the database is called */
export function databaseError(label: string, error: unknown): unknown {
  if (error instanceof StoreError || error instanceof StoreUnavailableError || !(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  if (isPassing(error)) {
    const what = code ?? (/time/i.test(error.message) ? 'no answer in time' : 'connection lost');
    return new StoreUnavailableError(`${label}: the database cannot be reached (${what})`, { cause: error });
  }
  // The client says so in words alone.
  if (/not support SSL/.test(error.message)) {
    return new StoreError(`${label}: the server has no TLS, which the settings ask for`, { cause: error });
  }
  if (code === undefined) return error;
  return new StoreError(`${label}: ${reasonOf(code)} (${code})`, { cause: error });
}

function reasonOf(code: string): string {
  if (/^(CERT_|DEPTH_|SELF_|UNABLE_|ERR_TLS_CERT_)/.test(code)) return "the server's certificate does not verify";
  return refusals[code] ?? 'the database refused';
}
