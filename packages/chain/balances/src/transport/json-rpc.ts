/** JSON-RPC over HTTP: versions 1.0, as Bitcoin's nodes speak it, and 2.0, with batches. */
import * as z from 'zod/mini';
import { describeIssue } from '../describe-issue.js';
import { SourceError } from '../source-error.js';
import { type Connection, PassingFailure, type SourceRequest } from './connection.js';
import { parseExactJson } from './exact-json.js';

/** One call. */
export interface Call<Result> {
  readonly method: string;
  readonly params: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly result: z.ZodMiniType<Result>;
  /** What it is about, for people: an address, a block. */
  readonly about: string;
}

/** The node understood a call and says that it cannot be answered. */
export class CallRefused extends SourceError {
  /** The code of the error. */
  readonly code: number;
  /** What the node says, and the data beside it, as one text in JSON. */
  readonly said: string;

  constructor(message: string, code: number, said: string) {
    super('refused', message);
    this.code = code;
    this.said = said;
  }
}

export interface JsonRpc {
  /** Throws a CallRefused when the node answers with an error, another SourceError for other failures. */
  call<Result>(call: Call<Result>, options?: Pick<SourceRequest, 'timeoutMs' | 'maxBytes'>): Promise<Result>;
  /** The results of several calls in one request, in the order of the calls. */
  batch<Result>(calls: readonly Call<Result>[]): Promise<Result[]>;
}

const answerField = z.object({
  jsonrpc: z.optional(z.enum(['1.0', '2.0'])),
  id: z.union([z.int(), z.string(), z.null()]),
  result: z.optional(z.unknown()),
  error: z.optional(z.nullable(z.looseObject({ code: z.int(), message: z.string() }))),
});
type Answer = z.infer<typeof answerField>;

/** Errors that say "not now": a limit on requests, and a Bitcoin node that starts or scans for somebody else. */
const passingCodes = new Set([429, -32005, -28]);
const passingMessage = /scan already in progress|too many requests|rate limit/i;

export interface JsonRpcOptions {
  /** Codes of errors of this interface that say "not now". */
  readonly passing?: ReadonlySet<number>;
}

export function createJsonRpc(
  connection: Connection,
  version: '1.0' | '2.0',
  { passing = new Set() }: JsonRpcOptions = {},
): JsonRpc {
  let lastId = 0;
  const envelope = ({ method, params }: Call<unknown>) => ({ jsonrpc: version, id: ++lastId, method, params });

  const resultOf = <Result>(answer: Answer, call: Call<Result>): Result => {
    if (answer.error !== undefined && answer.error !== null) {
      const { code, message } = answer.error;
      const said = `${call.method} for ${call.about}: the node says ${connection.quote(message)} (code ${code})`;
      if (passingCodes.has(code) || passing.has(code) || passingMessage.test(message)) throw new PassingFailure(said);
      throw new CallRefused(`${connection.settings.title}: ${said}`, code, JSON.stringify(answer.error));
    }
    const parsed = call.result.safeParse(answer.result);
    if (parsed.success) return parsed.data;
    const found = connection.quote(JSON.stringify(answer.result) ?? 'nothing');
    throw connection.error('answer', `${call.method} for ${call.about}: ${describeIssue(parsed.error)}, got ${found}`);
  };

  const read = <Value>(text: string, status: number, schema: z.ZodMiniType<Value>, what: string): Value => {
    let value: unknown;
    try {
      value = parseExactJson(text);
    } catch {
      throw connection.error('answer', `${what}: expected JSON, got status ${status} with ${connection.quote(text)}`);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const found = connection.quote(text);
    throw connection.error('answer', `${what}: expected an answer of JSON-RPC, got status ${status} with ${found}`);
  };

  return {
    call: (call, options = {}) => {
      const sent = envelope(call);
      return connection.ask({ ...options, body: JSON.stringify(sent) }, ({ status, text }) => {
        const answer = read(text, status, answerField, `${call.method} for ${call.about}`);
        if (answer.id !== sent.id && !isErrorWithoutId(answer)) {
          throw connection.error('answer', `${call.method}: expected id ${sent.id}, got ${JSON.stringify(answer.id)}`);
        }
        return resultOf(answer, call);
      });
    },
    batch: async (calls) => {
      if (calls.length === 0) return [];
      const sent = calls.map(envelope);
      const what = `a batch of ${calls.length} calls, the first ${calls[0].method} for ${calls[0].about}`;
      return connection.ask({ body: JSON.stringify(sent) }, ({ status, text }) => {
        const answers = read(text, status, z.union([z.array(answerField), answerField]), what);
        // A node that takes no batches, or not this one, answers with one error.
        if (!Array.isArray(answers)) {
          resultOf(answers, { ...calls[0], about: what });
          throw connection.error('answer', `${what}: expected a list of answers, got one`);
        }
        const byId = new Map(answers.map((answer) => [answer.id, answer]));
        if (answers.length !== calls.length || byId.size !== calls.length) {
          throw connection.error('answer', `${what}: expected ${calls.length} answers, got ${byId.size} with ids`);
        }
        return calls.map((call, i) => {
          const answer = byId.get(sent[i].id);
          if (answer === undefined) throw connection.error('answer', `${what}: no answer has id ${sent[i].id}`);
          return resultOf(answer, call);
        });
      });
    },
  };
}

// What could not be read far enough to find its id is answered with null (JSON-RPC 2.0 §5).
function isErrorWithoutId({ id, error }: Answer): boolean {
  return id === null && error !== undefined && error !== null;
}
