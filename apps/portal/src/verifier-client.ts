/** The page's side of the worker. */

import type { Exchanges, Kind, Progress, ResponseMessage } from './worker/requests.js';
import workerUrl from './worker/verify-worker.ts?worker&url';

/** The worker gave no answer: what was asked has neither passed nor failed. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

interface Pending {
  resolve(answer: never): void;
  reject(error: Error): void;
  onProgress(progress: Progress): void;
}

/** Asks a worker of its own. */
export class VerifierClient {
  readonly #worker = startWorker();
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<ResponseMessage>) => this.#receive(data));
    this.#worker.addEventListener('error', (event) => this.#failAll(event.message || 'the worker did not start'));
  }

  /** Asks, and waits for the answer. Throws a NoAnswer when there is none. */
  ask<K extends Kind>(
    kind: K,
    request: Exchanges[K]['request'],
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<Exchanges[K]['answer']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
      this.#worker.postMessage({ id, kind, ...request });
    });
  }

  #receive(message: ResponseMessage): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if ('progress' in message) {
      pending.onProgress(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if ('failure' in message) pending.reject(new NoAnswer(message.failure));
    else pending.resolve(message.answer as never);
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#pending.values()) reject(new NoAnswer(reason));
    this.#pending.clear();
  }
}

/**
 * A worker from an address of the network is under the policy of its own answer, which a plain web server does not send;
 * one from a blob is under this page's. So the blob, of one line, imports the script, and the worker that reads people's
 * files cannot connect to any other place than this page can.
 */
function startWorker(): Worker {
  const script = new URL(workerUrl, import.meta.url).href;
  const blob = new Blob([`import ${JSON.stringify(script)};`], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(blob), { type: 'module', name: 'verifier' });
}
