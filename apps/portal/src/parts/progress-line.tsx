/** How far a verification is. */
import { formats } from '../formats.js';
import { strings } from '../strings/en.js';
import type { Progress } from '../worker/requests.js';

export function ProgressLine({ progress, label }: { progress: Progress | undefined; label?: string }) {
  const text = progress === undefined ? strings.progress.starting : progressText(progress);
  return (
    <div class="progress">
      <progress aria-label={label ?? text} max={progress?.count} value={progress?.done} />
      <p class="progress-text">
        {label !== undefined && <span>{label}</span>}
        <span>{text}</span>
        {progress !== undefined && progress.bytes > 0 && (
          <span class="muted">{strings.progress.bytes(formats.size(progress.bytes))}</span>
        )}
      </p>
    </div>
  );
}

function progressText({ phase, done, count }: Progress): string {
  return strings.progress[phase](formats.count(done), formats.count(count));
}
