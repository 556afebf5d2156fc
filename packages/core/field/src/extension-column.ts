/** Columns over F as five arrays over F_p: the form in which bulk data is kept (spec §2.2). */
import type { Extension } from './extension.js';

/** A column over F: five arrays of equal length, one for each coefficient, constant term first. */
export type ExtensionColumn = readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];

/** Applies a function to each of the five arrays of a column over F. */
export function mapColumn(column: ExtensionColumn, map: (part: Uint32Array) => Uint32Array): ExtensionColumn {
  return [map(column[0]), map(column[1]), map(column[2]), map(column[3]), map(column[4])];
}

/** A column over F of the given length, all zeros. */
export function zeroColumn(length: number): ExtensionColumn {
  return [0, 1, 2, 3, 4].map(() => new Uint32Array(length)) as unknown as ExtensionColumn;
}

/** Element i of a column over F. */
export function columnElement(column: ExtensionColumn, index: number): Extension {
  return [column[0][index], column[1][index], column[2][index], column[3][index], column[4][index]];
}

/** Sets element i of a column over F. */
export function setColumnElement(column: ExtensionColumn, index: number, value: Extension): void {
  for (let c = 0; c < 5; c++) column[c][index] = value[c];
}
