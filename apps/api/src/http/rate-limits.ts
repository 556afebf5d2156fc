/** How much one address, and one account, may ask for. Counts are in memory only, and forgotten after a minute. */
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem, sendProblem } from './problem.js';

const windowSeconds = 60;

/** The address that limits count by; for IPv6 the network that one customer of a provider has. */
export function addressOf(req: Request): string {
  return ipKeyGenerator(req.ip ?? 'unknown');
}

/** Turns away whoever asks more than this in a minute, by address unless another key is given. */
export function limitRate(perMinute: number, key: (req: Request, res: Response) => string = addressOf): RequestHandler {
  return rateLimit({
    windowMs: 1000 * windowSeconds,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: key,
    validate: false,
    handler: (req, res) => {
      // Set by the library before it calls this.
      const { resetTime } = (req as Request & { rateLimit: { resetTime?: Date } }).rateLimit;
      const left = resetTime === undefined ? windowSeconds : Math.ceil((resetTime.getTime() - Date.now()) / 1000);
      const headers = { 'Retry-After': String(Math.max(1, left)) };
      sendProblem(res, new Problem(429, 'too-many-requests', 'Too many requests.', headers));
    },
  });
}
