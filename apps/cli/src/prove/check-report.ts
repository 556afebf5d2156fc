/** Checks what was written, with the verifiers that everybody runs, before anything of it is published. */
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { accountCount, accountId, entryUnits, type Ledger } from '@solvent/ledger/ledger';
import { type Random, uniformBelow } from '@solvent/ledger/random';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import type { Rejection } from '@solvent/stark/verdict';
import { type HolderStore, openHolderStore } from '@solvent/stark-prover/holder-store';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { SelfCheckError } from '../input-error.js';
import { verifyReportFolder } from '../verify/report-folder.js';
import { createLedgerTotals } from './ledger-totals.js';
import type { RunFolders } from './run-folder.js';

const sampleSize = 20;

/**
 * Verifies a written report, and the inclusion files of the first, the last and 20 random accounts against the ledger's
 * own balances. Gives how many files that was.
 *
 * @throws SelfCheckError when anything is rejected: then nothing may be published
 */
export async function checkWrittenReport(
  folders: RunFolders,
  key: StoreKey | undefined,
  ledger: Ledger,
  random: Random,
): Promise<number> {
  const { verdict } = await verifyReportFolder(folders.public);
  if (!verdict.ok) throw rejected('report', verdict);
  assertTotals(verdict, ledger);
  const store = await openHolderStore(folders.private, { key });
  try {
    if (store.accountCount !== accountCount(ledger)) {
      throw new SelfCheckError(`store: expected ${accountCount(ledger)} accounts, got ${store.accountCount}`);
    }
    const sample = drawSample(accountCount(ledger), random);
    for (const account of sample) await checkAccount(store, verdict, ledger, account);
    return sample.length;
  } finally {
    store.close();
  }
}

async function checkAccount(store: HolderStore, report: VerifiedReport, ledger: Ledger, account: number) {
  const id = accountId(ledger, account);
  const stored = await store.findAccount(id);
  if (stored === undefined) throw new SelfCheckError(`store: account number ${account} of the ledger is not there`);
  const file = encodeInclusionFile(await store.inclusionFile(stored));
  const balances = balancesOf(ledger, account);
  const verdict = verifyInclusion({ file, report, accountId: id, manifestDigest: store.manifestDigest, balances });
  // The details of a rejection may hold balances, and this goes into logs.
  if (!verdict.ok) throw rejected(`inclusion of account number ${account}`, { ...verdict, detail: 'not shown' });
}

function rejected(what: string, { step, code, detail }: Rejection): SelfCheckError {
  return new SelfCheckError(
    `${what}: expected what was made to verify, got a rejection at ${step}, ${code} (${detail})`,
  );
}

// The proof shows that the totals are those of the rows, and this that the rows are those of the ledger.
function assertTotals(report: VerifiedReport, ledger: Ledger): void {
  const totals = createLedgerTotals(ledger);
  for (let account = 0; account < accountCount(ledger); account++) totals.add(account);
  const sums = totals.totals();
  const wrong = sums.findIndex((sum, i) => sum !== report.totals[i]);
  if (wrong < 0) return;
  const { symbol } = ledger.assets[wrong];
  throw new SelfCheckError(`total of ${symbol}: expected ${sums[wrong]} units, got ${report.totals[wrong]}`);
}

function drawSample(count: number, random: Random): number[] {
  const sample = new Set([0, count - 1]);
  const size = Math.min(count, sample.size + sampleSize);
  while (sample.size < size) sample.add(uniformBelow(random, count));
  return [...sample];
}

function balancesOf(ledger: Ledger, account: number): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  for (let entry = ledger.accountStart[account]; entry < ledger.accountStart[account + 1]; entry++) {
    balances.set(ledger.assets[ledger.entryAsset[entry] - 1].symbol, entryUnits(ledger, entry));
  }
  return balances;
}
