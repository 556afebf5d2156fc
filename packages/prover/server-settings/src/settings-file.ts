/** Files of settings, which hold no secrets, and the files beside them that do. No error quotes what stands in them. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { z } from 'zod';

/** Makes the error of whoever reads the settings from the place, what should be there, and what is. */
export type Refusal = (place: string, expected: string, found: string) => Error;

/** Most bytes of a file of settings, and of each file that it names. */
const maxFileSize = 2 ** 20;

/**
 * Reads a file of JSON that follows a schema. Throws what `refuse` makes of a fault.
 *
 * @param expected what the file holds, for errors
 */
export function readSettingsFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  expected: string,
  refuse: Refusal,
): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(file, refuse));
  if (parsed.success) return parsed.data;
  throw refuse(file, expected, describeIssue(parsed.error));
}

/** The text of a file that settings name, relative to their folder. Throws what `refuse` makes of an empty one, too. */
export function readNamedFile(settingsFile: string, path: string, refuse: Refusal): string {
  const named = resolve(dirname(settingsFile), path);
  const place = `${settingsFile}: ${named}`;
  const text = readSmallFile(named, place, refuse);
  // Nothing in a file would stand for the system's own choice, which the operator has not made.
  if (text.trim() === '') throw refuse(place, 'a file with contents', 'an empty one');
  return text;
}

function parseJson(file: string, refuse: Refusal): unknown {
  const text = readSmallFile(file, file, refuse);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message can quote what stands there.
    throw refuse(file, 'a readable file of JSON', 'another text');
  }
}

function readSmallFile(path: string, place: string, refuse: Refusal): string {
  let found: string;
  try {
    const status = statSync(path);
    if (status.isFile() && status.size <= maxFileSize) return readFileSync(path, 'utf8');
    found = status.isFile() ? `${status.size} bytes` : 'something else';
  } catch (error) {
    throw refuse(place, 'a readable file', (error as NodeJS.ErrnoException).code ?? 'EIO');
  }
  throw refuse(place, `a file of at most ${maxFileSize} bytes`, found);
}

// Places and kinds of faults, but no values: a password may stand where none belongs.
function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue.code === 'unrecognized_keys') return `${quoteExcerpt(issue.keys[0])}, which is no setting`;
  return issue.path.length === 0 ? 'a fault' : `a fault at ${issue.path.join('.')}`;
}
