import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRow } from '../src/csv-rows.js';
import { CsvFault, createCsvScanner, maxRowSize } from '../src/csv-scanner.js';

interface Scanned {
  /** The rows, up to the fault if there is one. */
  readonly rows: (readonly string[])[];
  readonly lines: number[];
  readonly fault: CsvFault | undefined;
}

// The text in pieces of the given sizes, the last one taking the rest.
function scan(text: string | Uint8Array, sizes: readonly number[] = []): Scanned {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const scanner = createCsvScanner((row) => {
    const { fields, line } = decodeRow(row);
    rows.push(fields);
    lines.push(line);
  });
  const bytes = Buffer.from(text);
  try {
    let start = 0;
    for (const size of sizes) {
      scanner.push(bytes.subarray(start, start + size));
      start += size;
    }
    scanner.push(bytes.subarray(start));
    scanner.end();
    return { rows, lines, fault: undefined };
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    return { rows, lines, fault: error };
  }
}

// Rows of another parser with the same grammar, or undefined when it refuses the text.
function parseElsewhere(text: string): string[][] | undefined {
  try {
    return parse(text, { bom: true, record_delimiter: ['\r\n', '\n'], relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

// Mostly what makes a difference in CSV, so that every transition occurs.
const text = fc.string({
  unit: fc.constantFrom('a', '0', '.', ',', ',', '"', '"', '""', ',"', '",', '\n', '\r\n', '\r', 'é', '€', '\u{feff}'),
  maxLength: 30,
});
const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 });

describe('createCsvScanner', () => {
  it('takes and refuses the same texts as another strict parser, with the same rows (property)', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(text, sizes, (text, sizes) => {
        const { rows, fault } = scan(text, sizes);
        const expected = parseElsewhere(text);
        expect(fault === undefined ? rows : undefined).toEqual(expected);
        seen[expected === undefined ? 'refused' : 'taken']++;
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(500);
  });

  it('says the same however the bytes are cut, faults included (property)', () => {
    const bytes = fc.array(fc.oneof(text.map(Buffer.from), fc.uint8Array({ maxLength: 2 })), { maxLength: 4 });
    fc.assert(
      fc.property(bytes.map(Buffer.concat), sizes, (bytes, sizes) => {
        expect(scan(bytes, sizes)).toEqual(scan(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  it('counts lines as they are in the file', () => {
    const { rows, lines } = scan('\u{feff}a,"b\n\r\nc"\r\n\n"""",\n"x""y"\n"\n"');
    expect(rows).toEqual([['a', 'b\n\r\nc'], [''], ['"', ''], ['x"y'], ['\n']]);
    expect(lines).toEqual([1, 4, 5, 6, 7]);
  });

  it('takes rows of many fields', () => {
    const fields = Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? '' : String(i)));
    expect(scan(`${fields.join(',')}\n`, [7]).rows).toEqual([fields]);
  });

  it.each([
    ['a', 0],
    ['"', 0],
    ['a,"\n\n', 1],
  ])('refuses a longer row than the limit at the field that passes it: %j', (start, field) => {
    const row = start + 'x'.repeat(maxRowSize - start.length);
    expect(scan(`1\n2\n${row}x\n`).fault).toMatchObject({ kind: 'row-size', line: 3, field });
    expect(scan(`1\n2\n${row}x\n`, Array(40).fill(30_000)).fault).toMatchObject({ kind: 'row-size', line: 3, field });
    expect(scan(`1\n2\n${row}`).fault).toEqual(
      start === 'a' ? undefined : expect.objectContaining({ kind: 'open-quote' }),
    );
  });
});
