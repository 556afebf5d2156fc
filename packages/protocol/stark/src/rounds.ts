/**
 * The rounds of the protocol as the transcript sees them (spec §6.2): what is absorbed, under which label, before which
 * challenge. Prover and verifier call the same functions in the same order.
 */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { encodeUint32 } from '@solvent/commitment/bytes';
import type { Transcript } from '@solvent/commitment/transcript';
import type { Extension } from '@solvent/field/extension';
import type { Preset } from './preset.js';
import { openingTerms, type Shape } from './shape.js';

/** Roots of one committed folding layer. */
export interface LayerRoots {
  /** Of the fibres of (G₁, G₂) on D. */
  readonly points: Uint8Array;
  /** Of the fibres of G₁ on H. */
  readonly rows: Uint8Array;
}

/** Everything in a proof that the transcript absorbs, in order, but the nonce. */
export interface HeaderMessages {
  /** Root of D0: user columns, multiplicities and R₁ on D. */
  readonly traceRoot: Uint8Array;
  /** Root of H0, the accounts root: user columns and R₁ on H. */
  readonly accountsRoot: Uint8Array;
  /** Root of D1: auxiliary columns and R₂ on D. */
  readonly auxiliaryRoot: Uint8Array;
  /** Root of D2: quotient chunks on D. */
  readonly quotientRoot: Uint8Array;
  /** Opened values, one for each of `openingTerms`. */
  readonly openings: readonly Extension[];
  /** One pair for each fold. */
  readonly layerRoots: readonly LayerRoots[];
  /** Coefficients of the folded G₁ and G₂, `finalDegreeBound` each. */
  readonly finalPolynomials: readonly [readonly Extension[], readonly Extension[]];
}

/** Round 1: the trace. Gives β₀, β₁ outside F_p, and γ (spec §11.5). */
export function absorbTrace(transcript: Transcript, traceRoot: Uint8Array, accountsRoot: Uint8Array) {
  transcript.absorb('/trace/root', traceRoot);
  transcript.absorb('/accounts/root', accountsRoot);
  const [beta0, beta1] = transcript.squeezeNonBaseExtensions('/beta', 2);
  const [gamma] = transcript.squeezeExtensions('/gamma', 1);
  return { beta0, beta1, gamma };
}

/** Round 2: the auxiliary columns. Gives one α for each constraint (spec §11.6). */
export function absorbAuxiliary(transcript: Transcript, auxiliaryRoot: Uint8Array): Extension[] {
  transcript.absorb('/auxiliary/root', auxiliaryRoot);
  return transcript.squeezeExtensions('/alpha', liabilitiesAir.constraints.length);
}

/** Round 3: the quotient. Gives z outside F_p (spec §11.7). */
export function absorbQuotient(transcript: Transcript, quotientRoot: Uint8Array): Extension {
  transcript.absorb('/quotient/root', quotientRoot);
  return transcript.squeezeNonBaseExtensions('/zeta', 1)[0];
}

/** Round 4: the opened values. Gives one λ for each (spec §11.8). */
export function absorbOpenings(transcript: Transcript, openings: readonly Extension[]): Extension[] {
  transcript.absorbExtensions('/openings', openings);
  return transcript.squeezeExtensions('/lambda', openingTerms.length);
}

/** Rounds 5 and 6: one committed layer, both trees, both before the folding challenge b that this gives (spec §11.9). */
export function absorbLayer(transcript: Transcript, layer: number, roots: LayerRoots): Extension {
  transcript.absorb(`/layer/${layer}/points/root`, roots.points);
  transcript.absorb(`/layer/${layer}/rows/root`, roots.rows);
  return transcript.squeezeExtensions(`/fold/${layer}`, 1)[0];
}

/** The end of round 6: the final polynomials. Gives the header digest, 32 bytes. */
export function absorbFinal(transcript: Transcript, polynomials: HeaderMessages['finalPolynomials']): Uint8Array {
  transcript.absorbExtensions('/final/0', polynomials[0]);
  transcript.absorbExtensions('/final/1', polynomials[1]);
  return transcript.squeezeDigest('/header');
}

/** Round 7: what the proof of work is about. */
export function grindingSeed(transcript: Transcript): Uint8Array {
  return transcript.squeezeDigest('/grinding');
}

/** Round 7: the nonce. Gives the query points as positions in D, in the order drawn, with repetitions. */
export function absorbNonce(transcript: Transcript, nonce: number, shape: Shape, preset: Preset): number[] {
  transcript.absorb('/nonce', encodeUint32(nonce));
  return transcript.squeezeIntegers('/queries', preset.queryCount, shape.pointDomain.logSize);
}

/** Challenges and digest that follow from a statement and a header. */
export interface Replay {
  readonly beta0: Extension;
  readonly beta1: Extension;
  readonly gamma: Extension;
  readonly alphas: readonly Extension[];
  readonly zeta: Extension;
  readonly lambdas: readonly Extension[];
  /** One for each fold. */
  readonly foldChallenges: readonly Extension[];
  readonly headerDigest: Uint8Array;
}

/** Replays rounds 1 to 6 on a transcript that has absorbed the statement. */
export function replayHeader(transcript: Transcript, messages: HeaderMessages): Replay {
  const challenges = absorbTrace(transcript, messages.traceRoot, messages.accountsRoot);
  const alphas = absorbAuxiliary(transcript, messages.auxiliaryRoot);
  const zeta = absorbQuotient(transcript, messages.quotientRoot);
  const lambdas = absorbOpenings(transcript, messages.openings);
  const foldChallenges = messages.layerRoots.map((roots, layer) => absorbLayer(transcript, layer, roots));
  const headerDigest = absorbFinal(transcript, messages.finalPolynomials);
  return { ...challenges, alphas, zeta, lambdas, foldChallenges, headerDigest };
}
