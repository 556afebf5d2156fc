/** What follows from an AIR and is therefore never declared: degrees, openings, digest (spec §5.5). */
import { createHasher } from '@solvent/commitment/blake3';
import { utf8ToBytes } from '@solvent/commitment/bytes';
import type { Air, RowSet } from './air.js';
import { describeNode, foldGraph, type Leaf } from './expression.js';

/**
 * The degree of every constraint, by position: the largest number of columns, witness or public, in one of its
 * products. As a polynomial in x, a constraint of degree d has degree at most d·(N − 1).
 */
export function constraintDegrees(air: Air): number[] {
  const degrees = foldGraph<number>(air.nodes, {
    leaf: (leaf) => (leaf.kind === 'column' || leaf.kind === 'publicColumn' ? 1 : 0),
    add: Math.max,
    sub: Math.max,
    mul: (left, right) => left + right,
  });
  return air.constraints.map((constraint) => degrees[constraint.expression]);
}

/** How a node may vary: the same on all rows or not, in F_p or in F. */
export interface NodeType {
  readonly perRow: boolean;
  readonly field: 'base' | 'extension';
}

/** The type of every node, by node number. */
export function nodeTypes(air: Air): NodeType[] {
  const join = (left: NodeType, right: NodeType): NodeType => ({
    perRow: left.perRow || right.perRow,
    field: left.field === 'extension' ? 'extension' : right.field,
  });
  return foldGraph<NodeType>(air.nodes, {
    leaf: (leaf) => typeOfLeaf(air, leaf),
    add: join,
    sub: join,
    mul: join,
  });
}

/** The type of a leaf. */
export function typeOfLeaf(air: Air, leaf: Leaf): NodeType {
  switch (leaf.kind) {
    case 'constant':
      return { perRow: false, field: 'base' };
    case 'column':
      return { perRow: true, field: air.columns[leaf.column].field };
    case 'publicColumn':
      return { perRow: true, field: 'base' };
    default:
      return { perRow: false, field: 'extension' };
  }
}

/** An opened value: a column at z (rotation 0) or at gz (rotation 1). */
export interface Opening {
  readonly column: number;
  readonly rotation: 0 | 1;
}

/** Every column at z, in column order, then at gz every column that a constraint reads from the next row. */
export function airOpenings(air: Air): Opening[] {
  const rotated = new Set<number>();
  for (const node of air.nodes) {
    if (node.kind === 'column' && node.rotation === 1) rotated.add(node.column);
  }
  return [
    ...air.columns.map((_, column): Opening => ({ column, rotation: 0 })),
    ...[...rotated].sort((a, b) => a - b).map((column): Opening => ({ column, rotation: 1 })),
  ];
}

/** Number of rows in a row set, for N rows of which the last h are random. */
export function rowSetSize(rows: RowSet, rowCount: number, randomRowCount: number): number {
  if (rows === 'active') return rowCount - randomRowCount;
  return rows === 'all' ? rowCount : 1;
}

/** The degree of the quotient polynomial: the largest of constraint degree less size of its row set. */
export function quotientDegree(air: Air, rowCount: number, randomRowCount: number): number {
  const degrees = constraintDegrees(air).map(
    (degree, i) => degree * (rowCount - 1) - rowSetSize(air.constraints[i].rows, rowCount, randomRowCount),
  );
  return Math.max(...degrees);
}

/** The AIR as text, one fact a line: what the digest is computed from. */
export function describeAir(air: Air): string {
  return [
    `air ${air.name}`,
    ...air.columns.map((column, i) => `column ${i} ${column.name} ${column.group} ${column.field}`),
    ...air.publicColumns.map((name) => `publicColumn ${name}`),
    ...air.challenges.map((name) => `challenge ${name}`),
    ...air.publicValues.map((name) => `publicValue ${name}`),
    ...air.nodes.map((node, i) => `node ${i} ${describeNode(node)}`),
    ...air.constraints.map((constraint) => `constraint ${constraint.name} ${constraint.rows} ${constraint.expression}`),
    '',
  ].join('\n');
}

/** The digest of an AIR, 32 bytes: absorbed by every transcript. */
export function airDigest(air: Air): Uint8Array {
  return createHasher('air').digest(utf8ToBytes(describeAir(air)));
}
