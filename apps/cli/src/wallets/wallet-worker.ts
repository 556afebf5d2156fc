/** A thread that `verify-rows-in-workers.ts` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { verifyWallet, type WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { describeFailure, type Failure } from '../failure.js';
import { type VerifyRowsContext, walletContext } from './verify-rows.js';

/** What the thread is started with. */
export interface WalletTask {
  readonly task: 'solvent wallets verify';
  readonly context: VerifyRowsContext;
}

/** What the thread answers to each batch. */
export type WalletReply =
  | { readonly start: number; readonly verdicts: readonly WalletVerdict[] }
  | { readonly failure: Failure };

// Imported anywhere else, this module does nothing.
if (parentPort !== null && workerData?.task === 'solvent wallets verify') {
  const port = parentPort;
  const context = walletContext((workerData as WalletTask).context);
  port.on('message', ({ start, rows }: { start: number; rows: readonly WalletRow[] }) => {
    try {
      const verdicts = rows.map((row) => verifyWallet(row, context));
      port.postMessage({ start, verdicts } satisfies WalletReply);
    } catch (error) {
      port.postMessage({ failure: describeFailure(error) } satisfies WalletReply);
    }
  });
}
