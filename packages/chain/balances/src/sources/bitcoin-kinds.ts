/** The kinds of sources for Bitcoin's family. */
import { integerField } from '@solvent/report-format/fields';
import * as z from 'zod/mini';
import { defineKind } from '../source-kind.js';
import { coreBlocks, esploraBlocks } from './bitcoin-blocks.js';
import { bitcoinCore } from './bitcoin-core.js';
import { esplora } from './esplora.js';

export const esploraKind = defineKind({
  kind: 'esplora',
  family: 'bitcoin',
  assets: 'own asset',
  balancesAt: "the snapshot's block: the history of an address, counted back to it",
  options: {
    /** `full`: every transaction of an address is read, and has to add up. `recent`: only those after the snapshot. */
    history: z._default(z.enum(['full', 'recent']), 'full'),
    /** Most transactions that are read of one address. */
    maxTransactions: z._default(integerField(1, 100_000_000), 100_000),
  },
  open: esplora,
  blocks: esploraBlocks,
});

export const bitcoinCoreKind = defineKind({
  kind: 'bitcoin-core',
  family: 'bitcoin',
  assets: 'own asset',
  balancesAt: 'the newest block',
  options: {
    /** What the node calls its chain: `main`, or for tests `regtest`. */
    chain: z._default(z.string().check(z.regex(/^[a-z0-9]{1,32}$/)), 'main'),
    /** For one scan of all unspent outputs, which takes minutes. */
    scanTimeoutSeconds: z._default(z.number().check(z.gt(0), z.maximum(86_400)), 3600),
  },
  open: (connection, network, { chain, scanTimeoutSeconds }) =>
    bitcoinCore(connection, network, { chain, scanTimeoutMs: scanTimeoutSeconds * 1000 }),
  blocks: (connection, _, { chain }) => coreBlocks(connection, chain),
});
