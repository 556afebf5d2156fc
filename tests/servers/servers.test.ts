/** The servers that other tests start: they answer, and come back with their data after a kill. */
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from '../support/postgres.js';
import { startRedis } from '../support/redis.js';
import { requirePart } from '../support/system-parts.js';

test('Redis comes back with what was written before it was killed', async (context) => {
  const server = await startRedis(requirePart('redis-server', context));
  const client = new Redis({ port: server.port, password: server.password });
  client.on('error', () => {});
  try {
    await client.set('name', 'value');
    await server.kill();
    await server.restart();
    expect(await client.get('name')).toBe('value');
    const stranger = new Redis({ port: server.port, lazyConnect: true });
    stranger.on('error', () => {});
    await expect(stranger.get('name')).rejects.toThrow('NOAUTH');
    stranger.disconnect();
  } finally {
    client.disconnect();
    await server.stop();
  }
});

test('PostgreSQL comes back with what was written before it was killed', async () => {
  const server = await startPostgres();
  try {
    const url = await server.createDatabase('example');
    const query = async (text: string) => {
      const client = new pg.Client(url);
      client.on('error', () => {});
      await client.connect();
      const { rows } = await client.query(text);
      await client.end();
      return rows;
    };
    await query(`CREATE TABLE names AS SELECT 'value' AS name`);
    await server.kill();
    await server.restart();
    expect(await query('SELECT name FROM names')).toEqual([{ name: 'value' }]);
  } finally {
    await server.stop();
  }
});
