/** How far the verification of a wallet list is: a line drawn again and again on a screen, some lines elsewhere. */
import { countOf, formatCount, formatDuration } from '../human-text.js';
import type { Terminal } from '../terminal.js';

export interface WalletProgress {
  readonly update: (doneCount: number) => void;
  /** Clears what is drawn. */
  readonly end: () => void;
}

const redrawMs = 200;
/** Elsewhere than on a screen, a line is written so often. */
const lineMs = 30_000;

/** Progress on standard error; nothing for what is over before anybody could read it. */
export function createWalletProgress(
  terminal: Terminal,
  rowCount: number,
  now: () => number = () => performance.now(),
): WalletProgress {
  const started = now();
  let shown = started;
  let isDrawn = false;
  const update = (doneCount: number) => {
    const time = now();
    if (time - shown < (terminal.canRedraw ? redrawMs : lineMs)) return;
    shown = time;
    isDrawn = true;
    const rate = doneCount / ((time - started) / 1000);
    const left = formatDuration(((rowCount - doneCount) / rate) * 1000);
    const share = Math.floor((100 * doneCount) / rowCount);
    const done = `verified ${formatCount(doneCount)} of ${countOf(rowCount, 'row')}`;
    const line = `${done}, ${share} %, ${formatCount(Math.round(rate))} rows/s, ETA ${left}`;
    terminal.err(terminal.canRedraw ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const end = () => {
    if (isDrawn && terminal.canRedraw) terminal.err('\r\u001b[K');
  };
  return { update, end };
}
