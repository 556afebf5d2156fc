/** A table from constraints to a proof: what is wrong with it, or how long each phase of prover and verifier takes. */
import type { SegmentTable } from '@solvent/ledger/place-rows';
import { type Random, systemRandom } from '@solvent/ledger/random';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import type { Asset } from '@solvent/report-format/assets';
import { accountTagSize } from '@solvent/stark/account-tag';
import { toyPreset } from '@solvent/stark/preset';
import type { Statement } from '@solvent/stark/statement';
import { type ProverPhase, proveSegment } from '@solvent/stark-prover/prove';
import { withEngine } from '../prove/proving-engine.js';
import { checkTable, type Finding } from './check-table.js';
import { findParting, type Parting } from './replay-proof.js';

/** How long one phase took. */
export interface PhaseTime {
  readonly phase: ProverPhase | 'verifying';
  readonly ms: number;
}

/** What became of a table. */
export interface ExaminedTable {
  readonly rowCount: number;
  readonly assetCount: number;
  readonly findings: readonly Finding[];
  /** Empty for a table with findings, which no proof is made of. */
  readonly phases: readonly PhaseTime[];
  /** What the verifier said of the proof; undefined when there is none. */
  readonly verdict: 'passed' | string | undefined;
  /** Where the transcripts of prover and verifier part; undefined when they do not, or when there is no proof. */
  readonly parting: Parting | undefined;
}

/** Checks a table; when nothing is wrong with it, proves it with the toy preset and compares both transcripts. */
export async function examineTable(
  table: SegmentTable,
  assets: readonly Asset[],
  random: Random,
  threads: number,
): Promise<ExaminedTable> {
  const sizes = { rowCount: table.rowCount, assetCount: assets.length };
  const findings = checkTable({ ...table, ...sizes }, random);
  if (findings.length > 0) return { ...sizes, findings, phases: [], verdict: undefined, parting: undefined };
  const statement = statementOf(table, assets);
  const tags = new Uint8Array(accountTagSize * table.rowCount);
  const phases: PhaseTime[] = [];
  const proven = await withEngine(threads, async (engine) => {
    let current: { phase: ProverPhase; since: number } | undefined;
    const enter = (phase?: ProverPhase) => {
      const now = performance.now();
      if (current) phases.push({ phase: current.phase, ms: now - current.since });
      current = phase && { phase, since: now };
    };
    const options = { preset: toyPreset, engine, random: systemRandom(), onPhase: enter };
    const result = proveSegment({ statement, columns: table.columns, tags }, options);
    enter();
    return { proof: result.proof, log: result.transcriptLog, digests: { ...result } };
  });
  const started = performance.now();
  const verdict = verifySegment(statement, proven.digests, proven.proof, toyPreset);
  phases.push({ phase: 'verifying', ms: performance.now() - started });
  const parting = verdict.ok ? findParting(proven.log, verdict.transcriptLog) : undefined;
  const text = verdict.ok ? 'passed' : `${verdict.step} ${verdict.code}: ${verdict.detail}`;
  return { ...sizes, findings, phases, verdict: text, parting };
}

function statementOf(table: SegmentTable, assets: readonly Asset[]): Statement {
  return {
    context: {
      exchange: 'solvent doctor',
      reportId: 'a table',
      snapshotTime: '2000-01-01T00:00:00Z',
      previousManifest: new Uint8Array(0),
    },
    segment: 0,
    segmentCount: 1,
    rowCount: table.rowCount,
    assets,
    totals: table.totals,
  };
}
