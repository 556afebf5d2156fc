/** The portal, when it is built, and where it finds reports and interface. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import type { Config } from '../config.js';

/** The folder of the built portal, undefined when there is none. */
export function portalFolder({ portal }: Config): string | undefined {
  if (portal === null) return undefined;
  const folder = portal ?? fileURLToPath(new URL('../../../portal/dist', import.meta.url));
  return existsSync(folder) ? folder : undefined;
}

/**
 * Answers `portal.json`, before the one that was built with the site: paths are relative to the page, so a proxy may put
 * all of it below a prefix. Where nobody can log in, the page is not to ask for a login.
 */
export function servePortalSettings({ identity }: Config): RequestHandler {
  const login = identity === undefined ? { api: null } : { api: './', accountClaim: identity.accountClaim };
  return (_req, res) => {
    res.set('Cache-Control', 'no-cache').json({ reports: 'reports/', ...login });
  };
}

/** Serves the site. Names with a hash of what they hold never change; the page itself is revalidated. */
export function servePortal(folder: string): RequestHandler {
  return express.static(folder, {
    dotfiles: 'ignore',
    redirect: false,
    setHeaders(res, path) {
      const isHashed = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/.test(path);
      res.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
