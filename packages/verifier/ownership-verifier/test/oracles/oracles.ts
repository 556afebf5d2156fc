/** The oracle of each family, by the name of its file in vectors/third-party. */
import type { OracleRow } from './oracle.js';
import { suiRows } from './sui.js';

export const oracles: Readonly<Record<string, () => Promise<OracleRow[]>>> = {
  sui: suiRows,
};
