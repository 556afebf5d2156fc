/** `wallets verify`: reads what it is given, decides the policy, verifies all rows. */
import { availableParallelism } from 'node:os';
import { maxEvidenceSize, parseEvidence } from '@solvent/ownership-verifier/evidence-list';
import type { MessagePolicy } from '@solvent/ownership-verifier/message-policy';
import { summarizeWallets, type WalletListOutcome } from '@solvent/ownership-verifier/verify-wallet-list';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { decodeWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { maxSnapshotSize, parseSnapshot, type Snapshot } from '@solvent/report-format/wallets/snapshot';
import { maxWalletListSize, type WalletList, type WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { readInputFile, readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import type { Terminal } from '../terminal.js';
import type { VerifyRows, VerifyRowsContext } from './verify-rows.js';
import { createWalletProgress } from './wallet-progress.js';

/** What to verify, and with what. */
export interface VerifyListRequest {
  readonly path: string;
  readonly messagePolicy?: 'fresh' | 'fixed';
  /** The fixed text; without it, the one that most rows have. */
  readonly message?: string;
  /** Path of a snapshot file. */
  readonly report?: string;
  /** Path of a file of evidence. */
  readonly evidence?: string;
  readonly threads?: number;
}

/** A list, verified. */
export interface VerifiedList {
  readonly path: string;
  readonly list: WalletList;
  readonly policy: MessagePolicy;
  readonly outcome: WalletListOutcome;
}

/** Verifies a list. Throws an InputError when something cannot be read. */
export async function verifyList(
  request: VerifyListRequest,
  verifyRows: VerifyRows,
  terminal: Terminal,
): Promise<VerifiedList> {
  const list = await readListFile(request.path);
  const context = await readContext(request, list.rows);
  const threadCount = request.threads ?? availableParallelism();
  const progress = createWalletProgress(terminal, list.rows.length);
  const verdicts = await verifyRows(list.rows, context, threadCount, progress.update).finally(progress.end);
  return { path: request.path, list, policy: context.policy, outcome: summarizeWallets(list, verdicts) };
}

/** What rows are verified with. Throws an InputError when something cannot be read. */
export async function readContext(
  request: Omit<VerifyListRequest, 'path' | 'threads'>,
  rows: readonly WalletRow[],
): Promise<VerifyRowsContext> {
  const snapshot = request.report === undefined ? undefined : await readSnapshotFile(request.report);
  const policy = choosePolicy(request, rows, snapshot);
  const evidence = request.evidence === undefined ? [] : await readEvidenceFile(request.evidence);
  const trustedBlocks = (snapshot?.blocks ?? []).map(({ network, hash }) => ({ network, hash }));
  return { policy, evidence, trustedBlocks };
}

/** Reads a list; throws an InputError with line, expected and found when it is none. */
export async function readListFile(path: string): Promise<WalletList> {
  const list = decodeWalletList(await readInputFile(path, maxWalletListSize));
  if (list.ok) return list;
  throw new InputError(`${path}, line ${list.line}: expected ${list.expected}, got ${list.found}`);
}

/** Reads a snapshot file. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  const snapshot = parseSnapshot(await readInputText(path, maxSnapshotSize));
  if (snapshot.ok) return snapshot.value;
  throw new InputError(`${path}: expected a snapshot, got a fault: ${snapshot.fault}`);
}

async function readEvidenceFile(path: string) {
  const evidence = parseEvidence(await readInputText(path, maxEvidenceSize));
  if (evidence.ok) return evidence.value;
  throw new InputError(`${path}: expected evidence, got a fault: ${evidence.fault}`);
}

function choosePolicy(
  { messagePolicy, message }: Omit<VerifyListRequest, 'path'>,
  rows: readonly WalletRow[],
  snapshot: Snapshot | undefined,
): MessagePolicy {
  const kind = messagePolicy ?? (snapshot === undefined || message !== undefined ? 'fixed' : 'fresh');
  if (kind === 'fixed') return { kind, text: message ?? commonMessage(rows) };
  if (message !== undefined)
    throw new InputError(`--message: expected none with fresh messages, got ${quoteExcerpt(message)}`);
  if (snapshot === undefined)
    throw new InputError('--report: expected the snapshot that fresh messages are for, got none');
  return { kind, snapshot };
}

/** The message that most rows have, of several the one that comes first; empty when no row has any. */
function commonMessage(rows: readonly WalletRow[]): string {
  const counts = new Map<string, number>();
  for (const { message } of rows) if (message !== '') counts.set(message, (counts.get(message) ?? 0) + 1);
  let [best, most] = ['', 0];
  for (const [message, count] of counts) if (count > most) [best, most] = [message, count];
  return best;
}
