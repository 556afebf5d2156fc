import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOptions, connectionFields, resolveConnection } from '@solvent/server-settings/postgres-connection';
import { readSettingsFile } from '@solvent/server-settings/settings-file';
import { isThisMachine } from '@solvent/server-settings/this-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const folder = mkdtempSync(join(tmpdir(), 'solvent-settings-'));
const file = join(folder, 'settings.json');
const here = { kind: 'postgresql', host: '127.0.0.1', database: 'd', user: 'u' };
const refuse = (place: string, expected: string, found: string) =>
  new RangeError(`${place}: expected ${expected}, got ${found}`);

beforeAll(() => {
  const contents = { password: 'hidden-0123\r\n', ca: 'an authority\n', key: 'a key\n', empty: ' \n' };
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'a-folder'));
  writeFileSync(join(folder, 'large'), '');
  truncateSync(join(folder, 'large'), 2 ** 20 + 1);
});
afterAll(() => rmSync(folder, { recursive: true }));

function resolve(settings: object | string, usualPassword?: string) {
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  const given = readSettingsFile(file, z.strictObject(connectionFields), 'settings of a test', refuse);
  return clientOptions(resolveConnection(file, given, usualPassword, refuse));
}

describe('the settings of a database', () => {
  it('say where it is, and take the password from a file, or else the usual one', () => {
    expect(resolve(here)).toEqual({ host: '127.0.0.1', port: 5432, database: 'd', user: 'u', ssl: false });
    expect(resolve({ ...here, port: 7 }, 'usual')).toMatchObject({ port: 7, password: 'usual' });
    expect(resolve({ ...here, passwordFile: 'password' }, 'usual').password).toBe('hidden-0123');
    expect('password' in resolve(here, '')).toBe(false);
  });

  it.each([
    ['localhost', undefined, false],
    ['localhost', {}, { rejectUnauthorized: true }],
    ['10.0.0.5', undefined, { rejectUnauthorized: true }],
    ['db.example', false, false],
    [
      'db.example',
      { caFile: 'ca', keyFile: 'key' },
      { ca: 'an authority\n', key: 'a key\n', rejectUnauthorized: true },
    ],
  ])('for %s with tls %j encrypt so: %j', (host, tls, ssl) => {
    expect(resolve({ ...here, host, ...(tls !== undefined && { tls }) }).ssl).toEqual(ssl);
  });

  it.each([
    ['{"password": "hidden-0123"', 'settings.json: expected a readable file of JSON, got another text'],
    [{ ...here, password: 'hidden-0123' }, 'settings.json: expected settings of a test, got "password", which is no'],
    [{ ...here, port: 'hidden-0123' }, 'settings.json: expected settings of a test, got a fault at port'],
    [{ ...here, tls: { caFile: 7 } }, 'got a fault at tls'],
    ['"hidden-0123"', 'settings.json: expected settings of a test, got a fault'],
    [{ ...here, passwordFile: 'empty' }, 'empty: expected a file with contents, got an empty one'],
    [{ ...here, tls: { certificateFile: 'empty' } }, 'empty: expected a file with contents, got an empty one'],
    [{ ...here, passwordFile: 'nowhere' }, 'nowhere: expected a readable file, got ENOENT'],
    [{ ...here, passwordFile: 'a-folder' }, 'a-folder: expected a file of at most 1048576 bytes, got something else'],
    [{ ...here, passwordFile: 'large' }, 'large: expected a file of at most 1048576 bytes, got 1048577 bytes'],
  ])('are refused with their place and without any value: %j', (settings, message) => {
    expect(() => resolve(settings)).toThrow(RangeError);
    expect(() => resolve(settings)).toThrow(message);
    expect(() => resolve(settings)).not.toThrow('hidden-0123');
  });
});

describe('this machine', () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '/var/run/postgresql'])('is %s', (host) => {
    expect(isThisMachine(host)).toBe(true);
  });

  it.each(['', '10.0.0.5', '127.0.0.1.example', 'localhost.example', '::', '0.0.0.0', '::ffff:10.0.0.5'])(
    'is not %j',
    (host) => {
      expect(isThisMachine(host)).toBe(false);
    },
  );
});
