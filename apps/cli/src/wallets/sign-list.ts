/** `wallets sign`: fills in signatures, by keys of a file or by what other signers have left in a folder. */
import { join } from 'node:path';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import { maxSignerCount, maxWalletFieldSize, type WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { readBoundedFile } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError, SelfCheckError } from '../input-error.js';
import { signatureFileName } from './challenge-list.js';
import { readKeyFile, type WalletKeys, walletKeyName } from './signing/key-file.js';
import { signerOf } from './signing/signers.js';
import type { SigningTask, WalletSignature } from './signing/wallet-signer.js';
import { readListFile } from './verify-list.js';

/** What to sign with, and where to write. */
export interface SignRequest {
  readonly path: string;
  readonly out: string;
  /** A file of secret keys. */
  readonly keys?: string;
  /** A folder of files with signatures. */
  readonly signatures?: string;
}

/** How many rows were signed now, and how many have no signature yet. */
export interface SignSummary {
  readonly signedCount: number;
  readonly unsignedCount: number;
}

/** Signs what it has keys or signatures for, and checks each: what does not verify is not written. */
export async function signList({ path, out, keys: keyFile, signatures: folder }: SignRequest): Promise<SignSummary> {
  if (keyFile === undefined && folder === undefined)
    throw new InputError('expected --keys, --signatures or both, got neither');
  const list = await readListFile(path);
  const keys = keyFile === undefined ? new Map<string, readonly Uint8Array[]>() : await readKeyFile(keyFile);
  const rows: WalletRow[] = [];
  let signedCount = 0;
  for (const [i, row] of list.rows.entries()) {
    if (row.fault !== undefined) throw new InputError(`${path}, line ${row.line}: ${row.fault.detail}`);
    const given = folder === undefined ? undefined : await readSignatures(join(folder, signatureFileName(i)));
    const signed = given === undefined ? signWithKeys(row, keys) : { ...row, signatures: given };
    if (signed !== undefined) assertSigned(signed, path);
    if (signed !== undefined) signedCount++;
    rows.push(signed ?? row);
  }
  writeWholeFile(out, writeOwnCsvList(rows.map((row) => inOwnForm(row, path))), 0o644);
  return { signedCount, unsignedCount: rows.filter(({ signatures }) => signatures.length === 0).length };
}

// The row with the id of its network, since our own form has no column of types.
function inOwnForm(row: WalletRow, path: string): WalletRow {
  const coin = resolveCoin(row);
  if ('code' in coin) throw new InputError(`${path}, line ${row.line}: ${coin.detail}`);
  return { ...row, coin: coin.asset, network: coin.network.id, height: row.height === '' ? '0' : row.height };
}

// Undefined when there are no keys for the row.
function signWithKeys(row: WalletRow, keys: WalletKeys): WalletRow | undefined {
  const coin = resolveCoin(row);
  if ('code' in coin) return undefined;
  const { network } = coin;
  const address = familyOf(network).decodeAddress(row.address, network);
  if (isVerdict(address)) return undefined;
  const secretKeys = keys.get(walletKeyName(network.id, address.canonical));
  if (secretKeys === undefined) return undefined;
  const task = { message: row.message, address, network, script: row.script };
  const signed = secretKeys.map((secretKey) => signOnce(task, secretKey, row.line));
  const script = row.script === '' ? (signed[0].publicKey ?? '') : row.script;
  return { ...row, signatures: signed.map(({ signature }) => signature), script };
}

function signOnce(task: SigningTask, secretKey: Uint8Array, line: number): WalletSignature {
  try {
    return signerOf(task.network).sign(task, secretKey);
  } catch {
    // The library's message could quote the key.
    throw new InputError(`line ${line}: expected a secret key that can sign on ${task.network.id}, got another`);
  }
}

async function readSignatures(path: string): Promise<readonly string[] | undefined> {
  const file = await readBoundedFile(path, maxSignerCount * (maxWalletFieldSize + 2), 'follow-links');
  if (file.kind === 'missing') return undefined;
  const text = file.kind === 'bytes' ? new TextDecoder().decode(file.bytes) : '';
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length >= 1 && lines.length <= maxSignerCount) return lines;
  throw new InputError(`${path}: expected a signature on each of 1 to ${maxSignerCount} lines, got ${lines.length}`);
}

// Owners' signatures stay unproven without evidence from the chain; anything worse is a wrong key or signature.
function assertSigned(row: WalletRow, path: string): void {
  if (row.message === '') throw new InputError(`${path}, line ${row.line}: expected a message to sign, got none`);
  const { verdict, step, code, detail } = verifyWallet(row, { policy: { kind: 'fixed', text: row.message } });
  if (verdict === 'verified' || verdict === 'unproven') return;
  throw new SelfCheckError(`${path}, line ${row.line}: the signature does not verify: ${step}, ${code}: ${detail}`);
}
