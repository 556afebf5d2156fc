/** One line of log for each request. It says what was asked for and how it went; never by whom, nor about whom. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';

/**
 * Logs and counts requests when they end. The route is the name that its handler has given it: a path could hold
 * anything. No address, no header, no size: the size of an inclusion file tells how many assets are in it.
 */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.locals.requestId = randomUUID();
    res.set('X-Request-Id', res.locals.requestId);
    res.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const { method } = req;
      const route = (res.locals.route as string | undefined) ?? 'none';
      const outcome = res.writableFinished ? res.statusCode : 'aborted';
      metrics.requestSeconds.observe({ method, route, status: String(outcome) }, seconds);
      const line = { request: res.locals.requestId, method, route, status: outcome, ms: Math.round(1000 * seconds) };
      log.info(line, 'request');
    });
    next();
  };
}

/** Names the route of a request, for the log and the metrics. */
export function nameRoute(route: string): RequestHandler {
  return (_req, res, next) => {
    res.locals.route = route;
    next();
  };
}
