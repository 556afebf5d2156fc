/** Commands to copy. */
import { useState } from 'preact/hooks';
import { strings } from '../strings/en.js';

export function CommandText({ lines }: { lines: readonly string[] }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(`${lines.join('\n')}\n`);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="command">
      <pre>
        <code>{lines.join('\n')}</code>
      </pre>
      <button type="button" class="quiet" onClick={copy}>
        <span aria-live="polite">{isCopied ? strings.report.copied : strings.report.copy}</span>
      </button>
    </div>
  );
}
