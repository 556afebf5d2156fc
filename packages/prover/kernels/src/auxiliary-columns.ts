/** The auxiliary columns on H, in TypeScript: φ₁ … φ₁₁ and acc (spec §6.4). */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { type ExtensionColumn, setColumnElement, zeroColumn } from '@solvent/field/extension-column';
import { columnGroups } from '@solvent/stark/shape';
import { carryRowCount, entriesPerRow, limbCount, limbRange } from '@solvent/stark/table';
import { carryWeights } from './carry-weights.js';
import type { AuxiliaryInput } from './engine.js';

const phiCount = columnGroups.auxiliary.length - 1;
const lastLimb = entriesPerRow * limbCount - 1;

/** φ₁ … φ₁₁ on the active rows, acc on these and on the row after them; 0 elsewhere. */
export function auxiliaryColumns(input: AuxiliaryInput): ExtensionColumn[] {
  const { rowCount, randomRowCount } = input.shape;
  const columns = liabilitiesAir.columns
    .filter((column) => column.group === 'auxiliary')
    .map(() => zeroColumn(rowCount));
  const accumulator = columns[phiCount];
  const fractions = createFractions(input);
  let sum = ext.zero;
  for (let row = 0; row < rowCount - randomRowCount; row++) {
    setColumnElement(accumulator, row, sum);
    for (let k = 0; k < phiCount; k++) {
      const phi = fractions.phi(k, row);
      setColumnElement(columns[k], row, phi);
      sum = ext.add(sum, phi);
    }
  }
  setColumnElement(accumulator, rowCount - randomRowCount, sum);
  return columns;
}

function createFractions(input: AuxiliaryInput) {
  const { user, multiplicity } = input;
  const rangeInverse = createInverseTable(input.beta0, limbRange);
  const assetInverse = createInverseTable(input.beta1, input.assetCount + 1);
  const numerator = createNumerators(input);
  const limb = (position: number, row: number) =>
    user[(limbCount + 1) * Math.floor(position / limbCount) + 1 + (position % limbCount)][row];
  const entry = (e: number, row: number): Extension => {
    const value = numerator(e, row);
    return ext.equals(value, ext.zero) ? ext.zero : ext.mul(value, assetInverse(user[(limbCount + 1) * e][row]));
  };
  const limbs = (k: number, row: number): Extension => {
    const pair = ext.add(rangeInverse(limb(3 * k, row)), rangeInverse(limb(3 * k + 1, row)));
    return ext.add(pair, rangeInverse(limb(3 * k + 2, row)));
  };
  const limbTableEntry = (row: number): Extension => {
    const looked = ext.scale(rangeInverse(row % limbRange), multiplicity[row]);
    return ext.add(ext.sub(rangeInverse(limb(lastLimb, row)), looked), entry(0, row));
  };
  return {
    phi(k: number, row: number): Extension {
      if (k === 9) return limbTableEntry(row);
      return k === 10 ? ext.add(ext.add(entry(1, row), entry(2, row)), entry(3, row)) : limbs(k, row);
    },
  };
}

/** v ↦ 1/(β − v): from a table below its size, where honest values are, computed elsewhere. */
function createInverseTable(beta: Extension, size: number): (value: number) => Extension {
  const table = ext.batchInverse(Array.from({ length: size }, (_, v) => ext.sub(beta, ext.fromBase(v))));
  return (value) => table[value] ?? ext.inv(ext.sub(beta, ext.fromBase(value)));
}

/** n_e on a row: Σ_l weight_l · limb_{e,l}, with the weights γ^l, or those of carries on a carry row. */
function createNumerators({ user, gamma, assetCount }: AuxiliaryInput): (entry: number, row: number) => Extension {
  const powers = Array.from({ length: limbCount }, (_, l) => ext.pow(gamma, l));
  const weightsOnCarryRows = [carryWeights(gamma, 0), carryWeights(gamma, 1)];
  const carryRows = carryRowCount(assetCount);
  return (entry, row) => {
    const weights = row < carryRows ? weightsOnCarryRows[entry % 2] : powers;
    let sum = ext.zero;
    for (let l = 0; l < limbCount; l++) {
      const limb = user[(limbCount + 1) * entry + 1 + l][row];
      if (limb !== 0) sum = ext.add(sum, ext.scale(weights[l], limb));
    }
    return sum;
  };
}
