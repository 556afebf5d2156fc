/** The bundled example: two months of an exchange, from ledgers and wallets to reports that everybody verifies. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hexToBytes } from '@solvent/commitment/bytes';
import { exampleAccountCount, exampleAccounts, exampleAssets, exampleSeed } from '@solvent/ledger/example-ledger';
import type { AccountBalances } from '@solvent/ledger/ledger';
import { formatAmount } from '@solvent/report-format/amounts';
import { parsePercent } from '@solvent/report-format/fraction';
import { countOf, formatCount, formatDuration, formatSize } from '../human-text.js';
import { openReportStore } from '../inclusion/report-store.js';
import { writeOneFile } from '../inclusion/write-one-file.js';
import { interruptible } from '../interruption.js';
import { makeReport } from '../prove/make-report.js';
import type { ProveSummary } from '../prove/prove-job.js';
import { publicFolderName } from '../prove/run-folder.js';
import { describeSummary } from '../prove/summary-text.js';
import { describeHistory, readHistory } from '../report/history.js';
import { makeReportFiles } from '../report/make-report-files.js';
import { publishReport } from '../report/publish-report.js';
import { fullReportOptions } from '../report/report-options.js';
import type { Runtime } from '../runtime.js';
import { escapeUnsafe } from '../terminal.js';
import { inclusionFileEnding } from '../verify/find-artefacts.js';
import { describeInclusion, describeReport } from '../verify/outcome-text.js';
import { type InclusionTask, verifyArtefacts } from '../verify/verify-artefacts.js';
import { writeExample } from './example-files.js';
import { type Owed, writeExampleWallets } from './example-wallets.js';

const exchange = 'Example Exchange';

/** A month: its ledger is drawn from a seed of its own. */
interface Month {
  readonly reportId: string;
  readonly snapshotTime: string;
  readonly seed: string;
}

const months: readonly [Month, Month] = [
  { reportId: '2026-01', snapshotTime: '2026-01-31T23:59:59Z', seed: `${exampleSeed}, a month earlier` },
  { reportId: '2026-02', snapshotTime: '2026-02-28T23:59:59Z', seed: exampleSeed },
];

const usualChoices = {
  previous: undefined,
  maxRowCount: undefined,
  allowSmallGroups: undefined,
  threads: undefined,
  memoryLimit: undefined,
  distributed: undefined,
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
    const ok = await interruptible((aborted) => walk(folder, count, runtime, aborted));
    terminal.out(`\n${describePortal(out)}\n`);
    return ok;
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function describePortal(out: string | undefined): string {
  const portal =
    'The portal shows this in a browser, and lets an account holder verify there, from a copy of the repository:';
  if (out !== undefined) return `${portal}\nnpm run portal -- ${escapeUnsafe(resolve(out))}`;
  return `${portal}\nnpm run demo -- --out FOLDER (all of it is kept there), then npm run portal -- FOLDER`;
}

async function walk(folder: string, count: number, runtime: Runtime, aborted: AbortSignal): Promise<boolean> {
  const { terminal } = runtime;
  const [first, last] = months;
  await makeMonth(first, folder, count, runtime, aborted);
  const { outFolder, keyFile, digest } = await makeMonth(last, folder, count, runtime, aborted, first);

  const holders = chooseHolders(last.seed, count);
  const inclusions = await makeInclusionFiles(outFolder, keyFile, holders);
  const reports = join(folder, reportsFolderName);
  const started = performance.now();
  const outcome = await verifyArtefacts({
    reportFolder: join(reports, last.reportId),
    inclusions,
    expectedDigest: undefined,
    full: fullReportOptions({ anchor: digest, minRatio: parsePercent('100') }, runtime),
  });
  const time = formatDuration(performance.now() - started);
  const { report } = outcome;
  if (report === undefined) throw new Error('demo: expected a report');
  terminal.out(`\nAnybody verifies the newest report\n\n${describeReport(report, true, terminal.colors)}`);
  terminal.out('\nAccount holders verify that they are in it, with the files that the exchange gave them\n');
  for (const [i, inclusion] of outcome.inclusions.entries()) {
    const size = formatSize(statSync(inclusions[i].path).size);
    terminal.out(`\n${describeInclusion(inclusion, report, terminal.colors)}(a file of ${size})\n`);
  }
  terminal.out(`\nVerifying the report and both files took ${time}.\n`);
  const history = await readHistory(reports, fullReportOptions({}, runtime), digest, () => {});
  terminal.out(`\nMonth follows month\n\n${describeHistory(history, 2, terminal.colors)}`);
  return outcome.ok && 'ok' in history && history.ok;
}

const reportsFolderName = 'reports';

// Proves, has the wallets sign, binds all of it into a report and publishes that.
async function makeMonth(
  month: Month,
  folder: string,
  count: number,
  runtime: Runtime,
  aborted: AbortSignal,
  previous?: Month,
) {
  const { terminal } = runtime;
  const { reportId, snapshotTime, seed } = month;
  const outFolder = join(folder, reportId);
  const keyFile = join(folder, `${reportId}.key`);
  const title = { exchange, reportId, snapshotTime };
  const { accountsFile, assetsFile } = await writeExample(outFolder, count, seed);
  const previousFolder = previous && join(folder, reportsFolderName, previous.reportId);
  const request = { ...title, accountsFile, assetsFile, outFolder, ...usualChoices, previous: previousFolder };
  const summary = await makeReport({ ...request, storeKey: { kind: 'new', path: keyFile } }, runtime);
  aborted.throwIfAborted();
  terminal.out(`\nThe exchange proves what it owes\n\n${describeSummary(summary, { ...title, out: outFolder })}`);
  const wallets = writeExampleWallets(outFolder, title, owedIn(summary));
  const publicFolder = join(outFolder, publicFolderName);
  const follows = previousFolder === undefined ? {} : { previous: previousFolder };
  await makeReportFiles({ ...wallets, folder: publicFolder, ...follows }, runtime);
  const published = await publishReport(publicFolder, join(folder, reportsFolderName));
  terminal.out(`report digest     ${published.digest}\n`);
  return { outFolder, keyFile, digest: hexToBytes(published.digest) };
}

function owedIn({ assets, totals }: ProveSummary): Owed {
  return new Map(assets.map(({ symbol, decimals }, i) => [symbol, { units: totals[i], decimals }]));
}

// The first account with two assets or more, and the one with the most.
function chooseHolders(seed: string, count: number): AccountBalances[] {
  let first: AccountBalances | undefined;
  let largest: AccountBalances | undefined;
  let most = -1;
  for (const account of exampleAccounts(seed, count)) {
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
