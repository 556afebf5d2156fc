/** Requests as anybody can send them: paths are sent as they are, from any address of the loopback network. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes.
  readonly json: any;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Of 127.0.0.0/8. */
  readonly from?: string;
}

/** Sends one request over a connection of its own. */
export function ask(
  base: string,
  path: string,
  { method = 'GET', headers = {}, body, from }: Ask = {},
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((done, failed) => {
    const options = {
      hostname,
      port,
      path,
      method,
      headers,
      agent: false as const,
      ...(from && { localAddress: from }),
    };
    const sent = request(options, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('error', failed);
      res.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        done({
          status: res.statusCode!,
          headers: res.headers,
          body: bytes,
          text,
          get json() {
            return JSON.parse(text);
          },
        });
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

/** Opens a connection and says these bytes on it. */
export function open(base: string, text: string, from?: string): Socket {
  const { hostname, port } = new URL(base);
  const socket = connect({ host: hostname, port: Number(port), ...(from && { localAddress: from }) });
  socket.on('error', () => {});
  socket.write(text);
  return socket;
}

/** All that comes on a connection until the other side ends it. */
export function everything(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  return new Promise((done) => socket.once('close', () => done(text)));
}
