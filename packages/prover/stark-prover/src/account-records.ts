/**
 * The accounts of a segment as bytes, one record after another: the id's length and the id in UTF-8, the nonce of the
 * account's tag, the number of rows, the first row, and how far each next row is from the one before. All numbers are
 * varints: seven bits a byte, the lowest first, the high bit on all bytes but the last.
 */
import { maxRowsPerAccount } from '@solvent/proof-format/inclusion-file';
import { accountNonceSize, maxAccountIdSize } from '@solvent/stark/account-tag';
import { maxRowCount } from '@solvent/stark/table';

/** An account with its place in the table. */
export interface StoredAccount {
  readonly accountId: string;
  /** 32 bytes. */
  readonly nonce: Uint8Array;
  readonly segment: number;
  /** Strictly increasing. */
  readonly rows: readonly number[];
}

/** Where the parts of a record are within the bytes that hold it. */
export interface RecordSpan {
  bytes: Buffer;
  idStart: number;
  idEnd: number;
  end: number;
}

/** Most bytes of a record: rows are below 2^21, so they take three bytes at most. */
export const maxRecordSize = 2 + maxAccountIdSize + accountNonceSize + 2 + 3 * maxRowsPerAccount;
const scanSize = 2 ** 16;

/**
 * Writes an account's record at an offset; `maxRecordSize` bytes must be free. Gives the offset after it.
 *
 * @throws RangeError for an account that is not well formed; the message does not say which, since ids are private
 */
export function encodeRecord(account: StoredAccount, bytes: Buffer, offset: number): number {
  const { accountId, nonce, rows } = account;
  const idSize = Buffer.byteLength(accountId);
  assertAccount(idSize, nonce, rows);
  let at = writeVarint(bytes, offset, idSize);
  at += bytes.write(accountId, at);
  bytes.set(nonce, at);
  at = writeVarint(bytes, at + accountNonceSize, rows.length);
  for (let i = 0; i < rows.length; i++) at = writeVarint(bytes, at, i === 0 ? rows[0] : rows[i] - rows[i - 1]);
  return at;
}

function assertAccount(idSize: number, nonce: Uint8Array, rows: readonly number[]): void {
  if (idSize < 1 || idSize > maxAccountIdSize) {
    throw new RangeError(`account id: expected 1 to ${maxAccountIdSize} bytes of UTF-8, got ${idSize}`);
  }
  if (nonce.length !== accountNonceSize) {
    throw new RangeError(`account nonce: expected ${accountNonceSize} bytes, got ${nonce.length}`);
  }
  if (rows.length < 1 || rows.length > maxRowsPerAccount) {
    throw new RangeError(`account rows: expected 1 to ${maxRowsPerAccount}, got ${rows.length}`);
  }
  for (let i = 0; i < rows.length; i++) {
    const isRow = Number.isInteger(rows[i]) && rows[i] < maxRowCount && rows[i] > (i === 0 ? -1 : rows[i - 1]);
    if (!isRow) throw new RangeError(`account rows: expected integers in increasing order, below ${maxRowCount}`);
  }
}

/** The account whose record a span is. */
export function decodeRecord({ bytes, idStart, idEnd }: RecordSpan, segment: number): StoredAccount {
  const accountId = bytes.toString('utf8', idStart, idEnd);
  const nonce = new Uint8Array(accountNonceSize);
  for (let i = 0; i < accountNonceSize; i++) nonce[i] = bytes[idEnd + i];
  const cursor = { at: idEnd + accountNonceSize };
  const count = readVarint(bytes, cursor);
  const rows: number[] = [];
  for (let row = 0; rows.length < count; rows.push(row)) row += readVarint(bytes, cursor);
  return { accountId, nonce, segment, rows };
}

/** Finds the parts of the record at an offset; false if the bytes end before it does. */
export function locateRecord(bytes: Buffer, offset: number, span: RecordSpan): boolean {
  const cursor = { at: offset };
  const idSize = readVarint(bytes, cursor);
  span.bytes = bytes;
  span.idStart = cursor.at;
  span.idEnd = cursor.at + idSize;
  cursor.at = span.idEnd + accountNonceSize;
  const count = readVarint(bytes, cursor);
  for (let i = 0; i < count; i++) {
    if (cursor.at >= bytes.length) return false;
    readVarint(bytes, cursor);
  }
  span.end = cursor.at;
  return count > 0 && cursor.at <= bytes.length;
}

/**
 * The records in a range of a file, in its order. The span is one object that moves on: take out what is needed.
 *
 * @param read gives a copy of bytes of the file
 */
export function* scanRecords(
  read: (position: number, size: number) => Buffer,
  start: number,
  end: number,
): Generator<{ readonly span: RecordSpan; readonly position: number }> {
  const found = { span: { bytes: Buffer.alloc(0), idStart: 0, idEnd: 0, end: 0 }, position: start };
  for (let position = start; position < end; ) {
    const bytes = read(position, Math.min(scanSize, end - position));
    let offset = 0;
    while (locateRecord(bytes, offset, found.span)) {
      found.position = position + offset;
      offset = found.span.end;
      yield found;
    }
    if (offset === 0) throw new RangeError(`records: expected one at ${position}, got something else`);
    position += offset;
  }
}

/** Accounts of a segment whose records follow one another, and where the next record is. */
export interface AccountBatch {
  readonly accounts: readonly StoredAccount[];
  readonly next: number;
}

/** Reads the accounts whose records begin at a position, some hundreds of them, or all there are before `end`. */
export function readBatch(
  read: (position: number, size: number) => Buffer,
  position: number,
  end: number,
  segment: number,
): AccountBatch {
  const bytes = read(position, Math.min(scanSize, end - position));
  const span = { bytes, idStart: 0, idEnd: 0, end: 0 };
  const accounts: StoredAccount[] = [];
  let size = 0;
  while (locateRecord(bytes, size, span)) {
    accounts.push(decodeRecord(span, segment));
    size = span.end;
  }
  if (size === 0) throw new RangeError(`records: expected one at ${position}, got something else`);
  return { accounts, next: position + size };
}

function writeVarint(bytes: Buffer, offset: number, value: number): number {
  let at = offset;
  let rest = value;
  for (; rest >= 128; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
  bytes[at++] = rest;
  return at;
}

// Past the end of the bytes it reads zeros, and the cursor says so.
function readVarint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0;
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}
