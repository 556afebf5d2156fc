/** Parameter sets (spec §2.5). Whoever verifies chooses one; a proof or a report never does. */
import { createHasher } from '@solvent/commitment/blake3';
import { utf8ToBytes } from '@solvent/commitment/bytes';

export interface Preset {
  readonly name: string;
  /** Query points drawn, with repetitions. */
  readonly queryCount: number;
  /** Zero bits of the proof of work, 1 … 31. */
  readonly grindingBits: number;
}

/** 128 bits, proven (spec §9.2): 108.49 from the 160 queries and 20 from the proof of work (spec §11.10). */
export const productionPreset: Preset = { name: 'production', queryCount: 160, grindingBits: 20 };

/** For tests only: about 9 bits, as `soundness.ts` counts them. No production verifier accepts it. */
export const toyPreset: Preset = { name: 'toy', queryCount: 8, grindingBits: 4 };

/** Parameters that all presets share; part of every preset digest. What each is for: `parameterUses` (spec §9.2). */
export const fixedParameters = {
  protocol: 'solvent-liabilities/1',
  field: 'KoalaBear',
  extension: 'X^5+X^2-1',
  hash: 'BLAKE3',
  blowUp: 4,
  foldingFactor: 8,
  maxFinalDegreeBound: 128,
  quotientChunks: 4,
  quotientBlinding: 256,
} as const;

/**
 * The digest of a preset with the fixed parameters, 32 bytes: absorbed by every transcript. So whoever proves or verifies
 * comes by here, and a preset that would check nothing is refused.
 *
 * @throws RangeError unless there is at least one query point, and the zero bits are 1 … 31
 */
export function presetDigest(preset: Preset): Uint8Array {
  assertPreset(preset);
  const parameters = { ...fixedParameters, queryCount: preset.queryCount, grindingBits: preset.grindingBits };
  const lines = Object.entries(parameters).map(([name, value]) => `${name} ${value}\n`);
  return createHasher('preset').digest(utf8ToBytes(lines.join('')));
}

function assertPreset({ queryCount, grindingBits }: Preset): void {
  if (!(Number.isSafeInteger(queryCount) && queryCount >= 1)) {
    throw new RangeError(`preset: expected an integer of at least 1 as queryCount, got ${queryCount}`);
  }
  if (!(Number.isInteger(grindingBits) && grindingBits >= 1 && grindingBits <= 31)) {
    throw new RangeError(`preset: expected an integer from 1 to 31 as grindingBits, got ${grindingBits}`);
  }
}
