/** A local node of an EVM chain on loopback, and the proofs that it gives: the oracle for evidence from the chain. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { type Block, createTestClient, type Hex, http, publicActions, toHex, toRlp, walletActions } from 'viem';
import { foundry } from 'viem/chains';

const require = createRequire(import.meta.url);

/** The node's program, which npm packages for some systems only. */
export function findAnvil(): string | undefined {
  const cpu = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  try {
    const fromPackage = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
    const program = fromPackage.resolve(`@foundry-rs/anvil-${process.platform}-${cpu}/bin/anvil`);
    fs.accessSync(program, fs.constants.X_OK);
    return program;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('anvil: expected a port');
  return address.port;
}

export interface Anvil {
  readonly client: ReturnType<typeof createClient>;
  stop(): Promise<void>;
}

function createClient(port: number, chainId: number) {
  const chain = { ...foundry, id: chainId };
  const transport = http(`http://127.0.0.1:${port}`, { retryCount: 0 });
  return createTestClient({ mode: 'anvil', chain, transport, pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

/** Starts a node of the given chain id; `stop` ends it. */
export async function startAnvil(program: string, chainId: number): Promise<Anvil> {
  const port = await freePort();
  const options = ['--port', String(port), '--host', '127.0.0.1', '--chain-id', String(chainId), '--silent'];
  const child = spawn(program, [...options, '--hardfork', 'prague'], { stdio: 'ignore' });
  const client = createClient(port, chainId);
  try {
    await waitUntilUp(client, child);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    client,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function waitUntilUp(client: Anvil['client'], child: ChildProcess) {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null) throw new Error(`anvil: ended with ${child.exitCode}`);
    try {
      await client.getChainId();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('anvil: expected an answer within 10 seconds');
}

const quantity = (value: bigint | number | null | undefined) => (value ? toHex(value) : '0x') as Hex;

/** The header of a block in RLP, with the fields of the Prague fork. */
export function encodeHeader(block: Block): Hex {
  // The library's type of blocks lacks a field of the last fork.
  const { requestsHash } = block as unknown as { requestsHash: Hex };
  return toRlp([
    block.parentHash,
    block.sha3Uncles,
    block.miner,
    block.stateRoot,
    block.transactionsRoot,
    block.receiptsRoot,
    block.logsBloom as Hex,
    quantity(block.difficulty),
    quantity(block.number),
    quantity(block.gasLimit),
    quantity(block.gasUsed),
    quantity(block.timestamp),
    block.extraData,
    block.mixHash,
    block.nonce as Hex,
    quantity(block.baseFeePerGas),
    block.withdrawalsRoot as Hex,
    quantity(block.blobGasUsed),
    quantity(block.excessBlobGas),
    block.parentBeaconBlockRoot as Hex,
    requestsHash,
  ]);
}
