/**
 * The row of the table of networks: goes to `packages/protocol/report-format/src/networks`, into the file of its kind.
 *
 * A template borrows the name of a family. Yours is added to `network.ts` beside the others, and then the compiler names every
 * table that has no entry for it.
 */
import type { KeyedNetwork } from '@solvent/report-format/networks/network';

export const templateNetwork: KeyedNetwork = {
  family: 'multiversx',
  id: 'template',
  title: 'Template',
  // Upper case; no two networks share one.
  names: ['TEMPLATE', 'TPL'],
  nativeAsset: 'TPL',
  nativeDecimals: 9,
};
