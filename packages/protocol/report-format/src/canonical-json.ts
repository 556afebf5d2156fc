/** Canonical JSON (RFC 8785, spec §7.4): one byte string for a value. Other bytes for it are refused. */
import { bytesEqual, utf8ToBytes } from '@solvent/commitment/bytes';
import canonicalize from 'canonicalize';
import { quoteExcerpt } from './amounts.js';
import { decodeUtf8 } from './utf8.js';

/** The canonical bytes of a JSON value: UTF-8, sorted keys, no white space. Amounts are decimal strings, never bigints. */
export function encodeCanonicalJson(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('canonical JSON: expected a JSON value, got undefined');
  return utf8ToBytes(text);
}

/** What a reader of canonical JSON returns: the value, or in words what is wrong with the bytes. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: string };

/** A shape check for parsed JSON; the schemas of zod satisfy it. */
export interface Schema<Value> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Value }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

/** Reads bytes that must be the canonical form of a value of the given shape. Never throws. */
export function decodeCanonicalJson<Value>(bytes: Uint8Array, maxSize: number, schema: Schema<Value>): Decoded<Value> {
  if (bytes.length > maxSize) return { ok: false, fault: `expected at most ${maxSize} bytes, got ${bytes.length}` };
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeUtf8(bytes));
  } catch (error) {
    // The engine's message can quote the bytes.
    return { ok: false, fault: `not JSON in UTF-8: ${quoteExcerpt(error instanceof Error ? error.message : '')}` };
  }
  try {
    return checkParsed(parsed, bytes, schema);
  } catch {
    // An engine that runs out of stack or string length says no more of hostile bytes than that they are not right.
    return { ok: false, fault: 'too large or too deep to be checked' };
  }
}

function checkParsed<Value>(parsed: unknown, bytes: Uint8Array, schema: Schema<Value>): Decoded<Value> {
  const checked = schema.safeParse(parsed);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const place = issue.path.map(String).join('.') || 'the top';
    return { ok: false, fault: `at ${printable(place)}: ${printable(issue.message)}` };
  }
  // The shape is checked first, so that what is made canonical has bounded depth.
  if (!bytesEqual(encodeCanonicalJson(checked.data), bytes)) {
    return { ok: false, fault: 'not in canonical form (RFC 8785)' };
  }
  return { ok: true, value: checked.data };
}

/** A text that can hold names from the bytes, made safe to print. */
function printable(text: string): string {
  return quoteExcerpt(text).slice(1, -1);
}
