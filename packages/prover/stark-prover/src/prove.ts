/**
 * Proves one segment (spec §6): the mirror of the verifier's `verify-segment.ts`, round by round.
 *
 * All randomness is drawn afresh in every call: two proofs from one commitment would disclose rows, so there is no way
 * to make them.
 */
import { treeRoot } from '@solvent/commitment/merkle';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import { encodeProof } from '@solvent/proof-format/proof';
import { accountTagSize } from '@solvent/stark/account-tag';
import { isMasked } from '@solvent/stark/masking';
import type { Preset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import * as rounds from '@solvent/stark/rounds';
import { columnGroups, deriveShape } from '@solvent/stark/shape';
import { findStatementFault, type Statement, startTranscript } from '@solvent/stark/statement';
import { commitAuxiliary, prepareAuxiliary } from './auxiliary.js';
import { commitOnPoints, openLayers, openPoints } from './commitments.js';
import type { HolderData } from './holder-data.js';
import { blindedChunks, hasDegreeBelow, quotientCoefficients } from './quotient.js';
import { commitAccountRows, commitTrace, prepareTrace } from './trace.js';
import { deepWords, foldWords, openedValues } from './words.js';

/** What is to be proven, and the rows that show it. */
export interface SegmentInput {
  readonly statement: Statement;
  /** The 32 user columns, N values each: asset_0, limb_0_0 … limb_3_6. The last h rows are not looked at. */
  readonly columns: readonly Uint32Array[];
  /** The account tag of each row, N × 32 bytes; random on rows without a holder. */
  readonly tags: Uint8Array;
}

export interface ProverOptions {
  readonly preset: Preset;
  readonly engine: Engine;
  readonly random: Random;
  /** Called when a phase begins. */
  readonly onPhase?: (phase: ProverPhase) => void;
}

const proverPhases = ['trace', 'auxiliary', 'quotient', 'openings', 'folding', 'grinding', 'queries'] as const;
export type ProverPhase = (typeof proverPhases)[number];

/** A segment's proof with what the report and the holders' files are made from. */
export interface ProvenSegment {
  /** The proof file's bytes. */
  readonly proof: Uint8Array;
  readonly accountsRoot: Uint8Array;
  readonly headerDigest: Uint8Array;
  /** Secret: what inclusion files are made from. */
  readonly holderData: HolderData;
  /** One line for each item of the transcript. */
  readonly transcriptLog: readonly string[];
}

/**
 * Proves a segment. Throws a RangeError for a statement that no proof can be about or a preset that would disclose rows,
 * and an Error if the rows do not satisfy the constraints or a self-check fails.
 */
export function proveSegment(input: SegmentInput, options: ProverOptions): ProvenSegment {
  const { statement } = input;
  const { preset, engine, random } = options;
  const enter = (phase: ProverPhase) => options.onPhase?.(phase);
  const fault = findStatementFault(statement) ?? findInputFault(input) ?? findPresetFault(preset);
  if (fault !== undefined) throw new RangeError(`segment: ${fault}`);
  const shape = deriveShape(statement.rowCount);
  const transcript = startTranscript(statement, preset);
  engine.begin(shape, statement.assets.length);

  // Round 1 (§6.3): commit the rows, on D and on H.
  enter('trace');
  const trace = prepareTrace(input.columns, shape, engine, random);
  const traceOnPoints = commitTrace(trace, shape, engine, random);
  const accountRows = commitAccountRows(trace, input.tags, shape, engine, random);
  const traceRoot = treeRoot(traceOnPoints.tree);
  const accountsRoot = treeRoot(accountRows.tree);
  const challenges = rounds.absorbTrace(transcript, traceRoot, accountsRoot);

  // Round 2 (§6.4): commit the sums of fractions.
  enter('auxiliary');
  const assetCount = statement.assets.length;
  const auxiliary = prepareAuxiliary(trace, challenges, assetCount, shape, engine, random);
  const auxiliaryOnPoints = commitAuxiliary(auxiliary, shape, engine, random);
  const auxiliaryRoot = treeRoot(auxiliaryOnPoints.tree);
  const alphas = rounds.absorbAuxiliary(transcript, auxiliaryRoot);

  // Round 3 (§6.5): commit the quotient.
  enter('quotient');
  const quotient = quotientCoefficients(
    traceOnPoints,
    auxiliaryOnPoints,
    challenges,
    alphas,
    statement.totals,
    shape,
    engine,
  );
  if (!hasDegreeBelow(quotient, 4 * shape.chunkLength)) {
    throw new Error('prover self-check: the rows do not satisfy the constraints for the stated totals');
  }
  const chunks = blindedChunks(quotient, shape, engine, random);
  const chunksOnPoints = commitOnPoints('quotient', chunks.flat(), shape, engine, random);
  const quotientRoot = treeRoot(chunksOnPoints.tree);
  const zeta = rounds.absorbQuotient(transcript, quotientRoot);

  // Round 4 (§6.6): open everything but the masks at z, and acc at gz.
  enter('openings');
  const polynomials = { trace, auxiliary, chunks };
  const openings = openedValues(polynomials, zeta, shape, engine);
  const lambdas = rounds.absorbOpenings(transcript, openings);

  // Rounds 5 and 6 (§6.7, §6.8): the DEEP words and their folds.
  enter('folding');
  const words = deepWords(polynomials, zeta, lambdas, shape, engine);
  const folded = foldWords(words, shape, engine, (layer, roots) => rounds.absorbLayer(transcript, layer, roots));
  const headerDigest = rounds.absorbFinal(transcript, folded.finalPolynomials);

  // Round 7 (§6.9): proof of work, then the queries.
  enter('grinding');
  const nonce = engine.grind(rounds.grindingSeed(transcript), preset.grindingBits);
  enter('queries');
  const points = sortedDistinct(rounds.absorbNonce(transcript, nonce, shape, preset));
  const header = {
    traceRoot,
    accountsRoot,
    auxiliaryRoot,
    quotientRoot,
    openings,
    layerRoots: folded.roots,
    finalPolynomials: folded.finalPolynomials,
  };
  const proof = encodeProof(header, nonce, {
    points: {
      trace: openPoints(traceOnPoints, points),
      auxiliary: openPoints(auxiliaryOnPoints, points),
      quotient: openPoints(chunksOnPoints, points),
    },
    layers: openLayers(folded.pointLayers, points),
  });
  const { generation } = engine;
  const isCurrent = () => engine.generation === generation;
  const holderData = { rowCount: shape.rowCount, isCurrent, rows: accountRows, layers: folded.rowLayers };
  return { proof, accountsRoot, headerDigest, holderData, transcriptLog: transcript.log };
}

/** A proof that opens more than its randomness covers would disclose rows (§12.3). */
function findPresetFault(preset: Preset): string | undefined {
  return isMasked(preset) ? undefined : `preset: expected at most 254 queries, got ${preset.queryCount}`;
}

function findInputFault({ statement, columns, tags }: SegmentInput): string | undefined {
  const { rowCount } = statement;
  if (columns.length !== columnGroups.user.length) {
    return `columns: expected ${columnGroups.user.length}, got ${columns.length}`;
  }
  const wrong = columns.findIndex((column) => column.length !== rowCount);
  if (wrong !== -1) return `column ${wrong}: expected ${rowCount} values, got ${columns[wrong].length}`;
  const tagBytes = accountTagSize * rowCount;
  return tags.length === tagBytes ? undefined : `tags: expected ${tagBytes} bytes, got ${tags.length}`;
}
