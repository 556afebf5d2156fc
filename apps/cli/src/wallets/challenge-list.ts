/** `wallets challenge`: the message to sign for each row of a list. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import type { Snapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';
import { readListFile, readSnapshotFile } from './verify-list.js';

/** Where to write. */
export interface ChallengeRequest {
  readonly path: string;
  readonly report: string;
  readonly out: string;
  /** A folder for one file for each message. */
  readonly messages?: string;
}

/** A row of our own form. */
export type OwnRow = Omit<WalletRow, 'line' | 'type' | 'fault'>;

/** Writes the list with messages and without signatures; gives the number of rows. */
export async function challengeList({ path, report, out, messages }: ChallengeRequest): Promise<number> {
  const list = await readListFile(path);
  const snapshot = await readSnapshotFile(report);
  const rows = list.rows.map((row) => challengeRow(row, snapshot, path));
  if (messages !== undefined) {
    mkdirSync(messages, { recursive: true });
    rows.forEach(({ message }, i) => {
      writeWholeFile(join(messages, messageFileName(i)), message, 0o644);
    });
  }
  writeWholeFile(out, writeOwnCsvList(rows), 0o644);
  return rows.length;
}

/** The file of a row's message, whose bytes are what is signed; rows count from 0, as in the list that is written. */
function messageFileName(row: number): string {
  return `row-${rowNumber(row)}.message`;
}

/** The file that a signer puts beside it: a signature on each line. */
export function signatureFileName(row: number): string {
  return `row-${rowNumber(row)}.signatures`;
}

function rowNumber(row: number): string {
  return String(row + 1).padStart(7, '0');
}

/** A row in our own form, with the challenge for its address, and without signatures. */
function challengeRow(row: WalletRow, snapshot: Snapshot, path: string): OwnRow {
  const where = `${path}, line ${row.line}`;
  if (row.fault !== undefined) throw new InputError(`${where}: ${row.fault.detail}`);
  const coin = resolveCoin(row);
  if ('code' in coin) throw new InputError(`${where}: ${coin.detail}`);
  const { asset, network } = coin;
  const address = familyOf(network).decodeAddress(row.address, network);
  if (isVerdict(address)) throw new InputError(`${where}: ${address.detail}`);
  const block = snapshot.blocks.find((candidate) => candidate.network === network.id);
  if (block === undefined)
    throw new InputError(`${where}: expected a block of ${network.id} in the snapshot, got none`);
  const { exchange, reportId } = snapshot;
  const message = formatChallenge({
    exchange,
    reportId,
    network: network.id,
    height: block.height,
    block: block.hash,
    address: row.address,
  });
  const { script, owners, amount } = row;
  return {
    coin: asset,
    network: network.id,
    height: String(block.height),
    address: row.address,
    amount,
    message,
    signatures: [],
    script,
    owners,
  };
}
