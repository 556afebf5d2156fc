import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import { expect, test } from 'vitest';
import { runPython } from './run-python.js';

/** A line that mutants.py writes. */
interface Mutant {
  readonly id: string;
  readonly kind: 'report' | 'inclusion';
  readonly files: Record<string, string | null>;
  readonly file: string;
  readonly accountId: string;
  readonly preset: 'toy' | 'production';
  readonly manifestDigest: string | null;
  readonly balances: Record<string, string> | null;
  readonly verdict: { ok: boolean; step?: string; code?: string };
}

type Files = Mutant['files'];
type VerifiedReport = Extract<Awaited<ReturnType<typeof verifyReport>>, { ok: true }>;

// How many mutants are compared, and the seed that they are made from: set for longer runs outside CI.
const count = Number(process.env.DIFFERENTIAL_COUNT ?? 40);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 1);

function bytesOf(files: Files, name: string): Uint8Array | undefined {
  const text = files[name];
  return typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}

function verifyFiles(files: Files) {
  const readProof = async (segment: number) => bytesOf(files, `segment-${String(segment).padStart(4, '0')}.bin`);
  return verifyReport(bytesOf(files, 'manifest.json') as Uint8Array, readProof, { preset: toyPreset });
}

function verifyInclusionOf(mutant: Mutant, files: Files, report: VerifiedReport) {
  const { accountId, manifestDigest, balances } = mutant;
  return verifyInclusion({
    file: bytesOf(files, mutant.file) as Uint8Array,
    report,
    accountId,
    preset: mutant.preset === 'toy' ? toyPreset : productionPreset,
    ...(manifestDigest === null ? {} : { manifestDigest: new Uint8Array(Buffer.from(manifestDigest, 'hex')) }),
    ...(balances === null
      ? {}
      : { balances: new Map(Object.entries(balances).map(([symbol, units]) => [symbol, BigInt(units)])) }),
  });
}

/** Step and code in one text, or `passed`. */
function textOf(verdict: { ok: boolean; step?: string; code?: string }): string {
  return verdict.ok ? 'passed' : `${verdict.step} ${verdict.code}`;
}

test(`both verifiers say the same of ${count} mutants of golden files`, { timeout: 0 }, async (context) => {
  const run = await runPython(context, 'mutants.py', [String(seed), String(count)]);
  expect(run.code, run.output).toBe(0);
  const [golden, ...mutants] = run.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Mutant);
  const report = await verifyFiles((golden as Mutant).files);
  if (!report.ok) throw new Error(`the golden report is rejected: ${textOf(report)}`);

  const disagreements: string[] = [];
  for (const mutant of mutants) {
    const files = { ...(golden as Mutant).files, ...mutant.files };
    const verdict = mutant.kind === 'report' ? await verifyFiles(files) : verifyInclusionOf(mutant, files, report);
    const [python, typescript] = [textOf(mutant.verdict), textOf(verdict)];
    if (python !== typescript) disagreements.push(`${mutant.id} ${mutant.kind}: ${python}, here ${typescript}`);
  }
  expect(mutants).toHaveLength(count);
  expect(disagreements).toEqual([]);
});
