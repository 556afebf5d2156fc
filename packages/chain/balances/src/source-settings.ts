/**
 * The file of sources: which nodes and indexers are asked for each network, and how.
 *
 * Secrets are not in the file. `${NAME}` in an URL's path or query, in a header and in `basic` stands for a variable of the
 * environment, and headers and `basic` are nothing without one.
 */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Decoded } from '@solvent/report-format/canonical-json';
import { integerField } from '@solvent/report-format/fields';
import type { Network } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import * as z from 'zod/mini';
import { describeIssue } from './describe-issue.js';
import { type CommonSettings, commonFields, type SourceKind } from './source-kind.js';
import { sourceKinds } from './source-kinds.js';

/** Most bytes of a file of sources. */
export const maxSourcesFileSize = 2 ** 20;

const sourceField = z.discriminatedUnion('kind', [
  sourceFieldOf(sourceKinds[0]),
  ...sourceKinds.slice(1).map(sourceFieldOf),
]);

function sourceFieldOf({ kind, options }: SourceKind) {
  return z.strictObject({ kind: z.literal(kind), ...commonFields, ...options });
}

const sourcesField = z.strictObject({
  format: z.literal('solvent-rpc/1'),
  /** By the id of the network. */
  networks: z.record(
    z.string(),
    z.strictObject({
      sources: z.array(sourceField).check(z.minLength(1), z.maxLength(16)),
      /** How many sources must give the same answer; the others stand in for those that cannot be reached. */
      agree: z._default(integerField(1, 16), 1),
    }),
  ),
});

/** What the file says of one source, with its defaults; a kind's own settings are beside the common ones. */
export type SourceChoices = CommonSettings & { readonly kind: string };

/** One source, ready to be asked. */
export interface SourceSettings {
  /** Unique in the file: network and number, from 1. */
  readonly id: string;
  /** For people: network, number, kind and host, nothing else of the URL. */
  readonly title: string;
  readonly network: Network;
  readonly kind: string;
  readonly sourceKind: SourceKind;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** What must not be shown, even in what the source says. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  readonly maxAnswerBytes: number;
  /** The entry of the file, with its defaults. */
  readonly choices: SourceChoices;
}

/** The sources of a network. */
export interface NetworkSources {
  readonly network: Network;
  readonly sources: readonly SourceSettings[];
  /** At most the number of sources. */
  readonly agree: number;
}

/** The variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the text of a file of sources. Never throws; no value of a variable is in a fault. */
export function parseSources(text: string, environment: Environment): Decoded<readonly NetworkSources[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message can quote what stands there.
    return { ok: false, fault: 'not JSON' };
  }
  const parsed = sourcesField.safeParse(value);
  if (!parsed.success) return { ok: false, fault: describeIssue(parsed.error) };
  try {
    const found = Object.entries(parsed.data.networks).map(([id, entry]) => {
      return readNetwork(id, entry.sources, entry.agree, environment);
    });
    return { ok: true, value: found };
  } catch (error) {
    if (error instanceof SettingsFault) return { ok: false, fault: error.message };
    throw error;
  }
}

class SettingsFault extends Error {}

function readNetwork(
  id: string,
  entries: readonly SourceChoices[],
  agree: number,
  environment: Environment,
): NetworkSources {
  const network = findNetwork(id);
  if (network?.id !== id) throw new SettingsFault(`at networks: expected the id of a network, got ${quoteExcerpt(id)}`);
  if (agree > entries.length) {
    throw new SettingsFault(`at networks.${id}.agree: expected at most ${entries.length} sources, got ${agree}`);
  }
  const sources = entries.map((entry, i) => {
    const place = `networks.${id}.sources.${i}`;
    const sourceKind = sourceKinds.find(({ kind }) => kind === entry.kind)!;
    if (!sourceKind.knows(network)) {
      throw new SettingsFault(`at ${place}: ${entry.kind} does not know ${network.title}`);
    }
    return readSource(network, sourceKind, entry, i + 1, place, environment);
  });
  return { network, sources, agree };
}

function readSource(
  network: Network,
  sourceKind: SourceKind,
  entry: SourceChoices,
  number: number,
  place: string,
  environment: Environment,
): SourceSettings {
  const secrets: string[] = [];
  const url = readUrl(entry.url, `${place}.url`, environment, secrets);
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(entry.headers)) {
    headers[name.toLowerCase()] = fillHeader(template, `${place}.headers.${name}`, environment, secrets);
  }
  if (entry.basic !== undefined) {
    const pair = Buffer.from(fill(entry.basic, `${place}.basic`, environment, secrets)).toString('base64');
    secrets.push(pair);
    headers.authorization = `Basic ${pair}`;
  }
  const { kind, attempts, requestsPerSecond, concurrency, maxAnswerBytes } = entry;
  return {
    id: `${network.id}/${number}`,
    title: `${network.id}, source ${number} (${kind} at ${url.host})`,
    network,
    kind,
    sourceKind,
    url,
    headers,
    // The longest first, so that none is half hidden by a shorter one; what is very short would hide too much.
    secrets: secrets.filter(({ length }) => length >= 4).sort((a, b) => b.length - a.length),
    timeoutMs: entry.timeoutSeconds * 1000,
    attempts,
    requestsPerSecond,
    concurrency,
    maxAnswerBytes,
    choices: entry,
  };
}

const placeholder = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

function readUrl(template: string, place: string, environment: Environment, secrets: string[]): URL {
  const [, origin, rest] = /^(https?:\/\/[^/?#]*)(.*)$/s.exec(template) ?? [];
  if (origin === undefined)
    throw new SettingsFault(`at ${place}: expected an URL that begins with http:// or https://`);
  // Hosts are shown, and so nothing in them can be secret.
  if (/[$@]/.test(origin))
    throw new SettingsFault(`at ${place}: expected a host alone, without variables and passwords`);
  const url = `${origin}${fill(rest, place, environment, secrets, encodeURIComponent)}`;
  if (!URL.canParse(url)) throw new SettingsFault(`at ${place}: expected an URL`);
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed;
}

function fillHeader(template: string, place: string, environment: Environment, secrets: string[]): string {
  const value = fill(template, place, environment, secrets);
  if (!/^[\t -~]*$/.test(value)) throw new SettingsFault(`at ${place}: expected printable ASCII, got something else`);
  return value;
}

/** Puts the values of variables in their places, and adds them to what must not be shown. */
function fill(
  template: string,
  place: string,
  environment: Environment,
  secrets: string[],
  encode: (value: string) => string = (value) => value,
): string {
  const filled = template.replaceAll(placeholder, (_, name: string) => {
    const value = environment[name];
    if (value === undefined || value === '') {
      throw new SettingsFault(`at ${place}: expected the variable ${name} in the environment, got none`);
    }
    secrets.push(value, encode(value));
    return encode(value);
  });
  if (template.replaceAll(placeholder, '').includes('${')) {
    throw new SettingsFault(`at ${place}: expected variables such as \${NODE_KEY}, got something else after \${`);
  }
  return filled;
}
