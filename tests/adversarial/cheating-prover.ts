/**
 * A prover that lies, for tests only.
 *
 * It goes through the same rounds as `proveSegment`, with the same functions, but checks nothing of itself, and lets a
 * test change what it holds before each commitment. Whatever an attacker could compute is computed from the lie on: the
 * quotient is cut to the degree that is allowed, the transcript is that of the header which is sent, the proof of work
 * and the openings are those of that transcript. So a lie gets as far as the step that must catch it.
 */
import { bytesToHex } from '@solvent/commitment/bytes';
import { treeRoot } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import { seededRandom } from '@solvent/ledger/testing';
import { encodeProof } from '@solvent/proof-format/proof';
import type { PointTree } from '@solvent/stark/leaves';
import { treeNames } from '@solvent/stark/leaves';
import { type Preset, presetDigest, toyPreset } from '@solvent/stark/preset';
import { publicColumnsAt } from '@solvent/stark/public-columns';
import { sortedDistinct } from '@solvent/stark/query';
import { joinChunks, quotientAt } from '@solvent/stark/quotient';
import * as rounds from '@solvent/stark/rounds';
import { deriveShape, openingTerms, type Shape } from '@solvent/stark/shape';
import { type Statement, startTranscript, totalsFraction } from '@solvent/stark/statement';
import { type Auxiliary, prepareAuxiliary } from '@solvent/stark-prover/auxiliary';
import {
  type CommittedLayer,
  commitOnPoints,
  openLayers,
  openPoints,
  type PointCommitment,
} from '@solvent/stark-prover/commitments';
import type { HolderData } from '@solvent/stark-prover/holder-data';
import { blindedChunks, quotientCoefficients } from '@solvent/stark-prover/quotient';
import { randomColumn } from '@solvent/stark-prover/random-elements';
import { commitAccountRows, type Trace, withRandomRows } from '@solvent/stark-prover/trace';
import { evaluateWord, openedValues } from '@solvent/stark-prover/words';
import type { PublishedSegment } from '../support/report.js';
import { createTestEngine } from '../support/test-engine.js';
import type { Witness } from '../support/witness.js';
import { type Drawn, type FoldCheats, foldLayers, lyingWords } from './lying-folds.js';

/** What is fixed by the end of round 1, for lies that depend on it. */
export interface Known {
  readonly statement: Statement;
  readonly shape: Shape;
  readonly trace: Trace;
  readonly beta0: Extension;
  readonly beta1: Extension;
  readonly gamma: Extension;
}

/** What to lie about. Every function changes what it is given in place, unless it returns something. */
export interface Cheats extends FoldCheats {
  /** The statement that the challenges are drawn from, when it is not the one that is sent. */
  readonly absorbed?: Statement;
  /** Round 1: the user columns on H, random rows included, as committed on D and on H. */
  readonly user?: (user: readonly Uint32Array[], shape: Shape) => void;
  /** Round 1: the multiplicities on H. */
  readonly multiplicity?: (multiplicity: Uint32Array, shape: Shape) => void;
  /** Round 1: what the accounts tree holds, where it is to differ from what is committed on D. */
  readonly accountRows?: (rows: { user: readonly Uint32Array[]; mask: ExtensionColumn; tags: Uint8Array }) => void;
  /** Rounds 1 to 3: the values on D that a tree holds; the rounds go on with the true ones. */
  readonly treeColumns?: (tree: PointTree, columns: readonly Uint32Array[]) => readonly Uint32Array[];
  /** Round 2: φ₁ … φ₁₁ and acc on H. */
  readonly auxiliary?: (columns: readonly ExtensionColumn[], known: Known) => void;
  /** Round 4: the values that are said to be opened. The words are then made as the verifier will compute them. */
  readonly openings?: (
    openings: readonly Extension[],
    known: Known & Pick<Drawn, 'alphas' | 'zeta'>,
  ) => readonly Extension[];
  /** The header that is sent. */
  readonly header?: (header: rounds.HeaderMessages) => rounds.HeaderMessages;
}

/** What opens a proof's queries, wherever they fall. */
export interface Opener {
  readonly trees: Readonly<Record<PointTree, PointCommitment>>;
  readonly layers: readonly CommittedLayer[];
}

/** A proof with all that it was made from. */
export interface Forgery extends PublishedSegment {
  readonly header: rounds.HeaderMessages;
  readonly opener: Opener;
  readonly holderData: HolderData;
  readonly shape: Shape;
  readonly replay: rounds.Replay;
  readonly nonce: number;
  readonly transcriptLog: readonly string[];
}

export interface CheatOptions {
  readonly preset?: Preset;
  /** Everything random follows from it, so that no test passes or fails by luck. */
  readonly seed?: string;
}

const engine: Engine = createTestEngine();

/** Proves a segment as told. Without cheats the proof is as good as an honest one. */
export function cheat(witness: Witness, cheats: Cheats = {}, options: CheatOptions = {}): Forgery {
  const seed = options.seed ?? 'cheat';
  const preset = options.preset ?? toyPreset;
  const { statement } = witness;
  const absorbed = cheats.absorbed ?? statement;
  const shape = deriveShape(absorbed.rowCount);
  const transcript = startTranscript(absorbed, preset);
  engine.begin(shape, statement.assets.length);

  const firstLies = [cheats.user, cheats.multiplicity, cheats.accountRows, cheats.treeColumns];
  const table = remember(witness, firstLies, seed, () =>
    commitTable(witness, cheats, shape, seededRandom(`${seed} table`)),
  );
  const traceRoot = treeRoot(table.sent.tree);
  const accountsRoot = treeRoot(table.accountRows.tree);
  const challenges = rounds.absorbTrace(transcript, traceRoot, accountsRoot);
  const known: Known = { statement, shape, trace: table.trace, ...challenges };

  const presetName = bytesToHex(presetDigest(preset));
  const laterLies = [...firstLies, cheats.auxiliary, cheats.absorbed];
  const fractions = remember(witness, laterLies, `${seed} fractions ${presetName}`, () =>
    commitFractions(known, cheats, seededRandom(`${seed} fractions`)),
  );
  const auxiliaryRoot = treeRoot(fractions.sent.tree);
  const alphas = rounds.absorbAuxiliary(transcript, auxiliaryRoot);

  const quotient = remember(witness, laterLies, `${seed} quotient ${presetName}`, () =>
    commitQuotient(table, fractions, known, alphas, cheats, seededRandom(`${seed} quotient`)),
  );
  const quotientRoot = treeRoot(quotient.sent.tree);
  const zeta = rounds.absorbQuotient(transcript, quotientRoot);

  const polynomials = { trace: table.trace, auxiliary: fractions.auxiliary, chunks: quotient.chunks };
  const trueOpenings = openedValues(polynomials, zeta, shape, engine);
  const openings = cheats.openings?.(trueOpenings, { ...known, alphas, zeta }) ?? trueOpenings;
  const lambdas = rounds.absorbOpenings(transcript, openings);

  const drawn: Drawn = { shape, alphas, zeta, lambdas, openings };
  const words = lyingWords(polynomials, trueOpenings, drawn, engine);
  const folded = foldLayers(words, cheats, drawn, engine, (layer, roots) =>
    rounds.absorbLayer(transcript, layer, roots),
  );

  const header: rounds.HeaderMessages = {
    traceRoot,
    accountsRoot,
    auxiliaryRoot,
    quotientRoot,
    openings,
    layerRoots: folded.roots,
    finalPolynomials: folded.finalPolynomials,
  };
  const trees = { trace: table.sent, auxiliary: fractions.sent, quotient: quotient.sent };
  const opener: Opener = { trees, layers: folded.pointLayers };
  const holderData = {
    rowCount: shape.rowCount,
    isCurrent: () => true,
    rows: table.accountRows,
    layers: folded.rowLayers,
  };
  return { ...assemble(statement, cheats.header?.(header) ?? header, opener, preset), holderData };
}

const made = new WeakMap<Witness, Map<string, unknown>>();

/** Makes something once for a witness, unless there are lies about it. */
function remember<Value>(witness: Witness, lies: readonly unknown[], name: string, make: () => Value): Value {
  if (lies.some((lie) => lie !== undefined)) return make();
  const values = made.get(witness) ?? new Map<string, unknown>();
  made.set(witness, values);
  if (!values.has(name)) values.set(name, make());
  return values.get(name) as Value;
}

/** What is committed in a tree on D: what the constraints are computed from, and what is sent, the same unless lied about. */
function commitTwice(
  tree: PointTree,
  coefficients: readonly Uint32Array[],
  cheats: Cheats,
  shape: Shape,
  random: Random,
): { held: PointCommitment; sent: PointCommitment } {
  const held = commitOnPoints(tree, coefficients, shape, engine, random);
  const changed = cheats.treeColumns?.(tree, held.columns);
  if (changed === undefined) return { held, sent: held };
  return {
    held,
    sent: { ...held, columns: changed, tree: engine.commitRows(treeNames[tree], changed, [held.salts], 'natural') },
  };
}

function commitTable(witness: Witness, cheats: Cheats, shape: Shape, random: Random) {
  const trace = prepareTrace(witness, cheats, shape, random);
  const columns = [...trace.userCoefficients, trace.multiplicityCoefficients, ...trace.mask];
  const accountRows = commitRows(trace, witness.tags, cheats, shape, random);
  return { trace, accountRows, ...commitTwice('trace', columns, cheats, shape, random) };
}

function commitFractions(known: Known, cheats: Cheats, random: Random) {
  const auxiliary = lyingAuxiliary(known, cheats, random);
  const columns = [...auxiliary.coefficients, auxiliary.mask].flat();
  return { auxiliary, ...commitTwice('auxiliary', columns, cheats, known.shape, random) };
}

function commitQuotient(
  table: { readonly held: PointCommitment },
  fractions: { readonly held: PointCommitment },
  known: Known,
  alphas: readonly Extension[],
  cheats: Cheats,
  random: Random,
) {
  const { statement, shape } = known;
  // Coefficients past the allowed degree, which only a lie has, are dropped by the cutting into chunks.
  const quotient = quotientCoefficients(table.held, fractions.held, known, alphas, statement.totals, shape, engine);
  const chunks = blindedChunks(quotient, shape, engine, random);
  return { chunks, ...commitTwice('quotient', chunks.flat(), cheats, shape, random) };
}

/**
 * Makes the proof that a header leads to: replays the transcript as the verifier will, grinds, opens what is asked for.
 *
 * @param grind finds the nonce; an honest search unless given.
 */
export function assemble(
  statement: Statement,
  header: rounds.HeaderMessages,
  opener: Opener,
  preset: Preset = toyPreset,
  grind: (seed: Uint8Array) => number = (seed) => engine.grind(seed, preset.grindingBits),
): Omit<Forgery, 'holderData'> {
  const shape = deriveShape(statement.rowCount);
  const transcript = startTranscript(statement, preset);
  const replay = rounds.replayHeader(transcript, header);
  const nonce = grind(rounds.grindingSeed(transcript));
  const points = sortedDistinct(rounds.absorbNonce(transcript, nonce, shape, preset));
  const reachable = points.filter((point) => point < opener.trees.trace.tree.leafCount);
  const proof = encodeProof(header, nonce, {
    points: {
      trace: openPoints(opener.trees.trace, reachable),
      auxiliary: openPoints(opener.trees.auxiliary, reachable),
      quotient: openPoints(opener.trees.quotient, reachable),
    },
    layers: openLayers(opener.layers, reachable),
  });
  const { accountsRoot } = header;
  const { headerDigest } = replay;
  const transcriptLog = transcript.log;
  return { statement, accountsRoot, headerDigest, proof, header, opener, shape, replay, nonce, transcriptLog };
}

/**
 * Opened values that satisfy the constraints whatever the columns are: the first chunk's is what is missing to make the
 * quotient right at z.
 */
export function withForgedQuotient(
  openings: readonly Extension[],
  { statement, shape, beta0, beta1, gamma, alphas, zeta }: Omit<Known, 'trace'> & Pick<Drawn, 'alphas' | 'zeta'>,
): Extension[] {
  const termOf = (column: number, rotation: 0 | 1) =>
    openingTerms.findIndex((term) => term.kind === 'column' && term.column === column && term.rotation === rotation);
  const values = {
    column: (column: number, rotation: 0 | 1) => openings[termOf(column, rotation)],
    publicColumns: publicColumnsAt(zeta, shape.rowDomain, statement.assets.length),
    challenges: { beta0, beta1, gamma },
    publicValues: { Phi: totalsFraction(statement.totals, beta1, gamma) },
  };
  const firstChunk = openingTerms.findIndex((term) => term.kind === 'chunk');
  const stated = joinChunks(zeta, openings.slice(firstChunk), shape);
  const missing = ext.sub(quotientAt(zeta, values, alphas, shape), stated);
  return openings.map((opening, i) => (i === firstChunk ? ext.add(opening, missing) : opening));
}

function prepareTrace(witness: Witness, cheats: Cheats, shape: Shape, random: Random): Trace {
  const user = witness.columns.map((column) => withRandomRows(column, shape, engine, random));
  cheats.user?.(user, shape);
  const multiplicity = withRandomRows(engine.countLimbs(user, shape), shape, engine, random);
  cheats.multiplicity?.(multiplicity, shape);
  const coefficients = engine.interpolate([...user, multiplicity], shape.rowDomain);
  return {
    user,
    multiplicity,
    userCoefficients: coefficients.slice(0, user.length),
    multiplicityCoefficients: coefficients[user.length],
    mask: randomColumn(random, shape.rowCount, engine),
  };
}

function commitRows(trace: Trace, tags: Uint8Array, cheats: Cheats, shape: Shape, random: Random) {
  const rows = {
    user: trace.user.map((column) => column.slice()),
    mask: evaluateWord(trace.mask, shape.rowDomain, engine),
    tags: tags.slice(),
  };
  cheats.accountRows?.(rows);
  const mask = interpolateColumn(rows.mask, shape);
  return commitAccountRows({ ...trace, user: rows.user, mask }, rows.tags, shape, engine, random);
}

function lyingAuxiliary(known: Known, cheats: Cheats, random: Random): Auxiliary {
  const { shape, statement, trace, beta0, beta1, gamma } = known;
  const assetCount = statement.assets.length;
  const auxiliary = prepareAuxiliary(trace, { beta0, beta1, gamma }, assetCount, shape, engine, random);
  if (cheats.auxiliary === undefined) return auxiliary;
  cheats.auxiliary(auxiliary.columns, known);
  return { ...auxiliary, coefficients: auxiliary.columns.map((column) => interpolateColumn(column, shape)) };
}

function interpolateColumn(column: ExtensionColumn, shape: Shape): ExtensionColumn {
  return engine.interpolate(column, shape.rowDomain) as unknown as ExtensionColumn;
}
