/** `solvent dispute`: evidence that an account holder keeps, and that somebody else can check. */
import type { Command } from 'commander';
import { checkEvidence } from '../dispute/check-evidence.js';
import { describeFinding, findingJson, isSettled } from '../dispute/finding-text.js';
import { keepEvidence } from '../dispute/keep-evidence.js';
import { InputError } from '../input-error.js';
import type { ExitCode, Runtime } from '../runtime.js';
import { encodeJsonLine, escapeUnsafe } from '../terminal.js';
import { parseBalanceOptions, readBalancesFile } from '../verify/balances.js';
import { findArtefacts } from '../verify/find-artefacts.js';

type End = (code: ExitCode) => void;
const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

/** Adds the command and those below it. */
export function disputeCommand(program: Command, runtime: Runtime, end: End): void {
  const dispute = program
    .command('dispute')
    .summary('keep evidence of a check, and repeat it')
    .description("Keeps what a third party needs to repeat an account holder's check, and repeats it.");
  keepCommand(dispute, runtime);
  checkCommand(dispute, runtime, end);
}

interface KeepOptions {
  readonly account: string;
  readonly balances?: string;
  readonly balance?: readonly string[];
  readonly out: string;
}

function keepCommand(dispute: Command, { terminal }: Runtime): void {
  dispute
    .command('keep')
    .summary('keep the evidence of a check in one file')
    .description('Repeats the check of an inclusion file, and keeps it with the report as evidence, whatever it says.')
    .argument('<report>', 'the folder of the published report')
    .argument('<file>', 'the inclusion file that the exchange gave')
    .requiredOption('--account <id>', 'your account id')
    .option('--balances <file>', 'your balances: asset,balance in a CSV file, or a JSON object')
    .option('--balance <asset=amount>', 'one of your balances; repeat it to give all of them', collect)
    .requiredOption('--out <file>', 'the file of evidence to make; it names your account and balances')
    .action(async (report: string, file: string, { account, balances, balance, out }: KeepOptions) => {
      if (balances !== undefined && balance !== undefined)
        throw new InputError('expected --balances or --balance, got both');
      const { reportFolder } = await findArtefacts([report]);
      if (reportFolder === undefined) throw new InputError(`${report}: expected the folder of a report`);
      const given = balance ? parseBalanceOptions(balance) : balances ? await readBalancesFile(balances) : undefined;
      const request = { reportFolder, inclusionFile: file, accountId: account, balances: given, out };
      const { verdict, signature } = await keepEvidence(request);
      const lines = [
        `kept in           ${escapeUnsafe(out)}   yours to show, to whom you choose: it names your account`,
        `manifest digest   ${verdict.manifestDigest}`,
        `the check         ${verdict.passed ? 'passed' : `failed at ${verdict.step}, ${verdict.code}`}`,
        `the report        ${signature === null ? 'was not signed: keep a public copy of its digest too' : 'was signed by the exchange'}`,
      ];
      terminal.out(`${lines.join('\n')}\n`);
    });
}

function checkCommand(dispute: Command, { terminal }: Runtime, end: End): void {
  dispute
    .command('check')
    .summary('repeat the check of a holder from their evidence')
    .description('Repeats a check against the published report. Trusts neither the holder nor the exchange.')
    .argument('<evidence>', 'the file that dispute keep made')
    .argument('<report>', 'the folder of the published report')
    .option('--json', 'print one JSON object')
    .action(async (evidence: string, report: string, { json }: { json?: true }) => {
      const { reportFolder } = await findArtefacts([report]);
      if (reportFolder === undefined) throw new InputError(`${report}: expected the folder of a report`);
      const finding = await checkEvidence(evidence, reportFolder);
      terminal.out(json ? encodeJsonLine(findingJson(finding)) : describeFinding(finding, terminal.colors));
      end(isSettled(finding) ? 0 : 1);
    });
}
