/** The OpenAPI document, and the page that people read. */
import { Router } from 'express';
import { openApiDocument } from '../describe/openapi.js';
import { referencePage, referenceStyle } from '../describe/reference-page.js';
import { nameRoute } from '../http/request-log.js';

/** Serves both below the path that this is mounted at. */
export function referenceRoutes(): Router {
  const document = openApiDocument();
  const page = referencePage(document);
  const router = Router();
  router.use(['/openapi.json', '/reference.html', '/reference.css'], nameRoute('reference'), (_req, res, next) => {
    res.set('Cache-Control', 'no-cache');
    next();
  });
  router.get('/openapi.json', (_req, res) => void res.json(document));
  router.get('/reference.html', (_req, res) => void res.type('html').send(page));
  router.get('/reference.css', (_req, res) => void res.type('css').send(referenceStyle));
  return router;
}
