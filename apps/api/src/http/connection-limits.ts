/** No address takes all connections. */
import type { Server } from 'node:http';
import { ipKeyGenerator } from 'express-rate-limit';

/** Closes connections of an address that has `perAddress` open; of IPv6, of the network that one customer of a provider has. */
export function limitConnections(server: Server, perAddress: number, onRefused: () => void): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = ipKeyGenerator(socket.remoteAddress ?? 'unknown');
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count <= perAddress) return;
    onRefused();
    socket.destroy();
  });
}
