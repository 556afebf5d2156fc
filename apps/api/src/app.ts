/** Puts the parts together: what every request passes, then the operations, then the portal. */
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { type OperationId, operations } from './describe/operations.js';
import { openToOrigins, publicToAll } from './http/cross-origin.js';
import { createErrorHandler, notFound, Problem } from './http/problem.js';
import { limitRate } from './http/rate-limits.js';
import { logRequests, nameRoute } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import type { TokenReader } from './identity/tokens.js';
import type { Metrics } from './metrics.js';
import type { ReportDirectory } from './reports/catalog.js';
import type { InclusionStores } from './reports/inclusion-stores.js';
import { serveHealth, serveReadiness } from './routes/health.js';
import { requireAccount, serveInclusion } from './routes/inclusion.js';
import { portalFolder, servePortal, servePortalSettings } from './routes/portal.js';
import { referenceRoutes } from './routes/reference.js';
import { serveIndex, serveReportFile } from './routes/report-files.js';
import { readVerifyRequest, serveVerify } from './routes/verify.js';
import type { VerifyQueue } from './verify/verify-queue.js';

/** What the handlers work with. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly directory: ReportDirectory;
  readonly stores: InclusionStores;
  /** Undefined when nobody can log in. */
  readonly tokens: TokenReader | undefined;
  readonly queue: VerifyQueue;
  readonly isStopping: () => boolean;
}

type Handlers = readonly RequestHandler[];

/** The handlers of each operation, in their order. */
function operationHandlers(services: Services): Record<OperationId, Handlers> {
  const { config, log, metrics, directory, stores, tokens, queue, isStopping } = services;
  const { limits } = config;
  const perAccount = limitRate(limits.accountPerMinute, (_req, res) => res.locals.account);
  return {
    getHealth: [serveHealth],
    getReadiness: [serveReadiness(directory, isStopping)],
    getReportIndex: [serveIndex(directory)],
    getReportFile: [serveReportFile(directory)],
    getMyInclusion: [requireAccount(tokens), perAccount, serveInclusion(directory, stores, metrics, log)],
    verify: [
      limitRate(limits.verifyPerMinute),
      ...readVerifyRequest(queue, limits.uploadBytes),
      serveVerify(queue, directory),
    ],
    getPortalSettings: [servePortalSettings(config)],
  };
}

/** Makes the application. */
export function createApp(services: Services): Express {
  const { config, log, metrics, isStopping } = services;
  const app = express();
  app.disable('x-powered-by').enable('case sensitive routing').enable('strict routing');
  app.set('trust proxy', config.trustProxy).set('query parser', 'simple');
  app.use(logRequests(log, metrics), securityHeaders(), closeWhenStopping(isStopping));
  const handlers = operationHandlers(services);
  for (const id of ['getHealth', 'getReadiness'] as const) mount(app, id, handlers[id]);
  app.use(limitRate(config.limits.addressPerMinute), compression({ filter: mayCompress }));
  app.use('/reports', publicToAll);
  app.use('/v1', openToOrigins(config.portalOrigins), referenceRoutes());
  for (const { id } of operations) mount(app, id, handlers[id]);
  const portal = portalFolder(config);
  if (portal !== undefined) app.use(nameRoute('portal'), servePortal(portal), nameRoute('none'));
  app.use(() => {
    throw notFound();
  });
  app.use(createErrorHandler(log));
  return app;
}

function mount(app: Express, id: OperationId, handlers: Handlers): void {
  const { method, path } = operations.find((operation) => operation.id === id)!;
  const place = path.replace('{folder}', ':folder').replace('{path}', '*path');
  app[method](place, nameRoute(id), ...handlers);
  app.all(place, nameRoute(id), () => {
    const allowed = method === 'get' ? 'GET, HEAD' : method.toUpperCase();
    throw new Problem(405, 'method', `This answers ${allowed}.`, { Allow: allowed });
  });
}

// A part of a file is sent as it is, and so is what belongs to a person: its size after compression would depend on it.
const mayCompress: compression.CompressionFilter = (req, res) => {
  const isPrivate = res.getHeader('Cache-Control') === 'no-store';
  return req.headers.range === undefined && !isPrivate && compression.filter(req, res);
};

function closeWhenStopping(isStopping: () => boolean): RequestHandler {
  return (_req, res, next) => {
    if (isStopping()) res.set('Connection', 'close');
    next();
  };
}
