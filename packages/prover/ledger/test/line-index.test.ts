import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLineIndex } from '../src/line-index.js';

it('createLineIndex remembers the line of every row (property)', () => {
  const heights = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(heights, fc.integer({ min: 1, max: 3 }), (heights, firstLine) => {
      const index = createLineIndex();
      const lines = heights.map((_, row) => firstLine + heights.slice(0, row).reduce((sum, height) => sum + height, 0));
      for (const line of lines) index.note(line);
      expect(lines.map((_, row) => index.lineOf(row))).toEqual(lines);
    }),
  );
});
