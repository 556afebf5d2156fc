/** The two sentences of verification, word for word and in no other language (spec §8.6). */

/** The sentence on a report's liabilities. */
export function reportSentence(ok: boolean): string {
  return `Total sum and non-negative constraint validation ${ok ? 'passed' : 'failed'}`;
}

/** The sentence on an inclusion file. */
export function inclusionSentence(ok: boolean): string {
  return `Inclusion constraint validation ${ok ? 'passed' : 'failed'}`;
}
