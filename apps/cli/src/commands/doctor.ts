/** `solvent doctor`: what is wrong with a proof or a table, for those who work on provers and verifiers. */
import { systemRandom } from '@solvent/ledger/random';
import { type Command, InvalidArgumentError } from 'commander';
import { describeExaminedReport, describeExaminedTable, describeParting } from '../doctor/doctor-text.js';
import { examineReport } from '../doctor/examine-report.js';
import { examineTable } from '../doctor/examine-table.js';
import { type Change, inventedRandom, ownTable, parseChange, readOrInventLedger } from '../doctor/own-table.js';
import { findParting } from '../doctor/replay-proof.js';
import { readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine } from '../terminal.js';
import { findArtefacts } from '../verify/find-artefacts.js';
import { parseThreads } from './prove.js';

type End = (code: ExitCode) => void;

/** Adds the command and those below it. */
export function doctorCommand(program: Command, runtime: Runtime, end: End): void {
  const doctor = program
    .command('doctor')
    .summary('look into proofs and tables that fail')
    .description('For those who work on provers and verifiers: says where a proof or a table fails. It is no verdict.');
  reportCommand(doctor, runtime, end);
  transcriptCommand(doctor, runtime, end);
  rowsCommand(doctor, runtime, end);
}

/** The folder of a report that a person names by it or by the one above. */
async function reportFolderAt(path: string): Promise<string> {
  const { reportFolder } = await findArtefacts([path]);
  if (reportFolder === undefined) throw new InputError(`${path}: expected the folder of a report`);
  return reportFolder;
}

function reportCommand(doctor: Command, { terminal }: Runtime, end: End): void {
  doctor
    .command('report')
    .summary("every segment's proof, step by step, with times")
    .description('Looks at every segment of a report, also after one that fails.')
    .argument('<report>', 'the folder of a report')
    .option('--json', 'print one JSON object')
    .action(async (path: string, { json }: { json?: true }) => {
      const examined = await examineReport(await reportFolderAt(path));
      const { rejection, segments } = examined;
      const ok = rejection === undefined && segments.every((each) => each.rejection === undefined && each.isNamed);
      terminal.out(json ? encodeJsonLine({ ok, ...examined }) : describeExaminedReport(examined));
      end(ok ? 0 : 1);
    });
}

interface TranscriptOptions {
  readonly segment: number;
  readonly log?: string;
  readonly json?: true;
}

/** Most bytes of a log: a transcript has some 40 lines. */
const maxLogSize = 2 ** 20;

function transcriptCommand(doctor: Command, { terminal }: Runtime, end: End): void {
  doctor
    .command('transcript')
    .summary('a transcript, or where two of them part')
    .description("Prints the verifier's transcript of a proof, or compares it with another one line by line.")
    .argument('<report>', 'the folder of a report')
    .argument('[other]', 'the folder of another report')
    .option('--segment <number>', 'the segment of both', parseIndex, 0)
    .option('--log <file>', "compare with a prover's own log, a line for each item, instead of another report")
    .option('--json', 'print one JSON object')
    .action(async (path: string, other: string | undefined, options: TranscriptOptions) => {
      if (other !== undefined && options.log !== undefined)
        throw new InputError('expected a report or --log, got both');
      const first = await transcriptOf(path, options.segment);
      const compared = options.log ?? other;
      if (compared === undefined) {
        terminal.out(options.json ? encodeJsonLine({ ok: true, transcript: first }) : `${first.join('\n')}\n`);
        return;
      }
      const second =
        options.log === undefined
          ? await transcriptOf(compared, options.segment)
          : (await readInputText(compared, maxLogSize)).trimEnd().split('\n');
      const parting = findParting(first, second);
      const result = { ok: parting === undefined, parting: parting ?? null };
      terminal.out(options.json ? encodeJsonLine(result) : describeParting(parting, ['first', 'second'], first.length));
      end(result.ok ? 0 : 1);
    });
}

async function transcriptOf(path: string, segment: number): Promise<readonly string[]> {
  const { rejection, segments } = await examineReport(await reportFolderAt(path));
  if (rejection !== undefined)
    throw new InputError(`${path}: ${rejection.step} ${rejection.code}: ${rejection.detail}`);
  const found = segments[segment];
  if (found === undefined)
    throw new InputError(`--segment: expected a number below ${segments.length}, got ${segment}`);
  if (found.transcript.length > 0) return found.transcript;
  throw new InputError(`${path}: segment ${segment} has no transcript: ${found.rejection?.detail}`);
}

interface RowsOptions {
  readonly accounts?: string;
  readonly assets?: string;
  readonly segment: number;
  readonly set?: readonly Change[];
  readonly threads: number;
  readonly showValues?: true;
  readonly json?: true;
}

function rowsCommand(doctor: Command, { terminal }: Runtime, end: End): void {
  doctor
    .command('rows')
    .summary('which constraint a table violates, on which row')
    .description('Checks every constraint on every row of a table, and proves it with the toy preset if all hold.')
    .option('--accounts <file>', 'a ledger; without it, an invented one')
    .option('--assets <file>', 'its list of assets')
    .option('--segment <number>', 'which segment of the ledger', parseIndex, 0)
    .option('--set <column:row=value>', 'change the table first, to see what breaks; may be repeated', collectChange)
    .option('--threads <number>', 'threads of the prover', parseThreads, 1)
    .option('--show-values', 'print values of the columns that findings name: of a real ledger, these are balances')
    .option('--json', 'print one JSON object')
    .action(async (options: RowsOptions) => {
      const ledger = await readOrInventLedger(options.accounts, options.assets);
      const random = options.accounts === undefined ? inventedRandom() : systemRandom();
      const table = ownTable(ledger, options.segment, options.set ?? [], random);
      const examined = await examineTable(table, ledger.assets, systemRandom(), options.threads);
      const ok = examined.findings.length === 0 && examined.verdict === 'passed' && examined.parting === undefined;
      const text = () => describeExaminedTable(examined, options.showValues && table);
      terminal.out(options.json ? encodeJsonLine({ ok, ...examined }) : text());
      end(ok ? 0 : 1);
    });
}

const collectChange = (text: string, earlier: readonly Change[] = []) => [...earlier, parseChange(text)];

function parseIndex(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 0 to 9999.');
}
