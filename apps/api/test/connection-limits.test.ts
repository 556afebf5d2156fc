/** Whose connections are counted together. */
import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, test } from 'vitest';
import { limitConnections } from '../src/http/connection-limits.js';

/** A server that connections arrive at, and how many it has refused. */
function limited(perAddress: number) {
  const server = new EventEmitter();
  let refused = 0;
  limitConnections(server as Server, perAddress, () => refused++);
  const connect = (remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, destroy: () => socket.emit('close') });
    server.emit('connection', socket);
    return socket;
  };
  return { connect, refused: () => refused };
}

test.each([
  ['one address', ['192.0.2.1', '192.0.2.1', '192.0.2.1'], 1],
  ['one address, as a server for IPv6 names it', ['::ffff:192.0.2.1', '::ffff:192.0.2.1', '::ffff:192.0.2.1'], 1],
  ['addresses of one network of IPv6', ['2001:db8::1', '2001:db8::2', '2001:db8:0:ff::3'], 1],
  ['several addresses', ['192.0.2.1', '192.0.2.2', '192.0.2.3'], 0],
  ['several networks', ['2001:db8::1', '2001:db8:0:100::1', '2001:db8:0:200::1'], 0],
  ['several addresses of IPv4 at a server for IPv6', ['::ffff:192.0.2.1', '::ffff:192.0.2.2', '::ffff:192.0.2.3'], 0],
])('with two for each, three connections of %s', (_, addresses, expected) => {
  const { connect, refused } = limited(2);
  for (const address of addresses) connect(address);
  expect(refused()).toBe(expected);
});

test('what is closed makes room', () => {
  const { connect, refused } = limited(1);
  connect('192.0.2.1').destroy();
  connect('192.0.2.1');
  expect(refused()).toBe(0);
  connect('192.0.2.1');
  expect(refused()).toBe(1);
});
