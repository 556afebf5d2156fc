/** The oracle of each family, by the name of its file in vectors/third-party. */
import type { OracleRow } from './oracle.js';
import { ss58Rows } from './ss58.js';
import { suiRows } from './sui.js';

export const oracles: Readonly<Record<string, () => Promise<OracleRow[]>>> = {
  sui: suiRows,
  ss58: ss58Rows,
};
