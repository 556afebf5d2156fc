/** How far asking for balances is: a line drawn again and again on a screen, some lines elsewhere. */
import { formatCount } from '../human-text.js';
import type { Terminal } from '../terminal.js';

export interface BalancesProgress {
  add(answerCount: number): void;
  /** A line that stays. */
  note(text: string): void;
  /** Clears what is drawn. */
  end(): void;
}

const redrawMs = 200;
/** Elsewhere than on a screen, a line is written so often. */
const lineMs = 30_000;

/** Progress on standard error; nothing for what is over before anybody could read it. */
export function createBalancesProgress(terminal: Terminal, answerCount: number, keptCount: number): BalancesProgress {
  let doneCount = keptCount;
  let shownAt = performance.now();
  let isDrawn = false;
  const clear = () => {
    if (isDrawn) terminal.err('\r\u001b[K');
    isDrawn = false;
  };
  if (keptCount > 0) terminal.err(`${formatCount(keptCount)} of ${formatCount(answerCount)} answers from before\n`);
  return {
    add: (count) => {
      doneCount += count;
      const now = performance.now();
      if (now - shownAt < (terminal.canRedraw ? redrawMs : lineMs)) return;
      shownAt = now;
      const line = `${formatCount(doneCount)} of ${formatCount(answerCount)} answers`;
      terminal.err(terminal.canRedraw ? `\r\u001b[K${line}` : `${line}\n`);
      isDrawn = terminal.canRedraw;
    },
    note: (text) => {
      clear();
      terminal.err(`${text}\n`);
    },
    end: clear,
  };
}
