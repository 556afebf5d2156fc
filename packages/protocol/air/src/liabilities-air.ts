/**
 * The liabilities AIR (spec §5.2, §5.4): THE constraints, written here and nowhere else.
 *
 * A row holds four entries, each an asset index and an amount in seven limbs of 10 bits. The constraints say that
 * every limb of every active row lies in [0, 1024) and that, for each asset, the limbs add up to the published total.
 * Both are sums of fractions over all rows (logarithmic derivatives); φ₁…φ₁₁ hold three fractions each, and `acc` adds
 * them up.
 */
import type { Air, Column, Constraint } from './air.js';
import { createExpressionBuilder, type NodeNumber } from './expression.js';

/** Entries in a row. */
export const entriesPerRow = 4;
/** Limbs of an amount. */
export const limbCount = 7;
/** Bits in a limb: few enough for sums over all rows to stay below p (spec §11.4). */
export const limbBits = 10;
/** Values of a limb. */
export const limbRange = 2 ** limbBits;

const builder = createExpressionBuilder();
const { sum, difference, product, constant, challenge } = builder;
const columns: Column[] = [];
const constraints: Constraint[] = [];

function column(name: string, group: Column['group'], field: Column['field']): NodeNumber {
  columns.push({ name, group, field });
  return builder.leaf({ kind: 'column', column: columns.length - 1, rotation: 0 });
}
function publicColumn(name: string): NodeNumber {
  return builder.leaf({ kind: 'publicColumn', name });
}
function constrain(name: string, rows: Constraint['rows'], meaning: string, expression: NodeNumber): void {
  constraints.push({ name, rows, meaning, expression });
}
const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);

// The table (group U): asset_e, limb_e0 … limb_e6 for e = 0 … 3.
const entries = indexes(entriesPerRow).map((e) => ({
  asset: column(`asset_${e}`, 'user', 'base'),
  limbs: indexes(limbCount).map((l) => column(`limb_${e}_${l}`, 'user', 'base')),
}));
// How often each value of the range table is looked up.
const multiplicity = column('m', 'multiplicity', 'base');
const phis = indexes(11).map((k) => column(`phi_${k + 1}`, 'auxiliary', 'extension'));
const accumulator = column('acc', 'auxiliary', 'extension');
const nextAccumulator = builder.leaf({ kind: 'column', column: columns.length - 1, rotation: 1 });

// Row i of the range table is i mod 1024.
const rangeTable = publicColumn('T');
// 1 on the carry rows, 0 on every other row.
const isCarryRow = publicColumn('s');
const carryAssets = indexes(entriesPerRow).map((e) => publicColumn(`carry_asset_${e}`));

const beta0 = challenge('beta0');
const beta1 = challenge('beta1');
const gamma = challenge('gamma');
const gammaPowers = [constant(1), gamma];
while (gammaPowers.length < limbCount) gammaPowers.push(product(gammaPowers[gammaPowers.length - 1], gamma));

/**
 * ν_{e,l}, the weight of a limb on a carry row: an even entry holds the carries c₀, c₁, c₂, an odd one c₃, c₄, c₅, each
 * as a low and a high limb. Carry t leaves limb t, 1024 units of it, and arrives as one unit of limb t + 1 (spec §11.5).
 */
function carryWeight(entry: number, limb: number): NodeNumber {
  if (limb === limbCount - 1) return constant(0);
  const carry = 3 * (entry % 2) + Math.floor(limb / 2);
  const weight = difference(gammaPowers[carry + 1], product(constant(limbRange), gammaPowers[carry]));
  return limb % 2 === 0 ? weight : product(constant(limbRange), weight);
}

/** n_e = Σ_l (γ^l + s·(ν_{e,l} − γ^l)) · limb_{e,l}, the part without s and the part with it summed apart. */
function entryNumerator(entry: number): NodeNumber {
  const { limbs } = entries[entry];
  const amount = limbs.map((limb, l) => product(gammaPowers[l], limb));
  const carryChange = limbs.map((limb, l) => product(difference(carryWeight(entry, l), gammaPowers[l]), limb));
  return sum(...amount, product(isCarryRow, sum(...carryChange)));
}

// Products of denominators with the same challenge need no product in F: the coefficients are symmetric functions of
// base-field values. (β − u)(β − v) = β² − β(u + v) + uv, and likewise for three factors.
function pairDenominator(beta: NodeNumber, u: NodeNumber, v: NodeNumber): NodeNumber {
  return sum(difference(product(beta, beta), product(beta, sum(u, v))), product(u, v));
}
function tripleDenominator(beta: NodeNumber, values: readonly NodeNumber[]): NodeNumber {
  const [e1, e2, e3] = symmetricFunctions(values);
  const square = product(beta, beta);
  return difference(sum(difference(product(square, beta), product(square, e1)), product(beta, e2)), e3);
}
/** (β − v)(β − w) + (β − u)(β − w) + (β − u)(β − v) = 3β² − 2βe₁ + e₂. */
function tripleNumerator(beta: NodeNumber, values: readonly NodeNumber[]): NodeNumber {
  const [e1, e2] = symmetricFunctions(values);
  return sum(difference(product(constant(3), product(beta, beta)), product(constant(2), product(beta, e1))), e2);
}
function symmetricFunctions([u, v, w]: readonly NodeNumber[]): [NodeNumber, NodeNumber, NodeNumber] {
  const uv = product(u, v);
  const pairSum = sum(u, v);
  return [sum(pairSum, w), sum(uv, product(pairSum, w)), product(uv, w)];
}

// C1–C9: the first 27 limbs, three fractions 1/(β₀ − limb) in each φ.
const limbs = entries.flatMap((entry) => entry.limbs);
for (let k = 0; k < 9; k++) {
  const triple = limbs.slice(3 * k, 3 * k + 3);
  constrain(
    `C${k + 1}`,
    'active',
    `phi_${k + 1} is the sum of the range fractions of limbs ${3 * k} to ${3 * k + 2}`,
    difference(product(phis[k], tripleDenominator(beta0, triple)), tripleNumerator(beta0, triple)),
  );
}

// C10: the last limb, the table, and entry 0: φ = 1/(β₀ − limb) − m/(β₀ − T) + n₀/(β₁ − asset₀).
const lastLimb = limbs[27];
const limbAndTable = pairDenominator(beta0, lastLimb, rangeTable);
const entryDenominator = difference(beta1, entries[0].asset);
const rangeNumerator = difference(difference(beta0, rangeTable), product(multiplicity, difference(beta0, lastLimb)));
constrain(
  'C10',
  'active',
  'phi_10 is the sum of the fractions of limb 27, the range table and entry 0',
  difference(
    product(phis[9], product(limbAndTable, entryDenominator)),
    sum(product(rangeNumerator, entryDenominator), product(entryNumerator(0), limbAndTable)),
  ),
);

// C11: entries 1, 2, 3: φ = Σ n_e/(β₁ − asset_e).
const lastAssets = [1, 2, 3].map((e) => entries[e].asset);
constrain(
  'C11',
  'active',
  'phi_11 is the sum of the fractions of entries 1 to 3',
  difference(
    product(phis[10], tripleDenominator(beta1, lastAssets)),
    sum(
      product(entryNumerator(1), pairDenominator(beta1, lastAssets[1], lastAssets[2])),
      product(entryNumerator(2), pairDenominator(beta1, lastAssets[0], lastAssets[2])),
      product(entryNumerator(3), pairDenominator(beta1, lastAssets[0], lastAssets[1])),
    ),
  ),
);

constrain(
  'C12',
  'active',
  'acc grows from each row to the next by the sum of phi_1 to phi_11',
  difference(difference(nextAccumulator, accumulator), sum(...phis)),
);
constrain('C13', 'first', 'acc starts at 0', accumulator);
constrain(
  'C14',
  'end',
  'acc ends at the value that the published totals give',
  difference(accumulator, builder.leaf({ kind: 'publicValue', name: 'Phi' })),
);
for (let e = 0; e < entriesPerRow; e++) {
  constrain(
    `C${15 + e}`,
    'all',
    `entry ${e} of a carry row belongs to the asset that the row's position says`,
    product(isCarryRow, difference(entries[e].asset, carryAssets[e])),
  );
}

/** The AIR of the liability proof. */
export const liabilitiesAir: Air = {
  name: 'solvent-liabilities',
  columns,
  publicColumns: ['T', 's', ...carryAssets.map((_, e) => `carry_asset_${e}`)],
  challenges: ['beta0', 'beta1', 'gamma'],
  publicValues: ['Phi'],
  nodes: builder.nodes,
  constraints,
};
