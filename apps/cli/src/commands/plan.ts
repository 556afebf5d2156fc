/** `solvent plan`: what a run over a ledger would take. */
import { availableParallelism } from 'node:os';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import Table from 'cli-table3';
import { type Command, InvalidArgumentError } from 'commander';
import { planRun, type RunPlan } from '../distributed/plan-run.js';
import { countOf, formatCount, formatDuration, formatSize } from '../human-text.js';
import { interruptible } from '../interruption.js';
import { readAssets } from '../prove/read-inputs.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine } from '../terminal.js';
import { parseGroup, parseMemory, parseRows, parseThreads } from './prove.js';

const maxMachineCount = 10_000;
const usualMachines = [1, 2, 4, 8, 16];

interface PlanOptions {
  readonly accounts: string;
  readonly assets: string;
  readonly machines: readonly number[];
  readonly threads?: number;
  readonly memory?: number;
  readonly maxRows?: number;
  readonly allowSmallGroups?: number;
  readonly json?: true;
}

/** Adds the command. */
export function planCommand(program: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  program
    .command('plan')
    .summary('say what proving a ledger would take')
    .description(
      'Splits a ledger as prove does, and says how large the segments and the report are, how much memory each worker ' +
        'needs, and about how long it takes with so many of them. Nothing is proven or written.',
    )
    .requiredOption('--accounts <file>', 'the ledger, as prove reads it')
    .requiredOption('--assets <file>', 'the assets: JSON, [{"symbol": "BTC", "decimals": 8}, …]')
    .option('--machines <counts>', 'how many workers, such as 1,4,20', parseMachines, usualMachines)
    .option(
      '--threads <count>',
      'threads of each worker; as many as this machine has processors unless given',
      parseThreads,
    )
    .option(
      '--memory <bytes>',
      'most memory of a worker, such as 4GiB; what the largest segment takes unless given',
      parseMemory,
    )
    .option('--allow-small-groups <holders>', 'how few holders of an asset may share a segment, 1 to 99', parseGroup)
    .option('--max-rows <rows>', 'for experts: the most rows of a segment, a power of two from 2048', parseRows)
    .option('--json', 'print one JSON object')
    .action(async (options: PlanOptions) => {
      const started = performance.now();
      const { assets } = await readAssets(options.assets);
      // A signal ends it too, but what a source has open or among the temporary files is let go of first.
      const { ledger } = await interruptible((signal) => readLedgerSource(options.accounts, assets, { signal }));
      const readingMs = performance.now() - started;
      const plan = planRun({
        ledger,
        maxRowCount: options.maxRows,
        allowSmallGroups: options.allowSmallGroups,
        workerMemory: options.memory,
        threads: options.threads ?? availableParallelism(),
        machines: options.machines,
      });
      terminal.out(
        options.json ? encodeJsonLine({ ok: true, readingMs, ...plan }) : describePlan(plan, readingMs, options.memory),
      );
      end(0);
    });
}

function describePlan(plan: RunPlan, readingMs: number, workerMemory: number | undefined): string {
  const { accountCount, assetCount, entryCount, rowCounts, manifestSize, proofsSize, privateSize } = plan;
  const sizes = [...new Set(rowCounts)].sort((a, b) => b - a);
  const rows = sizes.map(
    (size) => `${formatCount(rowCounts.filter((count) => count === size).length)} of ${formatCount(size)} rows`,
  );
  const lines = [
    `ledger            ${countOf(accountCount, 'account')}, ${countOf(assetCount, 'asset')}, ${countOf(entryCount, 'balance')}`,
    `segments          ${formatCount(rowCounts.length)}: ${rows.join(', ')}`,
    // The run does not know its workers' memory: it has to be told.
    ...(workerMemory === undefined ? [] : [`give prove        --max-rows ${sizes[0]}`]),
    `memory            ${formatSize(plan.workerMemory)} for each worker, ${formatSize(plan.runMemory)} where the run is started`,
    `publish           manifest up to ${formatSize(manifestSize)}, ${countOf(rowCounts.length, 'proof')} ${formatSize(proofsSize)}`,
    `never publish     ${formatSize(privateSize)}`,
    `time              reading ${formatDuration(readingMs)} (measured), then about`,
  ];
  const table = new Table({
    head: ['workers', 'until the report is verified'],
    colAligns: ['right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { machines, ms } of plan.estimates) table.push([formatCount(machines), formatDuration(ms)]);
  return `${lines.join('\n')}\n${table.toString()}\n`;
}

function parseMachines(text: string): number[] {
  const counts = text.split(',').map(Number);
  const isCount = (count: number) => Number.isInteger(count) && count >= 1 && count <= maxMachineCount;
  if (/^[0-9,]+$/.test(text) && counts.length <= 32 && counts.every(isCount)) return counts;
  throw new InvalidArgumentError(`Expected up to 32 integers from 1 to ${maxMachineCount}, such as 1,4,20.`);
}
