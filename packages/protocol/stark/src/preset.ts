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

/** 128 bits, proven: 108.49 from the queries and 20 from the proof of work. */
export const productionPreset: Preset = { name: 'production', queryCount: 160, grindingBits: 20 };

/** For tests only: about 9 bits. No production verifier accepts it. */
export const toyPreset: Preset = { name: 'toy', queryCount: 8, grindingBits: 4 };

/** Parameters that all presets share; part of every preset digest. */
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

/** The digest of a preset with the fixed parameters, 32 bytes: absorbed by every transcript. */
export function presetDigest(preset: Preset): Uint8Array {
  const parameters = { ...fixedParameters, queryCount: preset.queryCount, grindingBits: preset.grindingBits };
  const lines = Object.entries(parameters).map(([name, value]) => `${name} ${value}\n`);
  return createHasher('preset').digest(utf8ToBytes(lines.join('')));
}
