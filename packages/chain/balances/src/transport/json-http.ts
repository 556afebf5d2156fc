/** Requests over HTTP whose answers are JSON of a shape that is expected. */
import type * as z from 'zod/mini';
import { describeIssue } from '../describe-issue.js';
import type { Connection, SourceRequest } from './connection.js';
import { parseExactJson } from './exact-json.js';

/** What to ask; a `json` is sent with POST. */
export interface JsonRequest extends Pick<SourceRequest, 'path' | 'query' | 'timeoutMs' | 'maxBytes'> {
  readonly json?: unknown;
}

/** An answer in JSON with status 200, of the shape that is expected. */
export function askJson<Value>(
  connection: Connection,
  request: JsonRequest,
  schema: z.ZodMiniType<Value>,
  about: string,
): Promise<Value> {
  return ask(connection, request, about, ({ status, value, found }) => {
    if (status === 200) return readShape(connection, schema, value, about, found);
    throw connection.error('answer', `${about}: expected another answer, got ${found}`);
  });
}

/** As `askJson`, and undefined where the source says with status 404, in the shape of `absent`, that there is no such thing. */
export function askJsonIfAny<Value>(
  connection: Connection,
  request: JsonRequest,
  schema: z.ZodMiniType<Value>,
  absent: z.ZodMiniType,
  about: string,
): Promise<Value | undefined> {
  return ask(connection, request, about, ({ status, value, found }) => {
    if (status === 404 && absent.safeParse(value).success) return undefined;
    if (status === 200) return readShape(connection, schema, value, about, found);
    throw connection.error('answer', `${about}: expected another answer, got ${found}`);
  });
}

interface JsonAnswer {
  readonly status: number;
  readonly value: unknown;
  /** For people. */
  readonly found: string;
}

function ask<Value>(
  connection: Connection,
  { json, ...request }: JsonRequest,
  about: string,
  read: (answer: JsonAnswer) => Value,
): Promise<Value> {
  const sent = json === undefined ? request : { ...request, body: JSON.stringify(json) };
  return connection.ask(sent, ({ status, text }) => {
    const found = `status ${status} with ${connection.quote(text)}`;
    let value: unknown;
    try {
      value = parseExactJson(text);
    } catch {
      throw connection.error('answer', `${about}: expected JSON, got ${found}`);
    }
    return read({ status, value, found });
  });
}

function readShape<Value>(
  connection: Connection,
  schema: z.ZodMiniType<Value>,
  value: unknown,
  about: string,
  found: string,
): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw connection.error('answer', `${about}: expected another answer, got ${found} (${describeIssue(parsed.error)})`);
}
