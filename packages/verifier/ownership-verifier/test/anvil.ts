/** A local node of an EVM chain on loopback, and the proofs that it gives: the oracle for evidence from the chain. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
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
  // The node chooses its port, so that nobody else can take it before.
  const options = ['--port', '0', '--host', '127.0.0.1', '--chain-id', String(chainId), '--hardfork', 'prague'];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  const port = await Promise.race([portOf(child.stdout), ended.then(() => undefined)]);
  if (port === undefined) throw new Error(`anvil: expected a port, ended with ${child.exitCode}`);
  return {
    client: createClient(port, chainId),
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The port that the node says it listens on; what it says later is read and dropped, so that it never waits. */
async function portOf(stdout: Readable): Promise<number> {
  return new Promise((resolve) => {
    createInterface(stdout).on('line', (line) => {
      const port = /^Listening on 127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
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
