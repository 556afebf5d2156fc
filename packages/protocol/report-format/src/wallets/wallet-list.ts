/** What a list of wallets holds, whatever form it was read from (spec §13.4). */

/** Most bytes of a list, 256 MiB. */
export const maxWalletListSize = 2 ** 28;
/** Most rows of a list. */
export const maxWalletRowCount = 2 ** 22;
/** Most UTF-16 code units of a field; the largest witness script has 20,000 hexadecimal digits. */
export const maxWalletFieldSize = 2 ** 16;
/** Most signatures of a row, and most owners. */
export const maxSignerCount = 20;

/** Why a row is not in its format: the codes of step W1. */
export type RowFaultCode = 'fields' | 'coin' | 'type' | 'height' | 'amount';

/** One row, as text. Fields that the row lacks are empty. */
export interface WalletRow {
  /** Number of the line on which the row begins, from 1. */
  readonly line: number;
  /** The asset, and in published lists often its network: `USDT-TRC20`. */
  readonly coin: string;
  /** The column of networks. */
  readonly network: string;
  /** The column of types in published lists that have one: `Native ETH Staking`. */
  readonly type: string;
  /** The block height of the snapshot, decimal digits. */
  readonly height: string;
  readonly address: string;
  /** Exact decimal text (`parseDecimal`). */
  readonly amount: string;
  readonly message: string;
  /** In the order of their columns, without empty ones. */
  readonly signatures: readonly string[];
  /** A redeem or witness script, or a public key. */
  readonly script: string;
  /** Plain accounts that sign for the address. */
  readonly owners: readonly string[];
  /** What is wrong with the row; its other members then hold what could be read. */
  readonly fault?: { readonly code: RowFaultCode; readonly detail: string };
}

/** A line of the summary in front of a published list: what the exchange says the sums are. */
export interface SummaryEntry {
  readonly line: number;
  /** A coin, or an asset on all networks as `ETH(ALL)`. */
  readonly coin: string;
  readonly height: string;
  readonly amount: string;
}

/** A list that could be read; single rows may be faulty. */
export interface WalletList {
  readonly ok: true;
  readonly form: 'published' | 'csv' | 'json';
  readonly summary: readonly SummaryEntry[];
  readonly rows: readonly WalletRow[];
}

/** A file that is no list of wallets. */
export interface WalletListFault {
  readonly ok: false;
  /** From 1. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** A file's fault. */
export function listFault(line: number, expected: string, found: string): WalletListFault {
  return { ok: false, line, expected, found };
}
