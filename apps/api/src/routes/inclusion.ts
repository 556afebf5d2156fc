/** The account holder's own inclusion file. */
import { StoreUnavailableError } from '@solvent/stark-prover/store-error';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { inclusionQuerySchema } from '../describe/schemas.js';
import { describeFault, Problem } from '../http/problem.js';
import { parseInput } from '../http/validate.js';
import type { TokenReader } from '../identity/tokens.js';
import type { Metrics } from '../metrics.js';
import { type Catalog, findNamed, type PublishedReport, type ReportDirectory } from '../reports/catalog.js';
import type { InclusionStores } from '../reports/inclusion-stores.js';

const retrySeconds = 5;

/** Finds out whose request it is; later handlers have the id in `res.locals.account`. */
export function requireAccount(tokens: TokenReader | undefined): RequestHandler {
  return async (req, res, next) => {
    res.set('Cache-Control', 'no-store');
    if (tokens === undefined) throw new Problem(404, 'no-login', 'Nobody can log in here.');
    res.locals.account = await tokens.accountOf(req.headers.authorization);
    next();
  };
}

/** Sends the file, byte for byte as `solvent inclusion` writes it. */
export function serveInclusion(
  directory: ReportDirectory,
  stores: InclusionStores,
  metrics: Metrics,
  log: Logger,
): RequestHandler {
  return async (req, res) => {
    const { report: name } = parseInput(inclusionQuerySchema, req.query);
    const report = findReport(await directory.current(), name);
    const file = await stores.inclusionFile(report.manifest, res.locals.account).catch((error) => {
      throw unavailable(error, log, res.locals.requestId);
    });
    if (file === 'no-store') throw new Problem(404, 'no-files', 'No inclusion files of this report are given here.');
    if (file === 'no-account') throw new Problem(404, 'no-account', 'This account is not in that report.');
    metrics.inclusionFiles.inc();
    res.attachment(`${report.entry.folder}_inclusion_proof.json`).type('application/json');
    // No tag: it would be a digest of a person's file in caches and logs on the way.
    res.removeHeader('ETag');
    res.end(file);
  };
}

// A database that is being restarted is back in seconds.
function unavailable(error: unknown, log: Logger, request: string): unknown {
  if (!(error instanceof StoreUnavailableError)) return error;
  log.warn({ request, fault: describeFault(error) }, 'store');
  const title = 'Inclusion files cannot be made at the moment. Try again soon.';
  return new Problem(503, 'store-unavailable', title, { 'Retry-After': String(retrySeconds) });
}

function findReport(catalog: Catalog, name: string | undefined): PublishedReport {
  const report = name === undefined ? catalog.reports.at(-1) : findNamed(catalog, name);
  if (report === undefined) throw new Problem(404, 'no-report', 'There is no report with this id.');
  return report;
}
