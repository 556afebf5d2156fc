/**
 * Verifies one segment's proof (spec §8.3): the mirror of the prover's `prove.ts`.
 *
 * Nothing that decides what is accepted is read from the proof. The statement and the expected digests come from the
 * manifest, the preset from the caller, all sizes from these and from the replayed draws.
 */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesEqual } from '@solvent/commitment/bytes';
import { createTreeHashers, rootFromBatch } from '@solvent/commitment/merkle';
import { isProofOfWork } from '@solvent/commitment/proof-of-work';
import { domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { decodeHeader, decodeQueries, pointTrees, type QueryMessages } from '@solvent/proof-format/proof';
import { createDeepWords, type PointRow } from '@solvent/stark/deep';
import { type PointTree, treeNames } from '@solvent/stark/leaves';
import type { Preset } from '@solvent/stark/preset';
import { publicColumnsAt } from '@solvent/stark/public-columns';
import { checkFolding, sortedDistinct } from '@solvent/stark/query';
import { joinChunks, quotientAt } from '@solvent/stark/quotient';
import * as rounds from '@solvent/stark/rounds';
import { columnGroups, deriveShape, openingTerms, type Shape } from '@solvent/stark/shape';
import { findStatementFault, type Statement, startTranscript, totalsFraction } from '@solvent/stark/statement';
import { type Rejection, reject } from '@solvent/stark/verdict';

/** What the manifest says of a segment beside its statement, 32 bytes each. */
export interface ExpectedDigests {
  readonly accountsRoot: Uint8Array;
  readonly headerDigest: Uint8Array;
}

/** A segment whose proof has passed every step. */
export interface VerifiedSegment {
  readonly ok: true;
  readonly statement: Statement;
  readonly shape: Shape;
  readonly header: rounds.HeaderMessages;
  readonly replay: rounds.Replay;
  /** One line for each item of the transcript. */
  readonly transcriptLog: readonly string[];
}

/** Verifies a segment's proof. Never throws on any bytes: what is wrong with them is the verdict. */
export function verifySegment(
  statement: Statement,
  expected: ExpectedDigests,
  proof: Uint8Array,
  preset: Preset,
): VerifiedSegment | Rejection {
  // V1: the statement is within the bounds that soundness needs (§4.8).
  const fault = findStatementFault(statement);
  if (fault !== undefined) return reject('V1', 'statement-limits', fault);
  const shape = deriveShape(statement.rowCount);

  // V2: the header is in its format (§7.2).
  const decoded = decodeHeader(proof, shape);
  if (!decoded.ok) return reject('V2', 'header-encoding', decoded.fault);
  const { header, nonce, rest } = decoded;

  // V3: the header is the one that the manifest names (§7.5).
  const transcript = startTranscript(statement, preset);
  const replay = rounds.replayHeader(transcript, header);
  if (!bytesEqual(header.accountsRoot, expected.accountsRoot)) {
    return reject('V3', 'accounts-root', "the proof's accounts root is not the manifest's");
  }
  if (!bytesEqual(replay.headerDigest, expected.headerDigest)) {
    return reject('V3', 'header-digest', "the proof's header digest is not the manifest's");
  }

  // V4: the opened values satisfy the constraints at z (§6.5).
  if (!constraintsHold(statement, shape, header, replay)) {
    return reject('V4', 'constraints', 'the quotient at z is not what the constraints give there');
  }

  // V5: proof of work (§3.5, §6.9).
  if (!isProofOfWork(rounds.grindingSeed(transcript), nonce, preset.grindingBits)) {
    return reject('V5', 'proof-of-work', `nonce ${nonce} does not give ${preset.grindingBits} zero bits`);
  }

  // V6: what opens the query points is in its format (§7.2).
  const points = sortedDistinct(rounds.absorbNonce(transcript, nonce, shape, preset));
  const queries = decodeQueries(rest, shape, points);
  if (!queries.ok) return reject('V6', 'queries-encoding', queries.fault);

  // V7: the opened rows are the committed ones (§3.6).
  const roots = { trace: header.traceRoot, auxiliary: header.auxiliaryRoot, quotient: header.quotientRoot };
  for (const tree of pointTrees) {
    if (!opensTo(tree, roots[tree], queries.value, points, shape)) {
      return reject('V7', `${tree}-opening`, `the opened leaves of tree ${treeNames[tree]} do not lead to its root`);
    }
  }

  // V8: the words at the query points fold to the final polynomials (§6.7, §6.8).
  const words = wordsAtPoints(queries.value, points, shape, header, replay);
  const layers = header.layerRoots.map((root, layer) => ({
    tree: treeNames.layerPoints(layer),
    root: root.points,
    challenge: replay.foldChallenges[layer],
  }));
  const folding = checkFolding(shape.pointDomain, words, layers, queries.value.layers, header.finalPolynomials);
  if (!folding.ok) {
    return reject('V8', folding.reason === 'layer' ? 'layer-opening' : 'final-polynomial', folding.detail);
  }
  return { ok: true, statement, shape, header, replay, transcriptLog: transcript.log };
}

/** Whether Σ_i z^(ic) q'_i(z) = Σ_j α_j · C_j(z)/Z_j(z). */
function constraintsHold(
  statement: Statement,
  shape: Shape,
  header: rounds.HeaderMessages,
  replay: rounds.Replay,
): boolean {
  const { beta0, beta1, gamma, alphas, zeta } = replay;
  const opened = (column: number, rotation: 0 | 1) =>
    header.openings[
      openingTerms.findIndex((term) => term.kind === 'column' && term.column === column && term.rotation === rotation)
    ];
  const values = {
    column: opened,
    publicColumns: publicColumnsAt(zeta, shape.rowDomain, statement.assets.length),
    challenges: { beta0, beta1, gamma },
    publicValues: { Phi: totalsFraction(statement.totals, beta1, gamma) },
  };
  const chunks = header.openings.filter((_, i) => openingTerms[i].kind === 'chunk');
  return ext.equals(joinChunks(zeta, chunks, shape), quotientAt(zeta, values, alphas, shape));
}

function opensTo(
  tree: PointTree,
  root: Uint8Array,
  queries: QueryMessages,
  points: readonly number[],
  shape: Shape,
): boolean {
  const hashers = createTreeHashers(treeNames[tree]);
  const { leaves, siblings } = queries.points[tree];
  const digests = leaves.map((leaf) => hashers.leaf.digest(leaf));
  return bytesEqual(rootFromBatch(shape.pointDomain.size, points, digests, siblings, hashers.node), root);
}

/** G₁ and G₂ at each query point, from the opened rows. */
function wordsAtPoints(
  queries: QueryMessages,
  points: readonly number[],
  shape: Shape,
  header: rounds.HeaderMessages,
  replay: rounds.Replay,
): Map<number, Extension[]> {
  const words = createDeepWords(header.openings, replay.lambdas, replay.zeta, shape);
  return new Map(
    points.map((position, i) => {
      const row = pointRow(queries, i);
      const point = domainPoint(shape.pointDomain, position);
      return [position, [words.first(point, row.user, row.traceMask), words.second(point, row)]];
    }),
  );
}

/** Cuts the opened leaves of one point into columns, in the order of §3.6. */
function pointRow(queries: QueryMessages, i: number): PointRow {
  const trace = queries.points.trace.elements[i];
  const userCount = columnGroups.user.length;
  const multiplicityCount = columnGroups.multiplicity.length;
  const auxiliary = toExtensions(queries.points.auxiliary.elements[i]);
  const auxiliaryCount = liabilitiesAir.columns.length - userCount - multiplicityCount;
  return {
    user: trace.slice(0, userCount),
    multiplicity: trace.slice(userCount, userCount + multiplicityCount),
    traceMask: toExtensions(trace.slice(userCount + multiplicityCount))[0],
    auxiliary: auxiliary.slice(0, auxiliaryCount),
    auxiliaryMask: auxiliary[auxiliaryCount],
    chunks: toExtensions(queries.points.quotient.elements[i]),
  };
}

function toExtensions(elements: readonly number[]): Extension[] {
  return Array.from({ length: elements.length / 5 }, (_, i) => {
    return elements.slice(5 * i, 5 * i + 5) as unknown as Extension;
  });
}
