/** Ends long work on a signal, so that nothing half made stays behind. */

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal has ended the work. Whoever catches this last ends the process by that same signal, as its sender expects. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

/**
 * Runs work that is ended by signals as if that were its end: the first tells it to end when it can, the second at once.
 */
export async function untilSignals(work: (ending: AbortSignal, stopped: AbortSignal) => Promise<void>): Promise<void> {
  const [ending, stopped] = [new AbortController(), new AbortController()];
  const onSignal = () => (ending.signal.aborted ? stopped : ending).abort();
  for (const signal of signals) process.on(signal, onSignal);
  try {
    await work(ending.signal, stopped.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/**
 * Runs work that cleans up after itself when its AbortSignal says so. Work that is finished all the same stays finished.
 *
 * @throws InterruptedError when a signal has ended the work
 */
export async function interruptible<Value>(work: (aborted: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => controller.abort(new InterruptedError(signal));
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } catch (error) {
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
