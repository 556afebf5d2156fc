/** Headers that keep a page to itself: scripts, styles and data come from this server alone. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers of every answer. Nothing is inline and nothing is evaluated, WebAssembly included, since the verifier in the
 * page is plain JavaScript. The portal starts its worker from a blob, so that the page's policy holds in it. There is no upgrade to https in it: that is the proxy's, and on loopback there is none.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: true,
    // What else lives below the same name is not ours to decide about.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}
