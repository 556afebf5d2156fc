// Prints every error term of a preset in bits: `node scripts/print-soundness.js [queries] [zero bits]`, the production
// preset's numbers unless given.
import { presetDigest, productionPreset } from '@solvent/stark/preset';
import { errorTermsTable } from './spec-parts.js';

const [queryCount = productionPreset.queryCount, grindingBits = productionPreset.grindingBits] = process.argv
  .slice(2)
  .map(Number);
const preset = { name: 'given', queryCount, grindingBits };
// Throws for numbers that are no preset.
presetDigest(preset);
console.log(errorTermsTable(preset));
