/** A thread that `verify-rows-in-workers.ts` starts. It imports what verifying takes and no more, to be ready soon. */
import { parentPort, workerData } from 'node:worker_threads';
import { verifyWallet, type WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { type VerifyRowsContext, walletContext } from './verify-rows.js';

/** What the thread is started with. */
export interface WalletTask {
  readonly task: 'solvent wallets verify';
  readonly context: VerifyRowsContext;
}

/** Rows to verify; none ask whether the thread is ready. */
export interface WalletBatch {
  /** Index of the first of the rows. */
  readonly start: number;
  readonly rows: readonly WalletRow[];
}

/** What the thread answers to each batch, in their order. An error of its own ends the thread instead. */
export interface WalletReply {
  readonly start: number;
  readonly verdicts: readonly WalletVerdict[];
}

// Imported anywhere else, this module does nothing.
if (parentPort !== null && workerData?.task === 'solvent wallets verify') {
  const port = parentPort;
  const context = walletContext((workerData as WalletTask).context);
  port.on('message', ({ start, rows }: WalletBatch) => {
    const verdicts = rows.map((row) => verifyWallet(row, context));
    port.postMessage({ start, verdicts } satisfies WalletReply);
  });
}
