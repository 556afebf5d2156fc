/** Rows by libraries that are too large to install for tests, or need other versions of what is installed: they were made
 * once, and each says by what. */
import { readFileSync } from 'node:fs';
import type { OracleRow } from './oracle.js';

/** The rows of a file of vectors/third-party. */
export function recordedRows(name: string): () => Promise<OracleRow[]> {
  const { cases } = JSON.parse(readFileSync(`vectors/third-party/${name}.json`, 'utf8')) as { cases: OracleRow[] };
  return () => Promise.resolve(cases);
}
