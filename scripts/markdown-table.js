/**
 * A table in Markdown with columns padded to one width.
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function markdownTable(head, rows) {
  const texts = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, c) => Math.max(3, ...texts.map((row) => [...row[c]].length)));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, c) => cell + ' '.repeat(widths[c] - [...cell].length)).join(' | ')} |`;
  const [first, ...others] = texts.map(line);
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others].join('\n');
}
