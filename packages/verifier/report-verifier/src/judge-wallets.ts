/** The ownership part of a report: every row of its wallet list has a verdict (spec §14.1, step P5). */
import type { TrustedBlock } from '@solvent/ownership-verifier/claim';
import {
  createEvidenceLookup,
  type EvidenceEntry,
  maxEvidenceSize,
  parseEvidence,
} from '@solvent/ownership-verifier/evidence-list';
import type { MessagePolicy } from '@solvent/ownership-verifier/message-policy';
import { verifyWallet, type WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import { summarizeWallets, type WalletListOutcome } from '@solvent/ownership-verifier/verify-wallet-list';
import type { Decoded } from '@solvent/report-format/canonical-json';
import type { Report } from '@solvent/report-format/report';
import { decodeUtf8 } from '@solvent/report-format/utf8';
import { decodeWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { snapshotFormat } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import type { JudgedWallet } from '@solvent/reserves-verifier/verify-reserves';
import { type Rejection, reject } from '@solvent/stark/verdict';

/** What the ownership part is made of. */
export interface WalletsInput {
  /** The bytes of the wallet list. */
  readonly list: Uint8Array;
  /** The bytes of the evidence from chains, where the report has some. */
  readonly evidence: Uint8Array | undefined;
  readonly report: Report;
  /** A text that the caller accepts in place of this report's challenges: it may be old, and be bound to no report. */
  readonly fixedMessage?: string;
  /** Blocks that the caller takes for part of their chains: without them no evidence proves anything. */
  readonly trustedBlocks?: readonly TrustedBlock[];
}

/** What rows are verified with, as plain data that can go to another thread. */
export interface RowsContext {
  readonly policy: MessagePolicy;
  readonly evidence: readonly EvidenceEntry[];
  readonly trustedBlocks: readonly TrustedBlock[];
}

/** Verifies rows: one verdict for each, in order. */
export type VerifyRows = (rows: readonly WalletRow[], context: RowsContext) => Promise<readonly WalletVerdict[]>;

/** A wallet list of which no row fails. Rows that are unproven or unsupported count for nothing. */
export interface JudgedWallets {
  readonly ok: true;
  readonly outcome: WalletListOutcome;
  /** The text that rows were signed for, where the caller took one in place of this report's challenges. */
  readonly fixedMessage?: string;
  /** The rows that are about a wallet, whatever their verdict. */
  readonly wallets: readonly JudgedWallet[];
}

/** A wallet list with rows that fail. */
export interface FailedWallets extends Rejection {
  readonly outcome: WalletListOutcome;
}

/** Judges the wallet list of a report. Never rejects the promise because of what the bytes are. */
export async function judgeWallets(
  input: WalletsInput,
  verifyRows: VerifyRows = verifyRowsHere,
): Promise<JudgedWallets | FailedWallets | Rejection> {
  const list = decodeWalletList(input.list);
  if (!list.ok) {
    return reject('P5', 'wallets-encoding', `line ${list.line}: expected ${list.expected}, found ${list.found}`);
  }
  const evidence = readEvidence(input.evidence);
  if (!evidence.ok) return reject('P5', 'evidence-encoding', evidence.fault);
  const { trustedBlocks = [] } = input;
  const context = { policy: policyOf(input), evidence: evidence.value, trustedBlocks };
  const outcome = summarizeWallets(list, await verifyRows(list.rows, context));
  const { failed } = outcome.counts;
  const { fixedMessage } = input;
  const wallets = walletsOf(outcome);
  if (failed === 0) return { ok: true, outcome, wallets, ...(fixedMessage !== undefined && { fixedMessage }) };
  const first = outcome.rows.find(({ verdict }) => verdict.verdict === 'failed');
  const detail = `${failed} of ${outcome.rows.length} rows fail, the first on line ${first?.row.line}: ${first?.verdict.detail}`;
  return { ...reject('P5', 'wallet-failed', detail), outcome };
}

async function verifyRowsHere(rows: readonly WalletRow[], context: RowsContext): Promise<WalletVerdict[]> {
  const { policy, evidence, trustedBlocks } = context;
  const known = { policy, trustedBlocks, evidenceFor: createEvidenceLookup(evidence) };
  return rows.map((row) => verifyWallet(row, known));
}

function readEvidence(bytes: Uint8Array | undefined): Decoded<readonly EvidenceEntry[]> {
  if (bytes === undefined) return { ok: true, value: [] };
  if (bytes.length > maxEvidenceSize) {
    return { ok: false, fault: `expected at most ${maxEvidenceSize} bytes, got ${bytes.length}` };
  }
  try {
    return parseEvidence(decodeUtf8(bytes));
  } catch {
    return { ok: false, fault: 'not text in UTF-8' };
  }
}

function policyOf({ report, fixedMessage }: WalletsInput): MessagePolicy {
  if (fixedMessage !== undefined) return { kind: 'fixed', text: fixedMessage };
  const { exchange, reportId, blocks } = report;
  return { kind: 'fresh', snapshot: { format: snapshotFormat, exchange, reportId, blocks } };
}

function walletsOf(outcome: WalletListOutcome): JudgedWallet[] {
  return outcome.rows.flatMap(({ row, verdict }) => {
    const { asset, network, canonicalAddress } = verdict;
    if (asset === undefined || network === undefined || canonicalAddress === undefined) return [];
    return [{ line: row.line, asset, network, address: canonicalAddress, verdict: verdict.verdict }];
  });
}
