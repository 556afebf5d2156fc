/** The servers: one for everybody, one for metrics; and their end, in which what is under way is finished first. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Config } from './config.js';
import { limitConnections } from './http/connection-limits.js';
import { describeFault } from './http/problem.js';
import { cutOffSlowClients } from './http/slow-clients.js';
import { createTokenReader } from './identity/tokens.js';
import { createMetrics, type Metrics, observeSources } from './metrics.js';
import { openReportDirectory } from './reports/catalog.js';
import { openInclusionStores } from './reports/inclusion-stores.js';
import { createVerifyQueue } from './verify/verify-queue.js';

/** A server that runs. */
export interface RunningServer {
  /** Its URL, without a slash at the end. */
  readonly url: string;
  /** The URL of its metrics, if it has them. */
  readonly metricsUrl: string | undefined;
  /** Serves the inclusion files of other stores; of those that it has, if one of them cannot be opened, and throws. */
  replaceStores(places: Config['privateStores']): Promise<void>;
  /** Stops taking requests, finishes those under way, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Opens reports and stores and starts to listen. Throws for the first thing that is not as the configuration says; a database
 * that does not answer is waited for by those who ask for its stores.
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const metrics = createMetrics();
  const directory = await openReportDirectory(config.reports, (error) =>
    log.error({ fault: describeFault(error) }, 'index'),
  );
  const tokens =
    config.identity &&
    (await createTokenReader(config.identity, {
      onRefused: () => metrics.refusedTokens.inc(),
      onUnreachable: (error) => log.warn({ fault: describeFault(error) }, 'identity'),
    }));
  const stores = await openInclusionStores(config.privateStores, (error) =>
    log.warn({ fault: describeFault(error) }, 'store'),
  );
  const queue = createVerifyQueue(config.verify);
  let reportCount = (await directory.current()).reports.length;
  observeSources(metrics, { reportCount: () => reportCount, verifications: queue.counts });
  let isStopping = false;
  const app = createApp({ config, log, metrics, directory, stores, tokens, queue, isStopping: () => isStopping });
  const server = createBoundedServer(config, metrics, app);
  const metricsServer =
    config.metrics &&
    createServer(async (_req, res) => {
      reportCount = (await directory.current()).reports.length;
      res.setHeader('Content-Type', metrics.registry.contentType).end(await metrics.registry.metrics());
    });
  const stop = async () => {
    isStopping = true;
    await Promise.all([drain(server, config.timeouts.shutdownSeconds), metricsServer && drain(metricsServer, 1)]);
    await queue.close();
    stores.close();
  };
  try {
    const url = await listen(server, config.listen);
    const metricsUrl =
      config.metrics && metricsServer ? `${await listen(metricsServer, config.metrics)}/metrics` : undefined;
    return { url, metricsUrl, replaceStores: stores.replace, stop };
  } catch (error) {
    // Such as a port that is taken: nothing of it stays.
    await stop();
    throw error;
  }
}

function createBoundedServer(
  { timeouts, limits, trustProxy }: Config,
  metrics: Metrics,
  listener: RequestListener,
): Server {
  const { headersSeconds, requestSeconds, idleSeconds, keepAliveSeconds } = timeouts;
  const options = {
    headersTimeout: 1000 * headersSeconds,
    requestTimeout: 1000 * Math.max(requestSeconds, headersSeconds),
    keepAliveTimeout: 1000 * keepAliveSeconds,
    connectionsCheckingInterval: Math.min(1000, 250 * headersSeconds),
    maxHeaderSize: 16_384,
  };
  const server = createServer(options, listener);
  server.setTimeout(1000 * idleSeconds, (socket) => socket.destroy());
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = 1000;
  if (trustProxy === false)
    limitConnections(server, limits.connectionsPerAddress, () => metrics.refusedConnections.inc());
  cutOffSlowClients(server, limits.bytesPerSecond, () => metrics.slowClients.inc());
  return server;
}

async function listen(server: Server, { host, port }: Config['listen']): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

// Idle connections are closed as they become idle; what has not ended by then is cut off.
async function drain(server: Server, seconds: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), 1000 * seconds);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
