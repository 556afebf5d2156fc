// Rows that do not prove what they claim, each one change of a row in vectors/third-party (spec §13.6 to §13.16).
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../steps.js';
import { vectorFile } from './format.js';
import { bitcoinLies } from './ownership-lies-bitcoin.js';
import { edwardsLies } from './ownership-lies-edwards.js';
import { evmLies } from './ownership-lies-evm.js';
import { furtherLies } from './ownership-lies-further.js';
import { hashedKeyLies } from './ownership-lies-hashed-keys.js';
import { keyedFamilyLies } from './ownership-lies-keyed.js';
import { tryWalletCase } from './wallet-verdict.js';

/** @typedef {import('./wallet-verdict.js').WalletCase} WalletCase */
/** @typedef {import('./wallet-verdict.js').WalletContext} WalletContext */
/** @typedef {WalletContext & { spec: string[], cases: WalletCase[] }} WalletFile */

/**
 * Id, the valid case, verdict with step and code, what is changed in words, and the changed members.
 * @typedef {readonly [id: string, base: string, expected: string, comment: string, changes: Partial<WalletCase>]} WalletLie
 */

/** @typedef {(base: string) => WalletCase} FindCase of a file, by id */

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
const lies = { ...bitcoinLies, ...evmLies, ...edwardsLies, ...keyedFamilyLies, ...hashedKeyLies, ...furtherLies };

/** The files of vectors/third-party, which nobody generates. */
export const thirdPartyFolder = 'third-party';

/**
 * @param {string} name
 * @returns {WalletFile}
 */
export function readThirdParty(name) {
  return JSON.parse(fs.readFileSync(path.join(root, 'vectors', thirdPartyFolder, `${name}.json`), 'utf8'));
}

/**
 * @param {WalletFile} file
 * @param {WalletLie} lie
 * @returns {WalletCase}
 */
function caseOf(file, [id, base, expected, comment, changes]) {
  const { source: _, result: __, comment: ___, ...row } = findCase(file)(base);
  const [verdict, step, code] = expected.split(' ');
  const about = { id, result: /** @type {const} */ ('invalid'), verdict, step, code, comment };
  return { ...about, base: `${thirdPartyFolder}/${base}`, ...row, ...about, ...changes };
}

/** @param {WalletFile} file */
const findCase = (file) => (/** @type {string} */ base) => {
  const found = file.cases.find(({ id }) => id === base);
  if (found?.result !== 'valid') throw new Error(`vectors/${thirdPartyFolder}: there is no valid case ${base}`);
  return found;
};

/** A file for each family, by name. */
export function ownershipFiles() {
  return Object.fromEntries(
    Object.entries(lies).map(([name, liesOf]) => {
      const file = readThirdParty(name);
      const cases = liesOf(findCase(file)).map((lie) => caseOf(file, lie));
      for (const one of cases) tryWalletCase(one, file);
      const evidenceOf = file.evidence && `../${thirdPartyFolder}/${name}.json`;
      const comment = `Rows that are each one change away from one of ${thirdPartyFolder}/${name}.json.`;
      return [`ownership/${name}.json`, vectorFile('wallet', comment, file.spec, cases, { evidenceOf })];
    }),
  );
}
