/** The ownership part of a report: every row of its wallet list has a verdict (spec §14.1, step P5). */
import type { TrustedBlock } from '@solvent/ownership-verifier/claim';
import type { MessagePolicy } from '@solvent/ownership-verifier/message-policy';
import type { WalletContext } from '@solvent/ownership-verifier/verify-wallet';
import { verifyWalletList, type WalletListOutcome } from '@solvent/ownership-verifier/verify-wallet-list';
import type { Report } from '@solvent/report-format/report';
import { decodeWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { snapshotFormat } from '@solvent/report-format/wallets/snapshot';
import type { WalletList } from '@solvent/report-format/wallets/wallet-list';
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

/** Verifies the rows of a list in a context: in place, or spread over cores. */
export type VerifyRows = (list: WalletList, context: WalletContext) => WalletListOutcome | Promise<WalletListOutcome>;

/** A wallet list of which no row fails. Rows that are unproven or unsupported count for nothing. */
export interface JudgedWallets {
  readonly ok: true;
  readonly outcome: WalletListOutcome;
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
  verifyRows: VerifyRows = verifyWalletList,
): Promise<JudgedWallets | FailedWallets | Rejection> {
  const list = decodeWalletList(input.list);
  if (!list.ok) {
    return reject('P5', 'wallets-encoding', `line ${list.line}: expected ${list.expected}, found ${list.found}`);
  }
  const outcome = await verifyRows(list, contextOf(input));
  const { failed } = outcome.counts;
  if (failed > 0) {
    const first = outcome.rows.find(({ verdict }) => verdict.verdict === 'failed');
    const detail = `${failed} of ${outcome.rows.length} rows fail, first line ${first?.row.line}: ${first?.verdict.detail}`;
    return { ...reject('P5', 'wallet-failed', detail), outcome };
  }
  return { ok: true, outcome, wallets: walletsOf(outcome) };
}

function contextOf({ report, fixedMessage, trustedBlocks }: WalletsInput): WalletContext {
  const { exchange, reportId, blocks } = report;
  const policy: MessagePolicy =
    fixedMessage === undefined
      ? { kind: 'fresh', snapshot: { format: snapshotFormat, exchange, reportId, blocks } }
      : { kind: 'fixed', text: fixedMessage };
  return { policy, ...(trustedBlocks && { trustedBlocks }) };
}

function walletsOf(outcome: WalletListOutcome): JudgedWallet[] {
  return outcome.rows.flatMap(({ row, verdict }) => {
    const { asset, network, canonicalAddress } = verdict;
    if (asset === undefined || network === undefined || canonicalAddress === undefined) return [];
    return [{ line: row.line, asset, network, address: canonicalAddress, verdict: verdict.verdict }];
  });
}
