/** `wallets balances`: reads what it is given, asks, and writes the whole file or none. */
import { lstatSync } from 'node:fs';
import type { BalanceQuery } from '@solvent/balances/balance';
import { findTokenFault } from '@solvent/balances/check-tokens';
import { digestInputs } from '@solvent/balances/kept-answers';
import { type LeftOutRow, planQueries } from '@solvent/balances/plan-queries';
import { countAnswers, readBalances } from '@solvent/balances/read-balances';
import { SourceError } from '@solvent/balances/source-error';
import {
  type Environment,
  maxSourcesFileSize,
  type NetworkSources,
  parseSources,
} from '@solvent/balances/source-settings';
import type { SnapshotBlock, TokenMapping } from '@solvent/report-format/report';
import { encodeReserves, maxReservesEntryCount, type ReservesEntry } from '@solvent/report-format/reserves';
import { readInputText } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { countOf } from '../human-text.js';
import { InputError } from '../input-error.js';
import { interruptible } from '../interruption.js';
import { readTokens } from '../report/token-file.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { openKeptBalances } from './balances-kept.js';
import { createBalancesProgress } from './balances-progress.js';
import { readListFile, readSnapshotFile } from './verify-list.js';

export interface BalancesRequest {
  readonly path: string;
  /** Paths of the other files. */
  readonly rpc: string;
  readonly snapshot: string;
  readonly tokens?: string;
  readonly out: string;
  readonly partial?: true;
  readonly resume?: true;
}

/** What was written. */
export interface WrittenBalances {
  readonly out: string;
  readonly entries: readonly ReservesEntry[];
  readonly blocks: readonly SnapshotBlock[];
}

/** Everything that is asked, and of whom. */
interface Plan {
  readonly queries: readonly BalanceQuery[];
  readonly blocks: readonly SnapshotBlock[];
  readonly sources: readonly NetworkSources[];
}

/** Asks for all balances. Throws an InputError when something cannot be read or asked for; then there is no file. */
export async function writeBalances(
  request: BalancesRequest,
  terminal: Terminal,
  environment: Environment,
): Promise<WrittenBalances> {
  const { out } = request;
  assertNothingThere(out);
  const plan = await readPlan(request, terminal, environment);
  const inputs = digestInputs(plan.queries, plan.blocks, plan.sources);
  const kept = await openKeptBalances(out, inputs, plan, request.resume === true);
  const progress = createBalancesProgress(terminal, countAnswers(plan), kept.answers.size);
  const entries = await interruptible((signal) =>
    readBalances({
      ...plan,
      kept: kept.answers,
      signal,
      onProgress: (count) => {
        progress.add(count);
        kept.saveNowAndThen();
      },
      onStandIn: (reason) => progress.note(escapeUnsafe(reason)),
    }),
  )
    .catch((error: unknown) => {
      kept.save();
      throw error instanceof SourceError ? new InputError(error.message + kept.advice()) : error;
    })
    .finally(progress.end);
  writeWholeFile(out, encodeReserves({ format: 'solvent-reserves/1', entries }), 0o644);
  kept.remove();
  return { out, entries, blocks: plan.blocks };
}

/** Throws an InputError where something is that a new file would take the place of. */
export function assertNothingThere(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new InputError(`${path}: expected nothing there, got a file (none is overwritten)`);
}

async function readPlan(request: BalancesRequest, terminal: Terminal, environment: Environment): Promise<Plan> {
  const list = await readListFile(request.path);
  const { blocks } = await readSnapshotFile(request.snapshot);
  const sources = await readSources(request.rpc, environment);
  const tokens = request.tokens === undefined ? [] : await readCheckedTokens(request.tokens);
  const { queries, leftOut } = planQueries(list.rows, {
    tokens,
    blocks: new Set(blocks.map(({ network }) => network)),
    sources: new Set(sources.map(({ network }) => network.id)),
  });
  if (leftOut.length > 0) reportLeftOut(leftOut, request, terminal);
  if (queries.length === 0) throw new InputError(`${request.path}: expected a row to ask for, got none`);
  if (queries.length > maxReservesEntryCount) {
    throw new InputError(`${request.path}: expected at most ${maxReservesEntryCount} balances, got ${queries.length}`);
  }
  const asked = new Set(queries.map(({ network }) => network.id));
  return {
    queries,
    blocks: blocks.filter(({ network }) => asked.has(network)),
    sources: sources.filter(({ network }) => asked.has(network.id)),
  };
}

function reportLeftOut(leftOut: readonly LeftOutRow[], { path, partial }: BalancesRequest, terminal: Terminal): void {
  const [{ line, reason }] = leftOut;
  if (partial === undefined) {
    const others = leftOut.length === 1 ? '' : ` (and ${countOf(leftOut.length - 1, 'row')} more)`;
    throw new InputError(`${path}, line ${line}: ${reason}${others}; --partial leaves such rows out`);
  }
  const shown = leftOut
    .slice(0, shownRowCount)
    .map((row) => `left out: line ${row.line}: ${escapeUnsafe(row.reason)}\n`);
  terminal.err(shown.join(''));
  const hidden = leftOut.length - shown.length;
  if (hidden > 0) terminal.err(`left out: ${countOf(hidden, 'row')} more\n`);
}

/** More lines than these nobody reads. */
const shownRowCount = 20;

/** Reads the file of sources. Throws an InputError, in which no variable's value is. */
export async function readSources(path: string, environment: Environment): Promise<readonly NetworkSources[]> {
  const sources = parseSources(await readInputText(path, maxSourcesFileSize), environment);
  if (sources.ok) return sources.value;
  throw new InputError(`${path}: expected a file of sources, got a fault: ${sources.fault}`);
}

async function readCheckedTokens(path: string): Promise<readonly TokenMapping[]> {
  const tokens = await readTokens(path);
  const fault = findTokenFault(tokens);
  if (fault !== undefined) throw new InputError(`${path}: ${fault}`);
  return tokens;
}
