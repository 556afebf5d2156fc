/** The rows of a report's wallet list, verified in threads, with their progress. */
import { availableParallelism } from 'node:os';
import type { WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import type { RowsContext } from '@solvent/report-verifier/judge-wallets';
import type { Terminal } from '../terminal.js';
import type { VerifyRows } from '../wallets/verify-rows.js';
import { createWalletProgress } from '../wallets/wallet-progress.js';

/** One verdict for each row, in order. */
export async function verifyRowsOnAllCores(
  rows: readonly WalletRow[],
  context: RowsContext,
  verifyRows: VerifyRows,
  terminal: Terminal,
): Promise<readonly WalletVerdict[]> {
  const progress = createWalletProgress(terminal, rows.length);
  return verifyRows(rows, context, availableParallelism(), progress.update).finally(progress.end);
}
