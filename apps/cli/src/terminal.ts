/** What a command writes to and asks. The commands know nothing else of the process, so that tests can stand in. */
import type { createColors } from 'picocolors';

export interface Terminal {
  /** Writes to standard output: results. */
  out(text: string): void;
  /** Writes to standard error: progress, questions, errors. */
  err(text: string): void;
  /** Whether a person is there to answer questions. */
  readonly canAsk: boolean;
  /** Whether standard error is a screen on which a line can be drawn again and again. */
  readonly canRedraw: boolean;
  /** Asks on standard error, and gives the line that is typed. */
  ask(question: string): Promise<string>;
  readonly colors: ReturnType<typeof createColors>;
}

// Controls, unassigned and private characters, lone surrogates, line and paragraph separators.
const unsafeCharacters = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text from anywhere on one line, with every character escaped that could drive a terminal or turn its direction. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafeCharacters, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** A value as one line of JSON, in which characters are escaped that could drive a terminal or turn its direction. */
export function encodeJsonLine(value: unknown): string {
  const toEscapes = (character: string) =>
    Array.from({ length: character.length }, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
    }).join('');
  return `${JSON.stringify(value).replace(unsafeCharacters, toEscapes)}\n`;
}
