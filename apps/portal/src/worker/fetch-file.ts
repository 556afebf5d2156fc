/** Files of reports from the site that this page came from. */

/** A file that could not be loaded: the network, or the server, said so. It has neither passed nor failed. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}

/**
 * The bytes of a file, undefined where there is none. Of one that is larger than `limit`, the first limit + 1 bytes: too
 * many for every verifier, and no more is read.
 *
 * @throws LoadError when the network or the server fails
 */
export async function fetchFile(
  url: string,
  limit: number,
  onBytes: (count: number) => void = () => {},
  cache: RequestCache = 'default',
): Promise<Uint8Array | undefined> {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(() => {
    throw new LoadError(`${name}: the network gave no answer`);
  });
  if (response.status === 404 || response.status === 410) return undefined;
  if (!response.ok) throw new LoadError(`${name}: the server answered ${response.status}`);
  if (response.body === null) return new Uint8Array(0);
  return readAll(response.body.getReader(), limit, onBytes).catch((error: unknown) => {
    throw new LoadError(`${name}: the connection broke off (${error instanceof Error ? error.message : 'no reason'})`);
  });
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= limit) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    chunks.push(value);
    size += value.length;
    onBytes(value.length);
  }
  await reader.cancel();
  return joined(chunks, size).subarray(0, limit + 1);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
