/** A bucket's server is asked only when its certificate verifies, whatever the environment says of verification. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openS3Storage } from '@solvent/artefacts/s3-storage';
import { afterAll, expect, test, vi } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { requirePart } from '../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-s3-tls-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a bucket behind a certificate that nobody trusts is not asked', async (context) => {
  makeCertificate(requirePart('openssl', context), folder, 'server', ['localhost']);
  const [key, cert] = ['server.key', 'server.pem'].map((name) => readFileSync(join(folder, name)));
  let asked = 0;
  const server = createServer({ key, cert }, (_req, res) => {
    asked++;
    res.end('<ListBucketResult></ListBucketResult>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const place = { endpoint: `https://localhost:${port}`, bucket: 'artefacts', region: 'us-east-1', prefix: '' };
    const limits = { attempts: 1, idleSeconds: 30, bytesPerSecond: 1 };
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const opening = openS3Storage({ ...place, ...limits }, { accessKeyId: 'known', secretAccessKey: 'hidden-0123' });
    await expect(opening).rejects.toThrow('the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(asked).toBe(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
