/** Commands to copy. */
import { CopyButton } from './copy-button.js';

export function CommandText({ lines }: { lines: readonly string[] }) {
  return (
    <div class="command">
      <pre>
        <code>{lines.flatMap((line, i) => [i === 0 ? '' : '\n', ...wordsOf(line)])}</code>
      </pre>
      <CopyButton text={`${lines.join('\n')}\n`} />
    </div>
  );
}

// Lines wrap between words: a browser would wrap after the first hyphen of `--account`, too.
function wordsOf(line: string) {
  return line.split(' ').flatMap((word, i) => [i === 0 ? '' : ' ', <span key={`${i} ${word}`}>{word}</span>]);
}
