/** A digest, whole: to read, to copy, and as a QR code for another device. */
import { useState } from 'preact/hooks';
import encodeQR from 'qr';
import { digestGroups } from '../digest-input.js';
import { strings } from '../strings/en.js';
import { CopyButton } from './copy-button.js';

/** Shows 64 digits in groups. */
export function Digest({ title, hex }: { title: string; hex: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="digest">
      <div class="digest-head">
        <span class="label">{title}</span>
        <CopyButton text={hex} what={title} />
        <button type="button" class="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? strings.report.hideCode : strings.report.showCode}
        </button>
      </div>
      <DigestText hex={hex} />
      {isOpen && <QrCode text={hex} />}
    </div>
  );
}

/** The digits alone; copied by hand, they come without the gaps. */
export function DigestText({ hex }: { hex: string }) {
  return (
    <code class="digest-text">
      {digestGroups(hex).map((group, i) => (
        <span key={i}>{group}</span>
      ))}
    </code>
  );
}

function QrCode({ text }: { text: string }) {
  const cells = encodeQR(text, 'raw', { ecc: 'medium', border: 3 });
  const path = cells.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${cells.length} ${cells.length}`}
      role="img"
      aria-label={strings.report.code}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
