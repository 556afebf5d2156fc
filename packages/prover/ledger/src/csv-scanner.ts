/**
 * The rows of CSV text that comes in chunks of bytes. Fields stay bytes: nothing is made for each of them.
 *
 * Strict RFC 4180 with these freedoms: a byte-order mark at the start, lines that end with LF or CRLF (also mixed), any
 * UTF-8 text. A quote opens a field only as its first character, and nothing may follow the closing one.
 */
import { findUtf8Fault, unfinishedSize } from './utf8-fault.js';

/** A row; only valid during the call that hands it out. Field i is bytes[fieldStart[i]] … bytes[fieldEnd[i] − 1]. */
export interface ScannedRow {
  readonly bytes: Uint8Array;
  /** At least 1: a blank line has one empty field. */
  readonly fieldCount: number;
  readonly fieldStart: Uint32Array;
  readonly fieldEnd: Uint32Array;
  /** The physical line on which the row starts, counted from 1; of a table, the number of the row. */
  readonly line: number;
}

/** Takes the chunks of one text. */
export interface CsvScanner {
  /** Looks at the next bytes. Throws a CsvFault, or what `onRow` throws. */
  push(chunk: Uint8Array): void;
  /** Says that there are no more bytes. Throws as `push`. */
  end(): void;
}

/** What is wrong with a text that is not CSV. */
export type CsvFaultKind = 'encoding' | 'opening-quote' | 'closing-quote' | 'open-quote' | 'row-size';

/** The first fault of a text that is not CSV. */
export class CsvFault extends Error {
  readonly kind: CsvFaultKind;
  /** The physical line: of the fault for an encoding, otherwise the one on which the row starts. */
  readonly line: number;
  /** The field within the row, counted from 0; undefined when it cannot be told. */
  readonly field: number | undefined;

  constructor(kind: CsvFaultKind, line: number, field: number | undefined) {
    super(`CSV: ${kind} on line ${line}`);
    this.name = 'CsvFault';
    this.kind = kind;
    this.line = line;
    this.field = field;
  }
}

/** The most bytes of a row; more are taken for a quote that is never closed. */
export const maxRowSize = 1 << 20;

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const nowhere = 2 ** 31 - 1;
// Given for a row that may go on after the bytes that are there.
const incomplete = -1;

// Positions are indices of `bytes`; what lies before `start` has been handed out.
interface Scan {
  bytes: Uint8Array;
  start: number;
  end: number;
  isLast: boolean;
  /** Up to here the bytes are whole characters of UTF-8, or `encodingFault` is known. */
  checked: number;
  encodingFault: number;
  markPassed: boolean;
  // The row that is looked at.
  line: number;
  quotedLineFeeds: number;
  hasEscapes: boolean;
  fieldCount: number;
  fieldStart: Uint32Array;
  fieldEnd: Uint32Array;
}

/** A scanner that calls `onRow` for each row in order, up to the first fault. */
export function createCsvScanner(onRow: (row: ScannedRow) => void): CsvScanner {
  const scan: Scan = {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    isLast: false,
    checked: 0,
    encodingFault: nowhere,
    markPassed: false,
    line: 1,
    quotedLineFeeds: 0,
    hasEscapes: false,
    fieldCount: 0,
    fieldStart: new Uint32Array(16),
    fieldEnd: new Uint32Array(16),
  };
  return {
    push: (chunk) => {
      append(scan, chunk);
      scanRows(scan, onRow);
    },
    end: () => {
      scan.isLast = true;
      scanRows(scan, onRow);
    },
  };
}

function append(scan: Scan, chunk: Uint8Array): void {
  const kept = scan.end - scan.start;
  const from = scan.bytes;
  if (kept + chunk.length > from.length) scan.bytes = new Uint8Array(2 * (kept + chunk.length));
  scan.bytes.set(from.subarray(scan.start, scan.end));
  scan.bytes.set(chunk, kept);
  if (scan.encodingFault !== nowhere) scan.encodingFault -= scan.start;
  scan.checked -= scan.start;
  scan.start = 0;
  scan.end = kept + chunk.length;
}

function scanRows(scan: Scan, onRow: (row: ScannedRow) => void): void {
  checkEncoding(scan);
  if (!scan.markPassed && !passMark(scan)) return;
  while (scan.start < scan.end) {
    const next = scanRow(scan);
    if (next === incomplete) return;
    if (next > scan.encodingFault) throw encodingFault(scan, fieldAt(scan, scan.encodingFault));
    if (scan.hasEscapes) unescapeFields(scan);
    onRow(scan);
    scan.line += 1 + scan.quotedLineFeeds;
    scan.start = next;
  }
}

function checkEncoding(scan: Scan): void {
  if (scan.encodingFault !== nowhere) return;
  const bytes = scan.bytes.subarray(scan.checked, scan.end);
  const whole = scan.isLast ? bytes : bytes.subarray(0, bytes.length - unfinishedSize(bytes));
  const fault = findUtf8Fault(whole);
  if (fault >= 0) scan.encodingFault = scan.checked + fault;
  scan.checked += whole.length;
}

// Whether the start of the text is known and is behind us.
function passMark(scan: Scan): boolean {
  if (scan.end < byteOrderMark.length && !scan.isLast) return false;
  scan.markPassed = true;
  if (byteOrderMark.every((byte, i) => i < scan.end && scan.bytes[i] === byte)) scan.start = byteOrderMark.length;
  return true;
}

// Finds the fields of the row at `start`, and says where the next one begins.
function scanRow(scan: Scan): number {
  const { bytes, start } = scan;
  const end = Math.min(scan.end, start + maxRowSize);
  scan.fieldCount = 0;
  scan.quotedLineFeeds = 0;
  scan.hasEscapes = false;
  for (let at = start; ; at++) {
    const isQuoted = at < end && bytes[at] === quote;
    at = isQuoted ? scanQuotedField(scan, at, end) : scanPlainField(scan, at, end);
    if (at === incomplete || at === end) return at;
    if (bytes[at] === lineFeed) return at + 1;
  }
}

// Both kinds of field: adds it, and gives the position of the comma or line feed behind it, or `end` at the text's end.
function scanPlainField(scan: Scan, first: number, end: number): number {
  const { bytes } = scan;
  let at = first;
  // Letters, digits and points are above the bytes that mean something.
  while (at < end && (bytes[at] > comma || !isSpecial(bytes[at]))) at++;
  if (at === end && !isWhole(scan, end)) return incomplete;
  if (at < end && bytes[at] === quote) throw rowFault(scan, 'opening-quote', at);
  const isCrLf = at < end && bytes[at] === lineFeed && at > first && bytes[at - 1] === carriageReturn;
  addField(scan, first, isCrLf ? at - 1 : at);
  return at;
}

function scanQuotedField(scan: Scan, open: number, end: number): number {
  const { bytes } = scan;
  let close = open + 1;
  for (; ; close += 2) {
    while (close < end && bytes[close] !== quote) if (bytes[close++] === lineFeed) scan.quotedLineFeeds++;
    if (close === end) {
      if (!isWhole(scan, end)) return incomplete;
      throw rowFault(scan, 'open-quote', end);
    }
    if (close + 1 === end || bytes[close + 1] !== quote) break;
    scan.hasEscapes = true;
  }
  const next = close + 1;
  const stop = next < end && bytes[next] === carriageReturn ? next + 1 : next;
  // Until the byte at `stop` is known, this may be the first half of an escaped quote, or a carriage return alone.
  if (stop === end && !isWhole(scan, end)) return incomplete;
  const isComma = next < end && bytes[next] === comma;
  const isLineEnd = stop < end && bytes[stop] === lineFeed;
  if (next < end && !isComma && !isLineEnd) throw rowFault(scan, 'closing-quote', next);
  addField(scan, open + 1, close);
  return stop;
}

function isSpecial(byte: number): boolean {
  return byte === comma || byte === lineFeed || byte === quote;
}

// Whether the text ends at `end`, which the row has reached; if not, more bytes are needed.
function isWhole(scan: Scan, end: number): boolean {
  if (end < scan.end) throw rowFault(scan, 'row-size', end);
  return scan.isLast;
}

function addField(scan: Scan, start: number, end: number): void {
  if (scan.fieldCount === scan.fieldStart.length) {
    scan.fieldStart = doubled(scan.fieldStart);
    scan.fieldEnd = doubled(scan.fieldEnd);
  }
  scan.fieldStart[scan.fieldCount] = start;
  scan.fieldEnd[scan.fieldCount++] = end;
}

function doubled(values: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * values.length);
  larger.set(values);
  return larger;
}

// Closes the gaps of escaped quotes, where the bytes are. Any quote that is still in a field is the first of two.
function unescapeFields(scan: Scan): void {
  const { bytes, fieldStart, fieldEnd } = scan;
  for (let field = 0; field < scan.fieldCount; field++) {
    let to = fieldStart[field];
    for (let from = to; from < fieldEnd[field]; from++) {
      bytes[to++] = bytes[from];
      if (bytes[from] === quote) from++;
    }
    fieldEnd[field] = to;
  }
}

function rowFault(scan: Scan, kind: CsvFaultKind, position: number): CsvFault {
  if (scan.encodingFault < position) return encodingFault(scan, undefined);
  return new CsvFault(kind, scan.line, scan.fieldCount);
}

function encodingFault(scan: Scan, field: number | undefined): CsvFault {
  let line = scan.line;
  for (let at = scan.start; at < scan.encodingFault; at++) if (scan.bytes[at] === lineFeed) line++;
  return new CsvFault('encoding', line, field);
}

function fieldAt(scan: Scan, position: number): number {
  let field = 0;
  while (field + 1 < scan.fieldCount && scan.fieldStart[field + 1] <= position) field++;
  return field;
}
