/** What the commands need of the world around them. */
import type { Prove } from './prove/prove-job.js';
import type { Terminal } from './terminal.js';
import type { VerifyRows } from './wallets/verify-rows.js';

export interface Runtime {
  readonly terminal: Terminal;
  readonly prove: Prove;
  readonly verifyRows: VerifyRows;
}

/** How a command ended: 0 all checks passed, 1 a check failed, 2 bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;
