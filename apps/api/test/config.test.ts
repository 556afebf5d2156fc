/** Configurations that are refused, with what is wrong in them; and what has a default. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig, readConfig } from '../src/config.js';

const identity = { issuer: 'i', audience: 'a', algorithms: ['ES256'], keySetUrl: 'https://login.example/jwks' };

describe('a configuration', () => {
  test('needs the reports alone, and listens on this machine alone', () => {
    const config = parseConfig({ reports: 'reports' }, '/srv/solvent');
    expect(config).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080 },
      metrics: { host: '127.0.0.1', port: 9464 },
      reports: '/srv/solvent/reports',
      privateStores: [],
      trustProxy: false,
      limits: { addressPerMinute: 600, accountPerMinute: 30, uploadBytes: 2 ** 25 },
      timeouts: { headersSeconds: 10 },
      verify: { workers: 1, waiting: 8 },
    });
    expect(config.identity).toBeUndefined();
  });

  test('takes paths from the folder of its file', () => {
    const stores = [
      { folder: 'a/private', keyFile: '/run/a.key' },
      { folder: 'b' },
      { postgres: 'db.json', store: '2026-01', keyFile: 'c.key' },
    ];
    const file = { ...identity, keySetUrl: undefined, keySetFile: 'jwks.json' };
    const config = parseConfig({ reports: '/r', privateStores: stores, identity: file, portal: 'site' }, '/srv');
    expect(config).toMatchObject({
      reports: '/r',
      privateStores: [
        { folder: '/srv/a/private', keyFile: '/run/a.key' },
        { folder: '/srv/b' },
        { postgres: '/srv/db.json', store: '2026-01', keyFile: '/srv/c.key' },
      ],
      identity: { keySetFile: '/srv/jwks.json', accountClaim: 'sub' },
      portal: '/srv/site',
    });
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing', {}, /^configuration: reports: /],
    ['no object', [], /^configuration: all of it: /],
    ['a field that is not there', { reports: 'r', prot: 1 }, /prot/],
    ['a limit that is none', { reports: 'r', limits: { addressPerMinute: 0 } }, /limits\.addressPerMinute/],
    ['a shared secret', { reports: 'r', identity: { ...identity, algorithms: ['HS256'] } }, /identity\.algorithms/],
    ['no signature', { reports: 'r', identity: { ...identity, algorithms: ['none'] } }, /identity\.algorithms/],
    ['no algorithm', { reports: 'r', identity: { ...identity, algorithms: [] } }, /identity\.algorithms/],
    ['keys without TLS', { reports: 'r', identity: { ...identity, keySetUrl: 'http://login.example/' } }, /keySetUrl/],
    ['keys from a file URL', { reports: 'r', identity: { ...identity, keySetUrl: 'file:///etc/passwd' } }, /keySetUrl/],
    ['no keys', { reports: 'r', identity: { ...identity, keySetUrl: undefined } }, /keySetUrl or keySetFile/],
    ['keys from two places', { reports: 'r', identity: { ...identity, keySetFile: 'x' } }, /keySetUrl or keySetFile/],
    [
      'a store in two places',
      { reports: 'r', privateStores: [{ folder: 'a', postgres: 'b', store: 'c' }] },
      /privateStores/,
    ],
    [
      'a store in a database without a key',
      { reports: 'r', privateStores: [{ postgres: 'b', store: 'c' }] },
      /privateStores/,
    ],
    ['every proxy trusted', { reports: 'r', trustProxy: true }, /trustProxy/],
  ])('with %s is refused', (_what, value, message) => {
    expect(() => parseConfig(value, '/')).toThrow(ConfigError);
    expect(() => parseConfig(value, '/')).toThrow(message);
  });

  test('that is no file, or no JSON, is refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'solvent-config-'));
    expect(() => readConfig(join(folder, 'none.json'))).toThrow('ENOENT');
    writeFileSync(join(folder, 'api.json'), '{"reports": secret}');
    expect(() => readConfig(join(folder, 'api.json'))).toThrow(/got something else$/);
    rmSync(folder, { recursive: true });
  });
});
