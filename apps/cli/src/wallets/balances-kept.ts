/** Answers of an unfinished run, in a file beside the one to be written. */
import { existsSync, rmSync } from 'node:fs';
import type { BalanceQuery } from '@solvent/balances/balance';
import {
  decodeKeptAnswers,
  encodeKeptAnswers,
  type KeptAnswers,
  maxKeptAnswersSize,
} from '@solvent/balances/kept-answers';
import type { NetworkSources } from '@solvent/balances/source-settings';
import { readInputText } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';

export interface KeptBalances {
  readonly answers: KeptAnswers;
  /** Writes the file if that is some time ago. */
  saveNowAndThen(): void;
  /** Writes the file if there is anything new. */
  save(): void;
  /** How to go on, for the end of a message; empty when nothing is kept. */
  advice(): string;
  remove(): void;
}

/** A run loses at most what came in this time. */
const savingMs = 10_000;

/** The answers of an earlier run with the same inputs, or none. Throws an InputError when they are not as `isResumed` says. */
export async function openKeptBalances(
  out: string,
  inputs: string,
  { queries, sources }: { readonly queries: readonly BalanceQuery[]; readonly sources: readonly NetworkSources[] },
  isResumed: boolean,
): Promise<KeptBalances> {
  const path = `${out}.unfinished`;
  if (existsSync(path) !== isResumed) {
    if (isResumed) throw new InputError(`${path}: expected an unfinished run to continue, got none`);
    throw new InputError(`${path}: expected nothing there, got an unfinished run; --resume continues it`);
  }
  const answers: KeptAnswers = isResumed ? await readKept() : new Map();
  let savedCount = answers.size;
  let savedAt = performance.now();

  async function readKept(): Promise<KeptAnswers> {
    const decoded = decodeKeptAnswers(await readInputText(path, maxKeptAnswersSize), inputs, queries, sources);
    if (decoded.ok) return decoded.value;
    throw new InputError(`${path}: expected an unfinished run to continue, got one that is ${decoded.fault}`);
  }

  const save = () => {
    if (answers.size === savedCount) return;
    writeWholeFile(path, encodeKeptAnswers(inputs, answers), 0o644);
    savedCount = answers.size;
    savedAt = performance.now();
  };
  return {
    answers,
    save,
    saveNowAndThen: () => {
      if (performance.now() - savedAt >= savingMs) save();
    },
    advice: () => (answers.size > 0 ? `; ${answers.size} answers are kept, --resume goes on from them` : ''),
    remove: () => rmSync(path, { force: true }),
  };
}
