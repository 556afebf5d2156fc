/** The weights of limbs on carry rows (spec §4.3). */

import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { limbRange } from '@solvent/stark/table';

/**
 * ν_{e,l} for l = 0 … 6. An even entry's limbs are the low and high halves of c₀, c₁, c₂, an odd entry's those of
 * c₃, c₄, c₅; carry t weighs γ^{t+1} − 1024·γ^t, its high half 1024 times that. Limb 6 weighs nothing.
 */
export function carryWeights(gamma: Extension, entry: number): Extension[] {
  const weights = [0, 1, 2].flatMap((t) => {
    const carry = 3 * (entry % 2) + t;
    const low = ext.sub(ext.pow(gamma, carry + 1), ext.scale(ext.pow(gamma, carry), limbRange));
    return [low, ext.scale(low, limbRange)];
  });
  return [...weights, ext.zero];
}
