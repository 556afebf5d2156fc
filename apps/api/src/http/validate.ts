/** Checks what a request brings against the schemas that also document it. */
import type { z } from 'zod';
import { Problem } from './problem.js';

/** The value in its shape. Throws a Problem that names the first field that is wrong, and not what is in it. */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, code }] = parsed.error.issues;
  const known = path.filter((part) => typeof part === 'number' || /^[A-Za-z]{1,20}$/.test(String(part))).join('.');
  throw new Problem(400, 'malformed', `The request is not in the documented form: ${known || 'all of it'} (${code}).`);
}
