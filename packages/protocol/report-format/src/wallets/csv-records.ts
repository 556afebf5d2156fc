/**
 * Records of a CSV text (RFC 4180), each with the line that it begins on (spec §13.4).
 *
 * Lines end with LF or CRLF. A field that begins with a double quote ends with one, a double quote in it is doubled, and
 * it may hold commas and line ends. Elsewhere a double quote has no meaning, and a record with one is faulty.
 */

/** A record, or what is wrong with it; the next one begins on the next line in both cases. */
export interface CsvRecord {
  /** Number of the record's first line, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Why the fields cannot be told, in words; then there are none. */
  readonly fault?: string;
}

/** A quote that is never closed: nothing after it can be read. */
export interface CsvEnd {
  /** Number of the line on which the quoted field begins, from 1. */
  readonly line: number;
  readonly unclosed: true;
}

/** Most fields of a record: more than any form has, and few enough to keep. */
const maxFieldCount = 64;

const tooManyFields = `expected at most ${maxFieldCount} fields, got more`;

/** All records of a text, an empty line as one with one empty field; time linear in the text's length. */
export function* csvRecords(text: string): Generator<CsvRecord | CsvEnd, void> {
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const content = withoutReturn(text, start, end);
    if (!content.includes('"')) {
      const fields = content.split(',', maxFieldCount + 1);
      yield fields.length > maxFieldCount ? { line, fields: [], fault: tooManyFields } : { line, fields };
      start = end + 1;
      line++;
      continue;
    }
    const record = quotedRecord(text, start);
    if (record === undefined) {
      yield { line, unclosed: true };
      return;
    }
    if (record.fault === undefined) yield { line, fields: record.fields };
    else yield { line, fields: [], fault: record.fault };
    line += record.lineCount;
    start = record.next;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function withoutReturn(text: string, start: number, end: number): string {
  return text.slice(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
}

interface QuotedRecord {
  readonly fields: readonly string[];
  readonly fault?: string;
  /** Where the next record begins. */
  readonly next: number;
  readonly lineCount: number;
}

// Undefined when a quote is never closed.
function quotedRecord(text: string, start: number): QuotedRecord | undefined {
  const fields: string[] = [];
  let lineCount = 1;
  let at = start;
  for (;;) {
    const isQuoted = text[at] === '"';
    const field = isQuoted ? quotedField(text, at) : plainField(text, at);
    if (field === undefined) return undefined;
    if (isQuoted) lineCount += countLineEnds(field.value);
    fields.push(field.value);
    if (fields.length > maxFieldCount) return faulty(text, field.next, lineCount, tooManyFields);
    const rest = field.next;
    if (text[rest] === ',') {
      at = rest + 1;
      continue;
    }
    const end = lineEnd(text, rest);
    const isEnd = rest === end || (text[rest] === '\r' && rest + 1 === end);
    if (isEnd) return { fields, next: end + 1, lineCount };
    return faulty(text, rest, lineCount, `expected a comma or the line's end after field ${fields.length}`);
  }
}

function faulty(text: string, at: number, lineCount: number, fault: string): QuotedRecord {
  return { fields: [], fault, next: lineEnd(text, at) + 1, lineCount };
}

function quotedField(text: string, start: number): { value: string; next: number } | undefined {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    if (text[quote + 1] !== '"') {
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), next: quote + 1 };
    }
    at = quote + 2;
  }
}

// Ends before a comma, a line's end, or a quote, which the caller takes for a fault.
function plainField(text: string, start: number): { value: string; next: number } {
  const stop = /[",\r\n]/g;
  stop.lastIndex = start;
  const next = stop.exec(text)?.index ?? text.length;
  return { value: text.slice(start, next), next };
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
