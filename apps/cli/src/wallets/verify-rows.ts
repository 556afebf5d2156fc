/** Verifies the rows of a wallet list: here, or in threads (`verify-rows-in-workers.ts`). */

import type { TrustedBlock } from '@solvent/ownership-verifier/claim';
import { createEvidenceLookup, type EvidenceEntry } from '@solvent/ownership-verifier/evidence-list';
import type { MessagePolicy } from '@solvent/ownership-verifier/message-policy';
import { verifyWallet, type WalletContext, type WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';

/** What rows are verified with, as data that can go to a thread. */
export interface VerifyRowsContext {
  readonly policy: MessagePolicy;
  readonly evidence: readonly EvidenceEntry[];
  readonly trustedBlocks: readonly TrustedBlock[];
}

/** Verifies rows with at most so many threads; tells how many are done. One verdict for each row, in order. */
export type VerifyRows = (
  rows: readonly WalletRow[],
  context: VerifyRowsContext,
  threadCount: number,
  onProgress: (doneCount: number) => void,
) => Promise<WalletVerdict[]>;

/** How many rows are verified between two looks at the clock, and sent to a thread at once. */
export const batchSize = 32;

/** The context of the verifier. */
export function walletContext({ policy, evidence, trustedBlocks }: VerifyRowsContext): WalletContext {
  return { policy, evidenceFor: createEvidenceLookup(evidence), trustedBlocks };
}

/** Verifies in this thread. */
export const verifyRowsHere: VerifyRows = async (rows, context, _threadCount, onProgress) => {
  const known = walletContext(context);
  const verdicts: WalletVerdict[] = [];
  for (const row of rows) {
    verdicts.push(verifyWallet(row, known));
    if (verdicts.length % batchSize !== 0) continue;
    onProgress(verdicts.length);
    // Lets a signal be heard and a bar be drawn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return verdicts;
};
