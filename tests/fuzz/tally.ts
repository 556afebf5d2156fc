/** Counts what a fuzz run has met, so that one sees how deep it went. */
import fs from 'node:fs';

/** How much is tried: a few thousand by default, as much as is asked for by `node tests/fuzz/run.js`. */
export const decoderCases = Number(process.env.FUZZ_DECODER_CASES ?? 6_000);
export const verificationCases = Number(process.env.FUZZ_VERIFICATIONS ?? 1_500);
/** Where random choices start from; fast-check prints it with a counterexample. */
export const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Whether this run is long enough to have met everything that it can. */
export const isLong = (cases: number) => cases >= 1000;

export interface Tally {
  readonly counts: ReadonlyMap<string, number>;
  add(what: string): void;
}

/** A tally; at the end of a run asked for by `run.js`, it is written where that reads it. */
export function createTally(): Tally {
  const counts = new Map<string, number>();
  return { counts, add: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1) };
}

/** Adds a tally to the file that `run.js` has named. */
export function writeTally(name: string, { counts }: Tally): void {
  const file = process.env.FUZZ_TALLY;
  if (file === undefined) return;
  for (const [what, count] of counts) fs.appendFileSync(file, `${JSON.stringify({ name, what, count })}\n`);
}

/** Words of a fault without its numbers and quotations: where a decoder stopped. */
export function faultKind(fault: string): string {
  return fault
    .replace(/"(?:[^"\\]|\\.)*"?/g, '…')
    .replace(/\d+/g, '#')
    .slice(0, 70);
}

// Controls, lone surrogates, and what turns the direction of writing: no verdict may bring them to a terminal.
const unprintable = /[\p{Cc}\p{Cs}\u{2028}-\u{202E}\u{2066}-\u{2069}\u{FEFF}]/u;

/** Whether words for people are fit to be printed, and short enough to be read. */
export function isPrintable(text: string): boolean {
  return text.length > 0 && text.length < 1000 && !unprintable.test(text);
}
