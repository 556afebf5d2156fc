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

/** Starts it on a free port, until the tests are over. Gives its URL. */
export async function startS3Server(folder: string): Promise<string> {
  const S3Server: ServerModule = createRequire(import.meta.url)('@20minutes/s3rver');
  const server = new S3Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  afterAll(async () => {
    const closed = server.close();
    server.httpServer.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${port}`;
}
