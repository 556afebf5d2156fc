/**
 * What the rows of a ledger are counted in.
 */

/** Where the rows come from. */
export interface LedgerOrigin {
  /** What errors call it. */
  readonly file: string;
  /**
   * What `line` of a row counts: the lines of a text, or the rows of a table. In a table an empty field may also be NULL,
   * and an error names the account, which is found more easily than a row.
   */
  readonly unit: 'line' | 'row';
}

/** How errors of each kind of origin name the place of another row. */
export const placeWords = { line: 'on line', row: 'in row' } as const;
