/** A node of an EVM chain on loopback; npm packages its program. */
import { createRequire } from 'node:module';
import { type CallNode, freePort, type LocalNode, nodeCaller, startProgram } from './local-process.js';

const require = createRequire(import.meta.url);

/** Starts a node with the given chain id, which mines a block for each transaction; `stop` ends it. */
export async function startAnvil(chainId: number): Promise<LocalNode> {
  const cpu = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  const fromPackage = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
  const program = fromPackage.resolve(`@foundry-rs/anvil-${process.platform}-${cpu}/bin/anvil`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const call = nodeCaller(url);
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId), '--silent'];
  return { url, call, ...(await startProgram(program, args, () => call('eth_chainId'))) };
}

/** Sends a transaction from the node's first account, and gives its receipt once it is in a block. */
export async function sendTransaction(
  call: CallNode,
  transaction: Record<string, string>,
): Promise<Record<string, string>> {
  const [from] = (await call('eth_accounts')) as string[];
  const hash = await call('eth_sendTransaction', { from, ...transaction });
  for (let attempt = 0; attempt < 3000; attempt++) {
    const receipt = await call('eth_getTransactionReceipt', hash);
    if (receipt !== null) return receipt as Record<string, string>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('expected the transaction in a block within a minute');
}
