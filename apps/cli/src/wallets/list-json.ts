/** The outcome of `wallets verify` for programs: fields are added in later versions, never renamed or removed. */
import type { SummaryComparison, VerifiedRow, WalletSum } from '@solvent/ownership-verifier/verify-wallet-list';
import { formatDecimal } from '@solvent/report-format/wallets/decimal';
import { encodeJsonLine } from '../terminal.js';
import type { VerifiedList } from './verify-list.js';

/** The one JSON object that `wallets verify --json` prints, in pieces: all of it could be longer than a string can be. */
export function* listJsonPieces({ path, list, policy, outcome }: VerifiedList): Generator<string, void> {
  const { ok, counts, duplicateCount, sums, summary, rows } = outcome;
  const head = {
    ok,
    path,
    form: list.form,
    messagePolicy: policyJson(policy),
    rowCount: rows.length,
    counts,
    duplicateCount,
    sums: sums.map(sumJson),
    summary: summary.map(comparisonJson),
  };
  yield `${encodeJsonLine(head).slice(0, -2)},"rows":[`;
  for (const [i, row] of rows.entries()) yield `${i === 0 ? '\n' : ',\n'}${encodeJsonLine(rowJson(row)).slice(0, -1)}`;
  yield '\n]}\n';
}

function policyJson(policy: VerifiedList['policy']) {
  if (policy.kind === 'fixed') return { kind: policy.kind, text: policy.text };
  const { exchange, reportId } = policy.snapshot;
  return { kind: policy.kind, exchange, reportId };
}

function sumJson({ asset, network, rowCount, countedCount, amount }: WalletSum) {
  return { asset, network, rows: rowCount, countedRows: countedCount, amount: formatDecimal(amount) };
}

function comparisonJson({ entry, stated, verified }: SummaryComparison) {
  const isComparable = stated !== undefined && verified !== undefined;
  return {
    line: entry.line,
    coin: entry.coin,
    height: entry.height,
    stated: entry.amount,
    verified: verified === undefined ? null : formatDecimal(verified),
    difference: isComparable ? formatDecimal(verified - stated) : null,
  };
}

function rowJson({ row, verdict, duplicateOf, counted }: VerifiedRow) {
  return {
    line: row.line,
    coin: row.coin,
    network: row.network,
    address: row.address,
    verdict: verdict.verdict,
    step: verdict.step,
    code: verdict.code,
    detail: verdict.detail,
    amount: row.amount,
    asset: verdict.asset ?? null,
    networkId: verdict.network ?? null,
    canonicalAddress: verdict.canonicalAddress ?? null,
    duplicateOf: duplicateOf ?? null,
    counted,
  };
}
