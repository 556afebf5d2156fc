/** The statement that a segment's proof proves, and how the transcript absorbs it (spec §6.1). */
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { digestSize } from '@solvent/commitment/blake3';
import { concatBytes, encodeElements, encodeText, encodeUint32 } from '@solvent/commitment/bytes';
import { Transcript } from '@solvent/commitment/transcript';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { fixedParameters, type Preset, presetDigest } from './preset.js';
import {
  carryRowCount,
  isRowCount,
  limbBits,
  limbCount,
  maxAssetCount,
  maxAssetDecimals,
  maxTotalCount,
  randomRowCount,
} from './table.js';

/** What ties a proof to one report of one exchange. */
export interface ReportContext {
  readonly exchange: string;
  readonly reportId: string;
  /** RFC 3339, UTC. */
  readonly snapshotTime: string;
  /** Digest of the previous report's manifest, 32 bytes; empty for a first report. */
  readonly previousManifest: Uint8Array;
}

export interface StatementAsset {
  readonly symbol: string;
  readonly decimals: number;
}

export interface Statement {
  readonly context: ReportContext;
  /** Number of this segment, in [0, segmentCount). */
  readonly segment: number;
  readonly segmentCount: number;
  /** N. */
  readonly rowCount: number;
  /** Asset a, counted from 1, is at position a − 1. */
  readonly assets: readonly StatementAsset[];
  /** This segment's total of each asset, in the asset's units. */
  readonly totals: readonly bigint[];
}

/** One past the largest total: limb 6 must stay below p (spec §11.4). */
export const totalBound = BigInt(modulus) << BigInt(limbBits * (limbCount - 1));

/**
 * The seven limbs of a total: six of 10 bits, and the rest, below p. Throws a RangeError for a total outside
 * [0, totalBound): modulo p it could not be told from another.
 */
export function totalLimbs(total: bigint): number[] {
  if (total < 0n || total >= totalBound) {
    throw new RangeError(`total: expected an integer in [0, ${totalBound}), got ${total}`);
  }
  const limbs: number[] = [];
  let rest = total;
  for (let l = 0; l < limbCount - 1; l++) {
    limbs.push(Number(rest & 1023n));
    rest >>= BigInt(limbBits);
  }
  return [...limbs, Number(rest)];
}

/**
 * What is wrong with a statement, or undefined: everything is within the bounds from which soundness follows, and can be
 * absorbed (spec §4.8).
 */
export function findStatementFault(statement: Statement): string | undefined {
  const { context, rowCount } = statement;
  if (!isRowCount(rowCount)) return `rows: expected a power of two from 2^11 to 2^19, got ${rowCount}`;
  const previousSize = context.previousManifest.length;
  if (previousSize !== 0 && previousSize !== digestSize) {
    return `previous manifest: expected no bytes or ${digestSize}, got ${previousSize}`;
  }
  return findSegmentFault(statement) ?? findAmountsFault(statement) ?? findRowsFault(statement);
}

function findSegmentFault({ segment, segmentCount }: Statement): string | undefined {
  // At most as many as totals, hence far below 2^32.
  if (!(Number.isInteger(segmentCount) && segmentCount >= 1 && segmentCount <= maxTotalCount)) {
    return `segments: expected an integer from 1 to ${maxTotalCount}, got ${segmentCount}`;
  }
  if (Number.isInteger(segment) && segment >= 0 && segment < segmentCount) return undefined;
  return `segment: expected a number below ${segmentCount}, got ${segment}`;
}

function findAmountsFault({ segmentCount, assets, totals }: Statement): string | undefined {
  if (assets.length < 1 || assets.length > maxAssetCount) {
    return `assets: expected 1 to ${maxAssetCount}, got ${assets.length}`;
  }
  const isPrecision = (decimals: number) => Number.isInteger(decimals) && decimals >= 0 && decimals <= maxAssetDecimals;
  if (!assets.every(({ decimals }) => isPrecision(decimals))) {
    return `assets: expected decimals from 0 to ${maxAssetDecimals}`;
  }
  if (segmentCount * assets.length > maxTotalCount) {
    return `totals: expected at most ${maxTotalCount} in all segments, got ${segmentCount} times ${assets.length}`;
  }
  if (totals.length !== assets.length) return `totals: expected ${assets.length}, got ${totals.length}`;
  return totals.every((total) => total >= 0n && total < totalBound)
    ? undefined
    : 'totals: expected each in [0, p·2^60)';
}

/**
 * The last two are what makes sums modulo p sums over the integers: 2^20 is one past the largest carry (spec §11.4), 28 the
 * number of limbs of a row (spec §11.5).
 */
function findRowsFault({ rowCount, assets }: Statement): string | undefined {
  const activeRowCount = rowCount - randomRowCount(rowCount);
  const carryRows = carryRowCount(assets.length);
  if (carryRows >= activeRowCount) {
    return `rows: expected more than ${carryRows} active ones for ${assets.length} assets, got ${activeRowCount}`;
  }
  if (4 * activeRowCount * 1023 + 2 ** 20 >= modulus) {
    return `rows: expected too few for sums of limbs to wrap around modulo p, got ${rowCount}`;
  }
  if (28 * activeRowCount >= modulus) {
    return `rows: expected too few for counts of look-ups to wrap around modulo p, got ${rowCount}`;
  }
  return undefined;
}

/** Starts a segment's transcript: absorbs the whole statement, and what it is to be proven by. */
export function startTranscript(statement: Statement, preset: Preset): Transcript {
  const { context, assets } = statement;
  const transcript = new Transcript(fixedParameters.protocol);
  transcript.absorb('/preset', presetDigest(preset));
  transcript.absorb('/air', airDigest(liabilitiesAir));
  transcript.absorb('/context/exchange', encodeText(context.exchange));
  transcript.absorb('/context/report-id', encodeText(context.reportId));
  transcript.absorb('/context/snapshot-time', encodeText(context.snapshotTime));
  transcript.absorb('/context/previous-manifest', context.previousManifest);
  transcript.absorb('/segment/number', encodeUint32(statement.segment));
  transcript.absorb('/segment/count', encodeUint32(statement.segmentCount));
  transcript.absorb('/segment/rows', encodeUint32(statement.rowCount));
  transcript.absorb('/assets', encodeAssets(assets));
  transcript.absorb('/totals', encodeElements(statement.totals.flatMap(totalLimbs)));
  return transcript;
}

function encodeAssets(assets: readonly StatementAsset[]): Uint8Array {
  const encoded = assets.map((asset) => concatBytes(encodeText(asset.symbol), encodeUint32(asset.decimals)));
  return concatBytes(encodeUint32(assets.length), ...encoded);
}

/** Φ = Σ_a (Σ_l γ^l t_{a,l}) / (β₁ − a): where the accumulator must end (spec §5.3, C14). */
export function totalsFraction(totals: readonly bigint[], beta1: Extension, gamma: Extension): Extension {
  const denominators = totals.map((_, i) => ext.sub(beta1, ext.fromBase(i + 1)));
  const inverses = ext.batchInverse(denominators);
  return totals.reduce((sum: Extension, total, i) => {
    const numerator = ext.evaluateBasePolynomial(Uint32Array.from(totalLimbs(total)), gamma);
    return ext.add(sum, ext.mul(numerator, inverses[i]));
  }, ext.zero);
}
