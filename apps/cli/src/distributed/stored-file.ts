/** What an object must be, to be the one that was stored. */
import { createHash } from 'node:crypto';
import type { StoredFile } from './segment-message.js';

/** Size and digest of an object. */
export async function describeFile(parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of parts) {
    hash.update(part);
    size += part.length;
  }
  return { size, sha256: hash.digest('hex') };
}
