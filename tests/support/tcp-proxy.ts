/** A connection between two programs on loopback that a test can cut, as a network does: what is sent gets nowhere. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** From now on nothing is passed on, and nobody is told. */
  cut(): void;
  /** New connections work again; those that were cut are reset. */
  mend(): void;
  stop(): Promise<void>;
}

/** Passes on what comes to a port of its own. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
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
    for (const [from, to] of [
      [client, target],
      [target, client],
    ]) {
      from.on('data', (bytes) => {
        if (!isCut) to.write(bytes);
      });
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
