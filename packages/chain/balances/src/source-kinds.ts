/** The table of kinds of sources: whoever adds one adds its file below `sources`, and its line here. */
import type { SourceKind } from './source-kind.js';
import { bitcoinCoreKind, esploraKind } from './sources/bitcoin-kinds.js';
import { ethereumJsonRpcKind } from './sources/ethereum-kind.js';

/** All kinds, in the order of the guide's table. */
export const sourceKinds: readonly SourceKind[] = [ethereumJsonRpcKind, esploraKind, bitcoinCoreKind];
