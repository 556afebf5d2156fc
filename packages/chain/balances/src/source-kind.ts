/** What a kind of source is: what it can be asked, what it says of the past, and how it is opened. */
import { integerField } from '@solvent/report-format/fields';
import type { Network } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import type { ReadBalances } from './balance.js';
import type { BlockReader } from './block-reader.js';
import type { Connection } from './transport/connection.js';

const templateField = z.string().check(z.minLength(1), z.maxLength(2048));
const secretField = templateField.check(
  z.regex(/\$\{/, `expected a variable of the environment, such as \${NODE_KEY}`),
);

/** Settings of every source. */
export const commonFields = {
  url: templateField,
  /** Headers by name. */
  headers: z._default(z.record(z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)), secretField), {}),
  /** User and password with a colon between. */
  basic: z.optional(secretField),
  /** For one request and its whole answer. */
  timeoutSeconds: z._default(z.number().check(z.gt(0), z.maximum(86_400)), 30),
  /** How often a request is sent, the first time included, before the source counts as unreachable. */
  attempts: z._default(integerField(1, 20), 5),
  requestsPerSecond: z._default(z.number().check(z.gt(0), z.maximum(10_000)), 20),
  /** Requests at once. */
  concurrency: z._default(integerField(1, 64), 4),
  /** Most bytes of an answer. */
  maxAnswerBytes: z._default(integerField(1024, 2 ** 28), 2 ** 25),
};

const commonSettings = z.object(commonFields);
/** Settings of every source, with their defaults. */
export type CommonSettings = z.infer<typeof commonSettings>;

type Options = Readonly<Record<string, z.core.$ZodType>>;
type OptionsOf<O extends Options> = z.infer<z.ZodMiniObject<O>>;

interface Kind {
  /** Its name in the file of sources, and in the entries of reserves. */
  readonly kind: string;
  /** What of the networks it knows: own asset, tokens. In words, for the table of kinds. */
  readonly assets: string;
  /** Of which block its balances are, in words, for the table of kinds. */
  readonly balancesAt: string;
}

/** A kind of source as its file says it; the networks are of one family. */
export interface KindDefinition<Family extends Network['family'], O extends Options> extends Kind {
  readonly family: Family;
  /** Ids of the networks it knows, where that is not the whole family. */
  readonly networks?: readonly string[];
  /** Settings of its own. */
  readonly options: O;
  open(connection: Connection, network: Network & { family: Family }, options: OptionsOf<O>): ReadBalances;
  blocks(connection: Connection, network: Network & { family: Family }, options: OptionsOf<O>): BlockReader;
}

/** A kind of source, whatever its networks and settings are. */
export interface SourceKind extends Kind {
  /** Settings of its own, which the table of kinds joins to the common ones. */
  readonly options: Options;
  knows(network: Network): boolean;
  /** Makes what reads balances; nothing is asked yet. The network is one that the kind knows. */
  open(connection: Connection): ReadBalances;
  /** Makes what reads blocks, likewise. */
  blocks(connection: Connection): BlockReader;
}

/** A kind for the table of kinds. */
export function defineKind<Family extends Network['family'], O extends Options>(
  definition: KindDefinition<Family, O>,
): SourceKind {
  const { family, networks } = definition;
  const knows = (network: Network): network is Network & { family: Family } =>
    network.family === family && networks?.includes(network.id) !== false;
  const of = ({ settings }: Connection) => {
    const { network, choices, id } = settings;
    if (!knows(network)) throw new RangeError(`source ${id}: ${definition.kind} does not know ${network.title}`);
    // The choices were parsed by the kind's own fields.
    return [network, choices as unknown as OptionsOf<O>] as const;
  };
  return {
    kind: definition.kind,
    assets: definition.assets,
    balancesAt: definition.balancesAt,
    options: definition.options,
    knows,
    open: (connection) => definition.open(connection, ...of(connection)),
    blocks: (connection) => definition.blocks(connection, ...of(connection)),
  };
}
