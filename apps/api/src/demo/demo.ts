/** Serves what `solvent demo --out FOLDER` made, on this machine alone, with a login of its own. */
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { openHolderStore } from '@solvent/stark-prover/holder-store';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import { ConfigError, type GivenConfig, parseConfig } from '../config.js';
import { createLog } from '../log.js';
import { type RunningServer, startServer } from '../server.js';
import { createDemoIdentity, type DemoIdentity } from './demo-identity.js';

/** Starts it and says how to look at it. Throws a ConfigError when the folder is not one of the demonstration. */
export async function startDemo(folder: string, port: number, say: (text: string) => void) {
  const root = resolve(folder);
  const reports = join(root, 'reports');
  const months = existsSync(reports) ? findMonths(root) : [];
  if (months.length === 0) throw new ConfigError(`${root}: expected what \`solvent demo --out ${folder}\` makes`);
  const privateStores = months.map((month) => ({
    folder: join(root, month, 'private'),
    keyFile: join(root, `${month}.key`),
  }));
  const account = await anAccount(privateStores.at(-1)!);
  const identity = await createDemoIdentity();
  const keys = await serveKeys(identity);
  const config: GivenConfig = {
    listen: { port },
    metrics: null,
    reports,
    privateStores,
    identity: { issuer: identity.issuer, audience: identity.audience, algorithms: ['EdDSA'], keySetUrl: keys.url },
    portalOrigins: [],
    trustProxy: false,
    limits: {},
    timeouts: {},
    verify: {},
    logLevel: 'silent',
  };
  const server = await startOrClose(config, root, keys);
  say(`portal      ${server.url}/
interface   ${server.url}/v1/reference.html
account id  ${account}
token       ${await identity.tokenFor(account)}

The token is a login of that invented account, good for a day and on this machine alone. Ctrl-C ends it.
`);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      keys.close();
    },
  };
}

// Whatever cannot start, such as on a port that is taken, leaves nothing behind that would keep the process.
async function startOrClose(config: GivenConfig, root: string, keys: { close(): void }): Promise<RunningServer> {
  try {
    return await startServer(parseConfig(config, root), createLog('silent'));
  } catch (error) {
    keys.close();
    throw error;
  }
}

// A month has its folder and the key of its store beside it.
function findMonths(root: string): string[] {
  const names = readdirSync(root).filter((name) => name.endsWith('.key'));
  return names.map((name) => name.slice(0, -'.key'.length)).sort();
}

async function anAccount({ folder, keyFile }: { folder: string; keyFile: string }): Promise<string> {
  const store = await openHolderStore(folder, { key: readStoreKey(keyFile) });
  try {
    for await (const { accountId } of store.accounts()) return accountId;
    throw new ConfigError(`${folder}: expected an account, got none`);
  } finally {
    store.close();
  }
}

async function serveKeys({ keySet }: DemoIdentity) {
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify(keySet));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/jwks.json`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
