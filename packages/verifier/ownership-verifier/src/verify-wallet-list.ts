/** A whole list of wallets: verdicts, duplicates, and sums over what is verified (spec §13.2). */
import { parseDecimal } from '@solvent/report-format/wallets/decimal';
import { resolveCoin } from '@solvent/report-format/wallets/resolve-coin';
import type { SummaryEntry, WalletList, WalletRow } from '@solvent/report-format/wallets/wallet-list';
import type { VerdictName } from './verdict.js';
import { verifyWallet, type WalletContext, type WalletVerdict } from './verify-wallet.js';

/** A row with its verdict. */
export interface VerifiedRow {
  readonly row: WalletRow;
  readonly verdict: WalletVerdict;
  /** Line of the first row with the same asset, network and address, if that is another row. */
  readonly duplicateOf?: number;
  /** Whether the row's amount is in the sums. */
  readonly counted: boolean;
}

/** The sum of one asset on one network, over counted rows. */
export interface WalletSum {
  readonly asset: string;
  readonly network: string;
  readonly rowCount: number;
  readonly countedCount: number;
  /** In units of 10^−30. */
  readonly amount: bigint;
}

/** What the list's own summary says, beside what is verified. */
export interface SummaryComparison {
  readonly entry: SummaryEntry;
  /** Amounts in units of 10^−30; `stated` is undefined when the list has no number there. */
  readonly stated: bigint | undefined;
  /** The sum over counted rows; undefined when the coin is none of the table. */
  readonly verified: bigint | undefined;
}

/** The outcome for a list. */
export interface WalletListOutcome {
  /** At least one row, and all of them verified. */
  readonly ok: boolean;
  readonly rows: readonly VerifiedRow[];
  readonly counts: Readonly<Record<VerdictName, number>>;
  readonly duplicateCount: number;
  /** By asset, then by network, in the order of characters. */
  readonly sums: readonly WalletSum[];
  readonly summary: readonly SummaryComparison[];
}

/** Verifies all rows of a list, one after the other. Never throws, whatever the list holds. */
export function verifyWalletList(list: WalletList, context: WalletContext): WalletListOutcome {
  const verdicts = list.rows.map((row) => verifyWallet(row, context));
  return summarizeWallets(list, verdicts);
}

/** The outcome for a list whose rows have been verified, perhaps elsewhere; one verdict for each row, in order. */
export function summarizeWallets(list: WalletList, verdicts: readonly WalletVerdict[]): WalletListOutcome {
  if (verdicts.length !== list.rows.length) {
    throw new RangeError(`wallet verdicts: expected ${list.rows.length}, got ${verdicts.length}`);
  }
  const rows = findDuplicates(list.rows, verdicts);
  const counts = { verified: 0, failed: 0, unproven: 0, unsupported: 0 };
  for (const { verdict } of verdicts) counts[verdict]++;
  const sums = sumRows(rows);
  return {
    ok: rows.length > 0 && counts.verified === rows.length,
    rows,
    counts,
    duplicateCount: rows.filter(({ duplicateOf }) => duplicateOf !== undefined).length,
    sums,
    summary: list.summary.map((entry) => compareSummary(entry, sums)),
  };
}

function findDuplicates(rows: readonly WalletRow[], verdicts: readonly WalletVerdict[]): VerifiedRow[] {
  const firstLines = new Map<string, number>();
  const counted = new Set<string>();
  return rows.map((row, i) => {
    const verdict = verdicts[i];
    const { asset, network, canonicalAddress } = verdict;
    if (canonicalAddress === undefined) return { row, verdict, counted: false };
    const key = JSON.stringify([asset, network, canonicalAddress]);
    const first = firstLines.get(key);
    if (first === undefined) firstLines.set(key, row.line);
    const isCounted = verdict.verdict === 'verified' && !counted.has(key);
    if (isCounted) counted.add(key);
    return { row, verdict, ...(first !== undefined && { duplicateOf: first }), counted: isCounted };
  });
}

function sumRows(rows: readonly VerifiedRow[]): WalletSum[] {
  const sums = new Map<string, { -readonly [Key in keyof WalletSum]: WalletSum[Key] }>();
  for (const { row, verdict, counted } of rows) {
    const { asset, network } = verdict;
    if (asset === undefined || network === undefined) continue;
    const key = `${asset} ${network}`;
    const sum = sums.get(key) ?? { asset, network, rowCount: 0, countedCount: 0, amount: 0n };
    sums.set(key, sum);
    sum.rowCount++;
    if (!counted) continue;
    sum.countedCount++;
    sum.amount += parseDecimal(row.amount) ?? 0n;
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

// A summary's `ETH(ALL)`, or a coin without a height, is the asset on all of its networks.
function compareSummary(entry: SummaryEntry, sums: readonly WalletSum[]): SummaryComparison {
  const name = entry.coin.replace(/\(ALL\)$/i, '');
  const isWhole = name !== entry.coin || !/^[0-9]+$/.test(entry.height);
  const coin = resolveCoin({ coin: name, network: '', type: '' });
  const stated = parseDecimal(entry.amount);
  const asset = 'asset' in coin ? coin.asset : undefined;
  if (asset === undefined) return { entry, stated, verified: undefined };
  const network = 'asset' in coin ? coin.network.id : undefined;
  const parts = sums.filter((sum) => sum.asset === asset && (isWhole || sum.network === network));
  return { entry, stated, verified: parts.reduce((total, { amount }) => total + amount, 0n) };
}
