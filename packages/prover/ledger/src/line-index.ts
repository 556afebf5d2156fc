/**
 * The line on which each row of a file starts, kept only where a row takes more than one line: nearly nowhere.
 */

/** Lines of rows that were noted in order. */
export interface LineIndex {
  /** Notes that the next row starts on this line. */
  note(line: number): void;
  /** The line on which a row starts, counted from 0. */
  lineOf(row: number): number;
}

/** An empty index. */
export function createLineIndex(): LineIndex {
  // From row rows[i] on, a row starts lines[i] − rows[i] lines after its own number.
  const rows: number[] = [];
  const lines: number[] = [];
  let count = 0;
  let shift: number | undefined;
  return {
    note(line) {
      const row = count++;
      if (line - row === shift) return;
      shift = line - row;
      rows.push(row);
      lines.push(line);
    },
    lineOf(row) {
      let from = 0;
      let to = rows.length;
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (rows[middle] <= row) from = middle;
        else to = middle;
      }
      return lines[from] + row - rows[from];
    },
  };
}
