/** The items of a JSON list of objects as slices of its text, each with its line: JSON.parse alone would lose the lines. */

/** The text of one object, which may still be no JSON. */
export interface JsonItem {
  readonly text: string;
  /** Number of the line on which the object begins, from 1. */
  readonly line: number;
  /** How many strings it has, names of members among them: a member that is there twice shows in no parsed value. */
  readonly stringCount: number;
}

/** The list does not go on as a list of objects does. */
export interface JsonItemsFault {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

// What the depth of an object depends on.
const significant = /[{}"]/g;

/**
 * Every object from `start`, just after a `[`, to the `]` and `}` that end the text. Time linear in the text's length;
 * ends after a fault.
 */
export function* itemTexts(text: string, start: number): Generator<JsonItem | JsonItemsFault, void> {
  const lines = { line: 1, next: nextLineEnd(text, 0) };
  let at = skipSpace(text, start);
  if (text[at] !== ']') {
    for (;;) {
      const line = lineAt(text, at, lines);
      if (text[at] !== '{') return yield fault(text, at, line, 'an object');
      const object = scanObject(text, at);
      if (object === undefined) return yield { line, expected: 'a closing brace', found: 'the end of the file' };
      yield { text: text.slice(at, object.end), line, stringCount: object.stringCount };
      at = skipSpace(text, object.end);
      if (text[at] === ']') break;
      if (text[at] !== ',') return yield fault(text, at, lineAt(text, at, lines), 'a comma or ] after an object');
      at = skipSpace(text, at + 1);
    }
  }
  const brace = skipSpace(text, at + 1);
  if (text[brace] !== '}') return yield fault(text, brace, lineAt(text, brace, lines), '} after the list');
  const end = skipSpace(text, brace + 1);
  if (end < text.length) yield fault(text, end, lineAt(text, end, lines), 'the end of the file');
}

function fault(text: string, at: number, line: number, expected: string): JsonItemsFault {
  return { line, expected, found: at < text.length ? JSON.stringify(text.slice(at, at + 20)) : 'the end of the file' };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

// Counts on from the place asked for before.
function lineAt(text: string, at: number, lines: { line: number; next: number }): number {
  while (lines.next < at) {
    lines.next = nextLineEnd(text, lines.next + 1);
    lines.line++;
  }
  return lines.line;
}

function nextLineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

// `end` is after the closing brace; undefined when there is none.
function scanObject(text: string, start: number): { end: number; stringCount: number } | undefined {
  significant.lastIndex = start;
  let depth = 0;
  let stringCount = 0;
  for (let match = significant.exec(text); match !== null; match = significant.exec(text)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}' && --depth === 0) return { end: match.index + 1, stringCount };
    else if (match[0] === '"') {
      stringCount++;
      const end = stringEnd(text, match.index + 1);
      if (end === undefined) return undefined;
      significant.lastIndex = end;
    }
  }
  return undefined;
}

function stringEnd(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}
