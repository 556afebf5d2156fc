/** Every operation of the interface, once: the document, the readable page and the routes are made from this list. */
import type { z } from 'zod';
import { inclusionQuerySchema, reportPathSchema } from './schemas.js';

/** An answer: a named schema as JSON, or the content of a file. */
export type AnswerContent = { readonly schema: string } | { readonly media: readonly string[] };

/** An operation. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  /** In the manner of OpenAPI. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly needsToken?: true;
  readonly parameters?: { readonly in: 'path' | 'query'; readonly schema: z.ZodObject };
  readonly body?: string;
  readonly answer: AnswerContent;
  /** What else it answers, by status. */
  readonly problems: Readonly<Record<number, string>>;
}

const limited = { 429: 'Too many requests; `Retry-After` says when to come again.' };
const files = ['application/json', 'text/csv', 'application/octet-stream'];

/** The list. */
export const operations = [
  {
    id: 'getReportIndex',
    method: 'get',
    path: '/reports/reports.json',
    summary: 'The index of all reports',
    description:
      'In the order of the chain, the first report first. Changes when a report is published: revalidate it by its ETag.',
    answer: { schema: 'ReportIndex' },
    problems: limited,
  },
  {
    id: 'getReportFile',
    method: 'get',
    path: '/reports/{folder}/{path}',
    summary: 'A file of a report',
    description:
      'Report, manifest, wallet list, balances, and proofs; `path` may hold slashes. Files of a report never change and may be ' +
      'cached for ever, but for the signature beside it. Takes a range of bytes.',
    parameters: { in: 'path', schema: reportPathSchema },
    answer: { media: files },
    problems: { 404: 'No such file of such a report.', 416: 'The range is not within the file.', ...limited },
  },
  {
    id: 'getMyInclusion',
    method: 'get',
    path: '/v1/me/inclusion',
    summary: "The account holder's own inclusion file",
    description:
      'The account id comes from the token and from nowhere else. The file holds its owner’s balances: keep it as a statement ' +
      'of account, and verify it on your own machine.',
    needsToken: true,
    parameters: { in: 'query', schema: inclusionQuerySchema },
    answer: { schema: 'InclusionFile' },
    problems: {
      400: 'A query other than the documented one.',
      401: 'No token, or not one of the identity provider for this service.',
      404: 'No such report (`no-report`), none of its files here (`no-files`), or the account is not in it (`no-account`).',
      503: 'The keys of the identity provider cannot be had (`identity-unreachable`), or the private store (`store-unavailable`).',
      ...limited,
    },
  },
  {
    id: 'verify',
    method: 'post',
    path: '/v1/verify',
    summary: 'Verify public files',
    description:
      'Runs the verifier of `solvent verify` over a report that is published here, or over public files that are sent. It is a ' +
      'convenience: whoever runs this service could answer what they like, so verify yourself what matters to you.',
    body: 'VerifyRequest',
    answer: { schema: 'VerifyOutcome' },
    problems: {
      400: 'Not in the documented form.',
      404: 'No such report.',
      413: 'Too large.',
      415: 'Not JSON.',
      422: 'A private file (`private-file`), or files that need more memory than is given to one verification.',
      503: 'The queue is full (`busy`; `Retry-After` says when to come again), or the verification took too long (`too-long`).',
      ...limited,
    },
  },
  {
    id: 'getHealth',
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process runs',
    description: 'For whatever restarts it.',
    answer: { schema: 'Health' },
    problems: {},
  },
  {
    id: 'getReadiness',
    method: 'get',
    path: '/readyz',
    summary: 'Whether it serves',
    description: 'For whatever sends requests to it: no longer from the moment at which it begins to stop.',
    answer: { schema: 'Health' },
    problems: { 503: 'Stopping.' },
  },
  {
    id: 'getPortalSettings',
    method: 'get',
    path: '/portal.json',
    summary: 'Where the portal finds reports and this interface',
    description: 'Relative to the page.',
    answer: { schema: 'PortalSettings' },
    problems: limited,
  },
] as const satisfies readonly Operation[];

/** The name of an operation. */
export type OperationId = (typeof operations)[number]['id'];
