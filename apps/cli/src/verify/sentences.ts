/** The two sentences of verification, word for word (spec §8.6). */
import type { InclusionOutcome, VerifyOutcome } from './verify-artefacts.js';

const verb = (ok: boolean) => (ok ? 'passed' : 'failed');

/** The sentence on a report. */
export function reportSentence(ok: boolean): string {
  return `Total sum and non-negative constraint validation ${verb(ok)}`;
}

/** The sentence on an inclusion file. */
export function inclusionSentence(ok: boolean): string {
  return `Inclusion constraint validation ${verb(ok)}`;
}

/**
 * The sentence that an outcome deserves, if any: an inclusion file that was given without its report has neither passed
 * nor failed, and gets none.
 */
export function sentenceFor(inclusion: InclusionOutcome, report: VerifyOutcome['report']): string | undefined {
  return report === undefined ? undefined : inclusionSentence(inclusion.verdict.ok);
}
