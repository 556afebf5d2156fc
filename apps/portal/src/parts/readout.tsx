/** The readout of a verdict: the sentence of the specification, large. */
import type { ComponentChildren } from 'preact';
import { VerdictMark } from './verdict-mark.js';

/** A panel with a sentence, and what belongs to it. */
export function Readout(props: { ok: boolean; sentence: string; children?: ComponentChildren }) {
  const state = props.ok ? 'passed' : 'failed';
  return (
    <div class={`readout readout-${state}`}>
      <p class="readout-sentence">
        <VerdictMark state={state} label={null} />
        <strong>{props.sentence}</strong>
      </p>
      {props.children}
    </div>
  );
}
