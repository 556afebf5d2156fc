/** The terminal of the running process. */
import { createInterface } from 'node:readline';
import pc from 'picocolors';
import { InputError } from './input-error.js';
import type { Terminal } from './terminal.js';

/** Standard streams as a terminal. Colours only on a screen, and not where NO_COLOR is set. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endOnBrokenPipe);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    canRedraw: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    ask,
    colors: pc.createColors(process.stdout.isTTY === true && pc.isColorSupported),
  };
}

// Whoever reads the output has seen enough.
function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    lines.on('close', () => reject(new InputError('question: expected an answer, got the end of the input')));
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
