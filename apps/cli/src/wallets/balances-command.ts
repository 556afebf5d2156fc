/** `solvent wallets balances`: what the wallets of a list held at the snapshot, from nodes and indexers. */
import { sourceKinds } from '@solvent/balances/source-kinds';
import type { Command } from 'commander';
import type { ExitCode, Runtime } from '../runtime.js';
import { type BalancesRequest, writeBalances } from './balances-file.js';
import { describeBalances } from './balances-text.js';

const help = `
The file of sources says whom to ask. Secrets are variables of the environment, never in the file:
  { "format": "solvent-rpc/1", "networks": {
      "ethereum": { "sources": [{ "kind": "ethereum-json-rpc", "url": "https://node.example/v1/\${NODE_KEY}" }] },
      "bitcoin": { "agree": 2, "sources": [
        { "kind": "esplora", "url": "https://indexer.example/api" },
        { "kind": "esplora", "url": "http://127.0.0.1:3000", "headers": { "authorization": "Bearer \${TOKEN}" } }] },
      "litecoin": { "sources": [
        { "kind": "bitcoin-core", "url": "http://127.0.0.1:9332", "basic": "\${RPC_USER}:\${RPC_PASSWORD}" }] } } }
Every source must be of the right chain, and its block at the snapshot's height must have the snapshot's hash. bitcoin-core
knows only its newest block: its entries say so. All settings are in docs/balances.md. Kinds of sources:
${kindLines()}`;

/** The names of all kinds, in lines that fit a screen. */
function kindLines(): string {
  const lines = [''];
  for (const { kind } of sourceKinds) {
    const last = lines[lines.length - 1];
    if (last.length + kind.length > 76) lines.push(kind);
    else lines[lines.length - 1] = last === '' ? kind : `${last}, ${kind}`;
  }
  return lines.map((line) => `  ${line}`).join(',\n');
}

/** Adds the command below `wallets`. */
export function balancesCommand(wallets: Command, { terminal }: Runtime, end: (code: ExitCode) => void): void {
  wallets
    .command('balances')
    .summary('ask nodes what the wallets of a list held at the snapshot')
    .description('Asks nodes and indexers for the balance of every address of a wallet list at the snapshot.')
    .argument('<file>', 'the wallet list')
    .requiredOption('--rpc <file>', 'the file of sources: whom to ask for each network')
    .requiredOption('--snapshot <file>', 'the blocks of the snapshot, as for the challenges')
    .option('--tokens <file>', 'which tokens count as which assets')
    .requiredOption('--out <file>', 'the file to write, reserves.json')
    .option('--partial', 'leave out rows that cannot be asked for')
    .option('--resume', 'continue an interrupted run')
    .addHelpText('after', help)
    .action(async (path: string, options: Omit<BalancesRequest, 'path'>) => {
      const written = await writeBalances({ path, ...options }, terminal, process.env);
      terminal.out(describeBalances(written));
      end(0);
    });
}
