/**
 * The holder store: a report's private folder on disk, from which any account's inclusion file is made by a few dozen
 * small reads, however many accounts there are.
 *
 *     store.json          the manifest's digest, number of accounts
 *     accounts.bin        one record for each account: id, nonce, segment, rows
 *     accounts.idx        a hash table from ids to records
 *     segment-0000.bin …  rows, tree of rows, and folding layers of each segment
 */
import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createHasher } from '@solvent/commitment/blake3';
import { bytesToHex, concatBytes, encodeText, encodeUint32, hexToBytes, utf8ToBytes } from '@solvent/commitment/bytes';
import type { InclusionFile } from '@solvent/proof-format/inclusion-file';
import { accountNonceSize } from '@solvent/stark/account-tag';
import type { HolderData, HolderSource } from './holder-data.js';
import { createInclusionFile } from './inclusion-file.js';
import { openSegmentFile, writeSegmentFile } from './segment-file.js';

/** An account with its place in the table. */
export interface StoredAccount {
  readonly accountId: string;
  /** 32 bytes. */
  readonly nonce: Uint8Array;
  readonly segment: number;
  /** Strictly increasing. */
  readonly rows: readonly number[];
}

/** Writes a store, piece by piece; it can be opened after `finish`. */
export interface StoreWriter {
  addSegment(segment: number, data: HolderData): Promise<void>;
  addAccounts(accounts: Iterable<StoredAccount>): Promise<void>;
  /** @param manifestDigest 32 bytes. */
  finish(manifestDigest: Uint8Array): Promise<void>;
}

/** A store that is open for reading. */
export interface HolderStore {
  /** 32 bytes. */
  readonly manifestDigest: Uint8Array;
  readonly accountCount: number;
  findAccount(accountId: string): Promise<StoredAccount | undefined>;
  /** All accounts in the order in which they were added. */
  accounts(): AsyncIterable<StoredAccount>;
  inclusionFile(account: StoredAccount): Promise<InclusionFile>;
  close(): void;
}

const format = 'solvent-holder-store/1';
const idHasher = createHasher('holder store account id');
/** Bytes of a slot of the hash table: 8 of the id's hash, 8 of the record's position plus 1, or zeros. */
const slotSize = 16;
const maxRecordSize = 4 + 256 + accountNonceSize + 8 + 4 * 1024;

/** Starts a store in a folder, which is created with access for its owner alone. */
export async function createStoreWriter(folder: string): Promise<StoreWriter> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const records = openSync(join(folder, 'accounts.bin'), 'wx', 0o600);
  const hashes: bigint[] = [];
  const positions: number[] = [];
  let end = 0;
  return {
    async addSegment(segment, data) {
      writeSegmentFile(segmentPath(folder, segment), data);
    },
    async addAccounts(accounts) {
      for (const account of accounts) {
        const record = encodeRecord(account);
        writeSync(records, record);
        hashes.push(hashOf(account.accountId));
        positions.push(end);
        end += record.length;
      }
    },
    async finish(manifestDigest) {
      closeSync(records);
      writeFileSync(join(folder, 'accounts.idx'), buildTable(hashes, positions), { mode: 0o600, flag: 'wx' });
      const info = { format, manifest: bytesToHex(manifestDigest), accounts: hashes.length };
      writeFileSync(join(folder, 'store.json'), `${JSON.stringify(info)}\n`, { mode: 0o600, flag: 'wx' });
    },
  };
}

function segmentPath(folder: string, segment: number): string {
  return join(folder, `segment-${String(segment).padStart(4, '0')}.bin`);
}

function encodeRecord(account: StoredAccount): Uint8Array {
  return concatBytes(
    encodeText(account.accountId),
    account.nonce,
    encodeUint32(account.segment),
    encodeUint32(account.rows.length),
    ...account.rows.map(encodeUint32),
  );
}

/** Reads the record at the beginning of the bytes; `size` is its length. */
function decodeRecord(bytes: Buffer): { account: StoredAccount; size: number } {
  const idSize = bytes.readUInt32LE(0);
  const fixed = 4 + idSize + accountNonceSize;
  const rowCount = bytes.readUInt32LE(fixed + 4);
  const account = {
    accountId: bytes.toString('utf8', 4, 4 + idSize),
    nonce: new Uint8Array(bytes.subarray(4 + idSize, fixed)),
    segment: bytes.readUInt32LE(fixed),
    rows: Array.from({ length: rowCount }, (_, i) => bytes.readUInt32LE(fixed + 8 + 4 * i)),
  };
  return { account, size: fixed + 8 + 4 * rowCount };
}

function hashOf(accountId: string): bigint {
  return Buffer.from(idHasher.digest(utf8ToBytes(accountId), 8)).readBigUInt64LE();
}

/** A hash table with linear probing, at most two thirds full. */
function buildTable(hashes: readonly bigint[], positions: readonly number[]): Uint8Array {
  const slotCount = 2 ** Math.ceil(Math.log2(1.5 * hashes.length + 1));
  const table = Buffer.alloc(slotSize * slotCount);
  hashes.forEach((hash, i) => {
    let slot = Number(hash % BigInt(slotCount));
    while (table.readBigUInt64LE(slotSize * slot + 8) !== 0n) slot = (slot + 1) % slotCount;
    table.writeBigUInt64LE(hash, slotSize * slot);
    table.writeBigUInt64LE(BigInt(positions[i] + 1), slotSize * slot + 8);
  });
  return table;
}

/** Opens a store for reading. Throws an Error that names the file if it is not a finished store. */
export async function openHolderStore(folder: string): Promise<HolderStore> {
  const infoPath = join(folder, 'store.json');
  const info = JSON.parse(readFileSync(infoPath, 'utf8')) as { format?: string; manifest: string; accounts: number };
  if (info.format !== format) throw new Error(`${infoPath}: expected format ${format}, found ${info.format}`);
  const records = openSync(join(folder, 'accounts.bin'), 'r');
  const table = openSync(join(folder, 'accounts.idx'), 'r');
  const slotCount = 2 ** Math.ceil(Math.log2(1.5 * info.accounts + 1));
  const segments = new Map<number, HolderSource & { close(): void }>();
  const manifestDigest = hexToBytes(info.manifest);

  const recordAt = (position: number) => {
    const bytes = Buffer.alloc(maxRecordSize);
    const length = readSync(records, bytes, 0, bytes.length, position);
    return length === 0 ? undefined : decodeRecord(bytes);
  };
  const segmentSource = (segment: number) => {
    const source = segments.get(segment) ?? openSegmentFile(segmentPath(folder, segment));
    segments.set(segment, source);
    return source;
  };

  return {
    manifestDigest,
    accountCount: info.accounts,
    async findAccount(accountId) {
      const hash = hashOf(accountId);
      const entry = Buffer.alloc(slotSize);
      for (let slot = Number(hash % BigInt(slotCount)); ; slot = (slot + 1) % slotCount) {
        readSync(table, entry, 0, slotSize, slotSize * slot);
        const position = Number(entry.readBigUInt64LE(8)) - 1;
        if (position < 0) return undefined;
        if (entry.readBigUInt64LE(0) !== hash) continue;
        const record = recordAt(position);
        if (record?.account.accountId === accountId) return record.account;
      }
    },
    async *accounts() {
      for (let position = 0, record = recordAt(0); record !== undefined; record = recordAt(position)) {
        yield record.account;
        position += record.size;
      }
    },
    async inclusionFile({ nonce, segment, rows }) {
      return createInclusionFile(segmentSource(segment), { manifest: manifestDigest, segment, nonce, rows });
    },
    close() {
      for (const file of [records, table]) closeSync(file);
      for (const source of segments.values()) source.close();
    },
  };
}
