/** Programs that tests start on loopback, and end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}

/** Calls a method of JSON-RPC; throws with what the node says. */
export type CallNode = (method: string, ...params: unknown[]) => Promise<unknown>;

/** Calls over HTTP. */
export function nodeCaller(url: string, headers: Record<string, string> = {}): CallNode {
  return async (method, ...params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { result, error } = (await answer.json()) as { result: unknown; error?: { message: string } | null };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
}

/** A node that runs. */
export interface LocalNode {
  readonly url: string;
  readonly call: CallNode;
  stop(): Promise<void>;
}

/** Starts a program, and waits until `isUp` no longer throws, at most a minute. */
export async function startProgram(
  program: string,
  args: readonly string[],
  isUp: () => Promise<unknown>,
): Promise<{ stop(): Promise<void> }> {
  const child = spawn(program, args, { stdio: 'ignore' });
  const stop = () => endProgram(child);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    try {
      await isUp();
      return { stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await stop();
  throw new Error(`${program}: expected an answer within a minute`);
}

async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
