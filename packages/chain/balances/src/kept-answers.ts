/** Answers that are kept while others are still missing, so that an interrupted run can go on (not published). */
import { createHash } from 'node:crypto';
import { type Decoded, encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { digestField, unitsField } from '@solvent/report-format/fields';
import type { SnapshotBlock } from '@solvent/report-format/report';
import { entryKey, reservesSchema } from '@solvent/report-format/reserves';
import * as z from 'zod/mini';
import type { Balance, BalanceQuery } from './balance.js';
import { describeIssue } from './describe-issue.js';
import type { NetworkSources } from './source-settings.js';

/** Answers by `answerKey`. */
export type KeptAnswers = Map<string, Balance>;

/** Most bytes of a file of kept answers. */
export const maxKeptAnswersSize = 2 ** 29;

/** What a source was asked, as one text. */
export function answerKey(sourceId: string, { network, address, token }: BalanceQuery): string {
  return `${sourceId} ${entryKey({ network: network.id, address, token })}`;
}

/** What answers are answers to: everything that is asked, and of whom, in 64 hexadecimal digits. */
export function digestInputs(
  queries: readonly BalanceQuery[],
  blocks: readonly SnapshotBlock[],
  sources: readonly NetworkSources[],
): string {
  const asked = queries.map(({ network, address, token, decimals }) => [network.id, address, token, decimals]);
  // As in the file, with names of variables in place of secrets, which may be renewed meanwhile.
  const choices = sources.map(({ network, agree, sources: ones }) => [
    network.id,
    agree,
    ones.map((one) => one.choices),
  ]);
  const bytes = encodeCanonicalJson({ asked, blocks, choices });
  return createHash('sha256').update(bytes).digest('hex');
}

const entryField = reservesSchema.shape.entries.def.element.shape;
const keptField = z.strictObject({
  format: z.literal('solvent-kept-balances/1'),
  inputs: digestField,
  answers: z.array(
    z.strictObject({
      /** As `answerKey` makes it. */
      key: z.string(),
      units: unitsField,
      at: entryField.at,
      height: entryField.height,
      blockHash: entryField.blockHash,
      time: entryField.time,
    }),
  ),
});

/** The text of a file of kept answers. */
export function encodeKeptAnswers(inputs: string, kept: KeptAnswers): string {
  const answers = [...kept].map(([key, { units, at, height, blockHash, time }]) => {
    return { key, units: units.toString(), at, height, blockHash, time };
  });
  return JSON.stringify({ format: 'solvent-kept-balances/1', inputs, answers });
}

/** Reads the text of a file of kept answers to the same inputs. Never throws. */
export function decodeKeptAnswers(
  text: string,
  inputs: string,
  queries: readonly BalanceQuery[],
  sources: readonly NetworkSources[],
): Decoded<KeptAnswers> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not JSON' };
  }
  const parsed = keptField.safeParse(value);
  if (!parsed.success) return { ok: false, fault: `not kept balances: ${describeIssue(parsed.error)}` };
  if (parsed.data.inputs !== inputs) {
    return { ok: false, fault: 'of another wallet list, snapshot, mapping of tokens or file of sources' };
  }
  const queryOf = new Map<string, BalanceQuery>();
  for (const { network, sources: ones } of sources) {
    const asked = queries.filter((query) => query.network.id === network.id);
    for (const { id } of ones) for (const query of asked) queryOf.set(answerKey(id, query), query);
  }
  const kept: KeptAnswers = new Map();
  for (const { key, units, ...rest } of parsed.data.answers) {
    const query = queryOf.get(key);
    if (query === undefined) return { ok: false, fault: 'with an answer to something that is not asked' };
    kept.set(key, { query, units: BigInt(units), ...rest });
  }
  return { ok: true, value: kept };
}
