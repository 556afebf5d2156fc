/** An S3 server on loopback, with one bucket; its package is for tests alone. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll } from 'vitest';

interface ServerModule {
  new (
    options: object,
  ): { run(): Promise<{ port: number }>; close(): Promise<void>; readonly httpServer: ClosableServer };
}
interface ClosableServer {
  closeAllConnections(): void;
}

/** What the server knows, from its own source. */
export const knownKey = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
export const bucket = 'artefacts';

/** Starts it on a free port, or a given one. Gives its URL and what ends it. */
export async function startS3Server(
  folder: string,
  port = 0,
): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  const S3Server: ServerModule = createRequire(import.meta.url)('@20minutes/s3rver');
  const server = new S3Server({
    address: '127.0.0.1',
    port,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: bucket }],
  });
  const { port: bound } = await server.run();
  let isRunning = true;
  const stop = async () => {
    if (!isRunning) return;
    isRunning = false;
    const closed = server.close();
    server.httpServer.closeAllConnections();
    await closed;
  };
  afterAll(stop);
  return { url: `http://127.0.0.1:${bound}`, port: bound, stop };
}
