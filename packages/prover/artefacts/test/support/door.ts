/** A way to a server on loopback that can be shut for a while, as if the server were away. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** Starts it, open. */
export async function startDoor(
  port: number,
): Promise<{ url: string; refuse(connections: number): void; refused(): number }> {
  const open = new Set<Socket>();
  let left = 0;
  let refused = 0;
  const server = createServer((client) => {
    client.on('error', () => {});
    if (left > 0) {
      left--;
      refused++;
      return void client.destroy();
    }
    const target = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(from);
      from.on('error', () => {}).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  afterAll(() => {
    cut();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Cuts all connections, and so many of those that come next. */
    refuse(connections) {
      left = connections;
      cut();
    },
    refused: () => refused,
  };
}
