/** The contract Multicall3 as a library packages it for chains that lack it. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The data of the transaction that creates it. */
export const multicall3Creation: string = createRequire(require.resolve('viem'))(
  './constants/contracts.js',
).multicall3Bytecode;
