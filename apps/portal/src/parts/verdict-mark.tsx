/** A state as a shape and a word, so that colour is only the third way to tell it. */
import { strings } from '../strings/en.js';

export type State = 'passed' | 'failed' | 'running' | 'notChecked' | 'note';

const shapes: Record<State, string> = {
  passed: 'M4 10.5 8.2 15 16 5.5',
  failed: 'M5 5 15 15 M15 5 5 15',
  running: 'M10 4 V10 L14 12.5',
  notChecked: 'M5 10 H15',
  note: 'M10 4.5 V11.5 M10 15 V15.5',
};

/** The mark alone; its word is read out, or stands beside it. */
export function VerdictMark({ state, label = strings.state[state] }: { state: State; label?: string | null }) {
  return (
    <span class={`mark mark-${state}`}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        <path d={shapes[state]} />
      </svg>
      {label !== null && <span class="mark-word">{label}</span>}
    </span>
  );
}
