/** Cuts off clients that hold a connection and hardly read: what they were sent would wait in memory for ever. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const checkMs = 1000;
/** How long a client may read less than it should. */
const graceChecks = 10;

interface Watched {
  taken: number;
  slowChecks: number;
}

/** Bytes of writes that have left this process whole. */
function bytesTaken(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}

/**
 * Watches all connections of a server: one that takes fewer than `bytesPerSecond` of what waits for it is destroyed, after
 * ten checks and the time that what waits needs at that rate, since of a write it cannot be seen how far it is.
 * Stops when the server is closed.
 */
export function cutOffSlowClients(server: Server, bytesPerSecond: number, onCut: () => void, everyMs = checkMs): void {
  const connections = new Map<Socket, Watched>();
  server.on('connection', (socket) => {
    connections.set(socket, { taken: 0, slowChecks: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  const least = (bytesPerSecond * everyMs) / 1000;
  const timer = setInterval(() => {
    for (const [socket, watched] of connections) {
      const waiting = socket.writableLength;
      const taken = bytesTaken(socket);
      const isSlow = waiting > 0 && taken - watched.taken < least;
      watched.taken = taken;
      watched.slowChecks = isSlow ? watched.slowChecks + 1 : 0;
      if (watched.slowChecks < graceChecks + waiting / least) continue;
      onCut();
      socket.destroy();
    }
  }, everyMs);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}
