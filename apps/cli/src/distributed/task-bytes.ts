/**
 * The bytes of a segment's task. Integers are little-endian, texts are UTF-8.
 *
 *     'solvent task/1\n\0'                                       16 bytes
 *     uint32 segment, segments, N, assets, accounts, entries, bytes of ids
 *     exchange, report id, time, previous manifest               each: uint16 size, bytes
 *     the symbol of each asset                                   each: uint8 decimals, uint8 size, bytes
 *     uint16 of each account: bytes of its id; then the ids
 *     uint16 of each account: its entries
 *     of each entry: uint16 asset; then uint32 of each, bits 0 to 31 of its amount; uint8, bits 32 to 39; uint32, the rest
 *
 * Every count is bounded before anything is allocated, and nothing may follow.
 */
import { isUtf8 } from 'node:buffer';
import { digestSize } from '@solvent/commitment/blake3';
import type { Ledger } from '@solvent/ledger/ledger';
import { type Asset, findAssetsFault, maxSymbolSize } from '@solvent/report-format/assets';
import { textField, timeField } from '@solvent/report-format/fields';
import { maxSegmentCount } from '@solvent/report-format/manifest';
import { maxAccountIdSize } from '@solvent/stark/account-tag';
import { entriesPerRow, isRowCount, maxAssetCount } from '@solvent/stark/table';
import type { SegmentTask } from '../prove/segment-task.js';

const magic = Buffer.from('solvent task/1\n\0', 'latin1');
const wordCount = 7;
const maxTextSize = 512;
const highBound = 2 ** 30;

/** Writes a task: of the ledger, only the accounts of the segment. */
export function encodeSegmentTask(task: SegmentTask): Buffer {
  const { context, segment, segmentCount, rowCount, ledger, accounts } = task;
  const part = extractAccounts(ledger, accounts);
  const words = [segment, segmentCount, rowCount, ledger.assets.length, accounts.length];
  words.push(part.entryAsset.length, part.ids.length);
  const texts = [context.exchange, context.reportId, context.snapshotTime].map((text) => Buffer.from(text, 'utf8'));
  return Buffer.concat([
    magic,
    bytesOf(Uint32Array.from(words)),
    ...[...texts, context.previousManifest].flatMap((bytes) => [bytesOf(Uint16Array.of(bytes.length)), bytes]),
    ...ledger.assets.flatMap(({ symbol, decimals }) => [Uint8Array.of(decimals, symbol.length), Buffer.from(symbol)]),
    bytesOf(part.idSizes),
    part.ids,
    bytesOf(part.entryCounts),
    bytesOf(part.entryAsset),
    bytesOf(part.low),
    part.middle,
    bytesOf(part.high),
  ]);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function extractAccounts(ledger: Ledger, accounts: Uint32Array) {
  const { idBytes, idStart, accountStart, entryAsset, entryLow, entryHigh } = ledger;
  const idSizes = Uint16Array.from(accounts, (account) => idStart[account + 1] - idStart[account]);
  const entryCounts = Uint16Array.from(accounts, (account) => accountStart[account + 1] - accountStart[account]);
  const ids = new Uint8Array(sum(idSizes));
  const size = sum(entryCounts);
  const columns = { entryAsset: new Uint16Array(size), low: new Uint32Array(size), middle: new Uint8Array(size) };
  const high = new Uint32Array(size);
  let idAt = 0;
  let next = 0;
  for (const account of accounts) {
    ids.set(idBytes.subarray(idStart[account], idStart[account + 1]), idAt);
    idAt += idStart[account + 1] - idStart[account];
    for (let entry = accountStart[account]; entry < accountStart[account + 1]; entry++, next++) {
      columns.entryAsset[next] = entryAsset[entry];
      columns.low[next] = entryLow[entry] % 2 ** 32;
      columns.middle[next] = Math.floor(entryLow[entry] / 2 ** 32);
      high[next] = entryHigh[entry];
    }
  }
  return { idSizes, ids, entryCounts, ...columns, high };
}

function sum(values: Uint16Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Reads a task; its accounts are all of its ledger. Throws a RangeError for bytes that `encodeSegmentTask` cannot make. */
export function decodeSegmentTask(bytes: Uint8Array): SegmentTask {
  const reader = createReader(bytes);
  if (!magic.equals(reader.take(magic.length))) throw new RangeError('task: expected one of this version');
  const words = reader.uint32(wordCount);
  const [segment, segmentCount, rowCount, assetCount, accountCount, entryCount, idsSize] = words;
  assertBetween('segments', segmentCount, 1, maxSegmentCount);
  assertBetween('segment', segment, 0, segmentCount - 1);
  if (!isRowCount(rowCount)) throw new RangeError(`task: rows: expected a power of two from 2^11 to 2^19`);
  assertBetween('assets', assetCount, 1, maxAssetCount);
  assertBetween('accounts', accountCount, 1, rowCount);
  assertBetween('entries', entryCount, 0, entriesPerRow * rowCount);
  assertBetween('bytes of ids', idsSize, accountCount, maxAccountIdSize * accountCount);

  const context = readContext(reader);
  const assets = readAssets(reader, assetCount);
  const idStart = startsOf('ids', reader.uint16(accountCount), 1, maxAccountIdSize, idsSize);
  const idBytes = reader.take(idsSize).slice();
  assertTexts(idBytes, idStart);
  const accountStart = startsOf('entries', reader.uint16(accountCount), 0, assetCount, entryCount);
  const entryAsset = reader.uint16(entryCount);
  const low = reader.uint32(entryCount);
  const middle = reader.take(entryCount);
  const entryHigh = reader.uint32(entryCount);
  reader.end();
  assertEntries(entryAsset, entryHigh, accountStart, assetCount);
  const entryLow = new Float64Array(entryCount);
  for (let entry = 0; entry < entryCount; entry++) entryLow[entry] = middle[entry] * 2 ** 32 + low[entry];

  const ledger: Ledger = { assets, idBytes, idStart, accountStart, entryAsset, entryLow, entryHigh };
  const accounts = Uint32Array.from({ length: accountCount }, (_, account) => account);
  return { context, segment, segmentCount, rowCount, ledger, accounts };
}

function createReader(bytes: Uint8Array) {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const take = (size: number) => {
    if (size > all.length - at) throw new RangeError(`task: expected ${size} bytes at ${at}, got ${all.length - at}`);
    at += size;
    return all.subarray(at - size, at);
  };
  // Copied, since the parts are not aligned.
  const copy = (size: number) => new Uint8Array(take(size)).buffer;
  return {
    take,
    uint16: (count: number) => new Uint16Array(copy(2 * count)),
    uint32: (count: number) => new Uint32Array(copy(4 * count)),
    end() {
      if (at < all.length) throw new RangeError(`task: expected ${at} bytes, got ${all.length}`);
    },
  };
}

type Reader = ReturnType<typeof createReader>;

function assertBetween(what: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`task: ${what}: expected ${least} to ${most}, got ${value}`);
}

function readContext(reader: Reader): SegmentTask['context'] {
  const readBytes = (most: number) => {
    const [size] = reader.uint16(1);
    assertBetween('bytes of a text', size, 0, most);
    return reader.take(size);
  };
  const readText = (field: typeof textField | typeof timeField) => {
    const text = readBytes(maxTextSize);
    if (!isUtf8(text) || !field.safeParse(text.toString('utf8')).success) {
      throw new RangeError('task: expected exchange, report id and time as reports have them');
    }
    return text.toString('utf8');
  };
  const [exchange, reportId, snapshotTime] = [readText(textField), readText(textField), readText(timeField)];
  const previousManifest = new Uint8Array(readBytes(digestSize));
  if (previousManifest.length % digestSize !== 0) throw new RangeError('task: expected a digest of 32 bytes, or none');
  return { exchange, reportId, snapshotTime, previousManifest };
}

function readAssets(reader: Reader, assetCount: number): Asset[] {
  const assets = Array.from({ length: assetCount }, () => {
    const [decimals, size] = reader.take(2);
    assertBetween('bytes of a symbol', size, 1, maxSymbolSize);
    return { symbol: reader.take(size).toString('latin1'), decimals };
  });
  const fault = findAssetsFault(assets);
  if (fault !== undefined) throw new RangeError(`task: ${fault}`);
  return assets;
}

// Where each of the parts begins, and the last one ends.
function startsOf(what: string, sizes: Uint16Array, least: number, most: number, total: number): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; i++) {
    assertBetween(what, sizes[i], least, most);
    starts[i + 1] = starts[i] + sizes[i];
  }
  if (starts[sizes.length] !== total) {
    throw new RangeError(`task: ${what}: expected ${total} in all, got ${starts[sizes.length]}`);
  }
  return starts;
}

// All of it is UTF-8, and no id begins within a character.
function assertTexts(bytes: Uint8Array, starts: Uint32Array): void {
  const isWhole = starts.subarray(0, -1).every((start) => (bytes[start] & 0xc0) !== 0x80);
  if (!isWhole || !isUtf8(bytes)) throw new RangeError('task: ids: expected UTF-8');
}

function assertEntries(asset: Uint16Array, high: Uint32Array, starts: Uint32Array, assetCount: number): void {
  for (let account = 0; account + 1 < starts.length; account++) {
    let before = 0;
    for (let entry = starts[account]; entry < starts[account + 1]; entry++) {
      const isEntry = asset[entry] > before && asset[entry] <= assetCount && high[entry] < highBound;
      if (!isEntry)
        throw new RangeError('task: entries: expected listed assets in their order, and amounts below 2^70');
      before = asset[entry];
    }
  }
}
