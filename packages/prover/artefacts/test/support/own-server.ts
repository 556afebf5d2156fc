/** A server on loopback that answers as a test says, one request after another or all alike. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** What answers a request. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

const emptyList = '<ListBucketResult></ListBucketResult>';

/** Starts it; the list that is asked for when storage is opened has nothing in it. Gives its URL and what was asked. */
export async function startOwnServer(handler: Handler): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((req, res) => {
    if (req.url?.includes('.none')) return void res.end(emptyList);
    requests.push(`${req.method} ${req.url}`);
    handler(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Answers with an error as S3 does. */
export function refuse(res: ServerResponse, status: number, code: string): void {
  res.statusCode = status;
  res.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>hidden-0123</Message></Error>`);
}
