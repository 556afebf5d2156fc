/** A client for the interface of `solvent-api`. */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.js';

/** A client: `GET` and `POST` take a path of the document and its parameters. */
export type SolventClient = Client<paths>;

/** Where the service is, and who asks. */
export interface SolventClientOptions {
  /** The service's URL; paths of the document are appended to it. */
  readonly baseUrl: string;
  /** Gives the account holder's token, asked before each request that needs one. */
  readonly token?: () => string | Promise<string>;
  /** Used in place of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Makes a client. The token goes with requests for what belongs to its holder, and with no other. */
export function createSolventClient({ baseUrl, token, fetch }: SolventClientOptions): SolventClient {
  const client = createClient<paths>({ baseUrl, credentials: 'omit', ...(fetch && { fetch }) });
  if (token !== undefined) {
    client.use({
      async onRequest({ request, schemaPath }) {
        if (!schemaPath.startsWith('/v1/me/')) return undefined;
        request.headers.set('Authorization', `Bearer ${await token()}`);
        return request;
      },
    });
  }
  return client;
}
