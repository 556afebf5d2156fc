/** The bundled example from its ledger to verified account holders' files. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hexToBytes } from '@solvent/commitment/bytes';
import { exampleAccountCount, exampleAccounts, exampleAssets, exampleSeed } from '@solvent/ledger/example-ledger';
import type { AccountBalances } from '@solvent/ledger/ledger';
import { formatAmount } from '@solvent/report-format/amounts';
import { writeExample } from './example-files.js';
import { countOf, formatCount, formatDuration, formatSize } from './human-text.js';
import { openReportStore } from './inclusion/report-store.js';
import { writeOneFile } from './inclusion/write-one-file.js';
import { interruptible } from './interruption.js';
import { makeReport } from './prove/make-report.js';
import { publicFolderName } from './prove/run-folder.js';
import { describeSummary } from './prove/summary-text.js';
import type { Runtime } from './runtime.js';
import { inclusionFileEnding } from './verify/find-artefacts.js';
import { describeInclusion, describeReport } from './verify/outcome-text.js';
import { type InclusionTask, verifyArtefacts } from './verify/verify-artefacts.js';

const title = { exchange: 'Example Exchange', reportId: 'demo' };
const snapshotTime = '2026-01-31T23:59:59Z';
const usualChoices = {
  previous: undefined,
  maxRowCount: undefined,
  allowSmallGroups: undefined,
  threads: undefined,
  memoryLimit: undefined,
  isResumed: false,
  isResumable: false,
} as const;

/** Runs the demonstration, and tells whether everything verified. */
export async function runDemo(count: number, out: string | undefined, runtime: Runtime): Promise<boolean> {
  const { terminal } = runtime;
  const whole = count < exampleAccountCount ? `, which has ${formatCount(exampleAccountCount)}` : '';
  terminal.out(`The bundled example${whole}: ${countOf(count, 'account')}.\n`);
  const folder = out ?? mkdtempSync(join(tmpdir(), 'solvent-demo-'));
  try {
    return await interruptible((aborted) => walk(folder, count, runtime, aborted));
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function walk(folder: string, count: number, runtime: Runtime, aborted: AbortSignal): Promise<boolean> {
  const { terminal } = runtime;
  const { accountsFile, assetsFile } = await writeExample(folder, count, exampleSeed);
  const keyFile = join(folder, 'store.key');
  const request = { ...title, accountsFile, assetsFile, snapshotTime, outFolder: folder, ...usualChoices };
  const summary = await makeReport({ ...request, storeKey: { kind: 'new', path: keyFile } }, runtime);
  terminal.out(
    `\n1. The exchange proves, and publishes a folder\n\n${describeSummary(summary, { ...title, out: folder })}`,
  );
  aborted.throwIfAborted();

  const holders = chooseHolders(count);
  const inclusions = await makeInclusionFiles(folder, keyFile, holders);
  const started = performance.now();
  const outcome = await verifyArtefacts({
    reportFolder: join(folder, publicFolderName),
    inclusions,
    expectedDigest: hexToBytes(summary.digest),
  });
  const time = formatDuration(performance.now() - started);
  const { report } = outcome;
  if (report === undefined) throw new Error('demo: expected a report');
  terminal.out(`\n2. Anybody verifies it\n\n${describeReport(report, true, terminal.colors)}`);
  terminal.out('\n3. Account holders verify that they are in it, with the files that the exchange gave them\n');
  for (const [i, inclusion] of outcome.inclusions.entries()) {
    const size = formatSize(statSync(inclusions[i].path).size);
    terminal.out(`\n${describeInclusion(inclusion, report, terminal.colors)}(a file of ${size})\n`);
  }
  terminal.out(`\nVerifying the report and both files took ${time}.\n`);
  return outcome.ok;
}

// The first account with two assets or more, and the one with the most.
function chooseHolders(count: number): AccountBalances[] {
  let first: AccountBalances | undefined;
  let largest: AccountBalances | undefined;
  let most = -1;
  for (const account of exampleAccounts(exampleSeed, count)) {
    const size = [...account.balances].length;
    if (size >= 2) first ??= account;
    if (size > most) [largest, most] = [account, size];
  }
  return [...new Set([first, largest])].filter((account) => account !== undefined);
}

async function makeInclusionFiles(
  folder: string,
  keyFile: string,
  holders: readonly AccountBalances[],
): Promise<InclusionTask[]> {
  const store = await openReportStore(folder, keyFile);
  const decimals = new Map(exampleAssets.map((asset) => [asset.symbol, asset.decimals]));
  try {
    const tasks: InclusionTask[] = [];
    for (const [i, { id, balances }] of holders.entries()) {
      const path = await writeOneFile(store, id, join(folder, `holder-${i + 1}${inclusionFileEnding}`));
      const given = [...balances].map(([symbol, units]) => {
        return [symbol, { text: formatAmount(units, decimals.get(symbol)!), where: id }] as const;
      });
      tasks.push({ path, accountId: id, balances: new Map(given) });
    }
    return tasks;
  } finally {
    store.close();
  }
}
