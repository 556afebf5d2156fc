/** The snapshot of a report, as the verifier of its wallets knows it: what challenges name (spec §13.5). */
import * as z from 'zod/mini';
import { quoteExcerpt } from '../amounts.js';
import type { Decoded } from '../canonical-json.js';
import { blockHashField, textField } from '../fields.js';
import { networks } from '../networks/networks.js';
import { withoutByteOrderMark } from '../utf8.js';

/** The member `format` of a snapshot file. */
export const snapshotFormat = 'solvent-snapshot/1';
/** Most bytes of a snapshot file. */
export const maxSnapshotSize = 2 ** 20;

const networkIds = new Set(networks.map(({ id }) => id));

const schema = z.strictObject({
  format: z.literal(snapshotFormat),
  exchange: textField,
  reportId: textField,
  blocks: z
    .array(
      z.strictObject({
        network: z.string().check(z.refine((id) => networkIds.has(id), 'expected the id of a network')),
        height: z.int().check(z.minimum(0)),
        hash: blockHashField,
      }),
    )
    .check(
      z.refine(
        (blocks) => new Set(blocks.map(({ network }) => network)).size === blocks.length,
        'expected each network once',
      ),
    ),
});

/** A snapshot: the report that it is of, and for each network the block at which balances are taken. */
export type Snapshot = z.infer<typeof schema>;

/** Reads a snapshot file's text: any JSON of this shape, no other member. Never throws. */
export function parseSnapshot(text: string): Decoded<Snapshot> {
  let value: unknown;
  try {
    value = JSON.parse(withoutByteOrderMark(text));
  } catch (error) {
    return { ok: false, fault: `not JSON: ${quoteExcerpt(error instanceof Error ? error.message : '')}` };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [{ path, message }] = parsed.error.issues;
  return { ok: false, fault: `at ${quoteExcerpt(path.map(String).join('.') || 'the top')}: ${quoteExcerpt(message)}` };
}
