/** The kind of sources for EVM networks. */
import { integerField } from '@solvent/report-format/fields';
import * as z from 'zod/mini';
import { defineKind } from '../source-kind.js';
import { ethereumBlocks } from './ethereum-blocks.js';
import { ethereumJsonRpc } from './ethereum-json-rpc.js';

export const ethereumJsonRpcKind = defineKind({
  kind: 'ethereum-json-rpc',
  family: 'evm',
  assets: 'own asset, ERC-20',
  balancesAt: "the snapshot's block; where that is older than about 128 blocks, of an archive node",
  options: {
    /** Calls in one request; 1 for none but single calls. */
    batchSize: z._default(integerField(1, 1000), 100),
    /** Address of the contract Multicall3 on this network, if it is used. */
    multicall: z.optional(z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/, 'expected 0x and 40 hexadecimal digits'))),
  },
  open: ethereumJsonRpc,
  blocks: ethereumBlocks,
});
