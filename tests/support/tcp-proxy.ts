/** A connection between two programs on loopback that a test can cut, as a network does: what is sent gets nowhere. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** What all clients have sent so far. */
  clientBytes(): number;
  /** From now on nothing is passed on, and nobody is told. */
  cut(): void;
  /** New connections work again; those that were cut are reset. */
  mend(): void;
  stop(): Promise<void>;
}

/**
 * Passes on what comes to a port of its own.
 *
 * @param resetAfter resets a connection when its client has sent so many bytes; what is beyond them is not passed on
 */
export async function startTcpProxy(targetPort: number, resetAfter = Number.POSITIVE_INFINITY): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let sent = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    // A connection that begins while the network is cut waits until it is mended, and is reset then.
    if (isCut) return;
    const target = connect(targetPort, '127.0.0.1');
    keep(target);
    let left = resetAfter;
    client.on('data', (bytes) => {
      if (isCut || left <= 0) return;
      target.write(bytes.subarray(0, left));
      left -= bytes.length;
      sent += bytes.length;
      if (left <= 0) target.end(() => client.destroy());
    });
    target.on('data', (bytes) => {
      if (!isCut) client.write(bytes);
    });
    for (const [from, to] of [
      [client, target],
      [target, client],
    ]) {
      from.on('close', () => {
        if (!isCut) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const reset = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    clientBytes: () => sent,
    cut() {
      isCut = true;
    },
    mend() {
      reset();
      isCut = false;
    },
    stop() {
      reset();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
