/** A button that copies a text. */
import { useState } from 'preact/hooks';
import { strings } from '../strings/en.js';

/** `what` is read out with the button's word, where the text beside it does not say it. */
export function CopyButton({ text, what }: { text: string; what?: string }) {
  const [isCopied, setCopied] = useState(false);
  // Browsers give it to pages over https alone; the text can be selected all the same.
  if (navigator.clipboard === undefined) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button
      type="button"
      class="quiet"
      aria-label={what === undefined ? undefined : `${strings.report.copy}: ${what}`}
      onClick={copy}
    >
      <span aria-live="polite">{isCopied ? strings.report.copied : strings.report.copy}</span>
    </button>
  );
}
