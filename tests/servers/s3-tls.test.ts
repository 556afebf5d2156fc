/** A bucket's server is asked only when its certificate verifies, whatever the environment says of verification. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openS3Storage } from '@solvent/artefacts/s3-storage';
import { afterAll, expect, test, vi } from 'vitest';
import { requirePart } from '../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-s3-tls-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a bucket behind a certificate that nobody trusts is not asked', async (context) => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(requirePart('openssl', context), [...making, ...names, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  let asked = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_req, res) => {
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
