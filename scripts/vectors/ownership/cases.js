// Rows that do not prove what they claim, each one change of a row in vectors/third-party (spec §13.6 to §13.16).
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../steps.js';
import { vectorFile } from '../format.js';
import { tryWalletCase } from '../wallet-verdict.js';
import { aelfLies } from './aelf.js';
import { algorandLies } from './algorand.js';
import { aptosLies } from './aptos.js';
import { bip322Lies } from './bip-322.js';
import { bitcoinLies } from './bitcoin.js';
import { cardanoLies } from './cardano.js';
import { confluxLies } from './conflux.js';
import { cosmosLies } from './cosmos.js';
import { decredLies } from './decred.js';
import { evmLies } from './evm.js';
import { filecoinLies } from './filecoin.js';
import { hederaLies } from './hedera.js';
import { iconLies } from './icon.js';
import { icpLies } from './icp.js';
import { kaspaLies } from './kaspa.js';
import { multiversxLies } from './multiversx.js';
import { nearLies } from './near.js';
import { solanaLies } from './solana.js';
import { ss58Lies } from './ss58.js';
import { stacksLies } from './stacks.js';
import { starknetLies } from './starknet.js';
import { stellarLies } from './stellar.js';
import { suiLies } from './sui.js';
import { tezosLies } from './tezos.js';
import { tonLies } from './ton.js';
import { tronLies } from './tron.js';
import { validatorLies } from './validator.js';
import { vechainLies } from './vechain.js';
import { xrpLies } from './xrp.js';
import { zilliqaLies } from './zilliqa.js';

/** @typedef {import('../wallet-verdict.js').WalletCase} WalletCase */
/** @typedef {import('../wallet-verdict.js').WalletContext} WalletContext */
/** @typedef {WalletContext & { spec: string[], cases: WalletCase[] }} WalletFile */

/**
 * Id, the valid case, verdict with step and code, what is changed in words, and the changed members.
 * @typedef {readonly [id: string, base: string, expected: string, comment: string, changes: Partial<WalletCase>]} WalletLie
 */

/** @typedef {(base: string) => WalletCase} FindCase of a file, by id */

/**
 * The lies about the rows of each file of vectors/third-party, by its name.
 * @type {Record<string, (find: FindCase) => WalletLie[]>}
 */
const lies = {
  bitcoin: bitcoinLies,
  'bip-322': bip322Lies,
  evm: evmLies,
  tron: tronLies,
  validator: validatorLies,
  solana: solanaLies,
  ton: tonLies,
  xrp: xrpLies,
  aptos: aptosLies,
  sui: suiLies,
  ss58: ss58Lies,
  stellar: stellarLies,
  cardano: cardanoLies,
  near: nearLies,
  algorand: algorandLies,
  multiversx: multiversxLies,
  cosmos: cosmosLies,
  filecoin: filecoinLies,
  stacks: stacksLies,
  conflux: confluxLies,
  icon: iconLies,
  aelf: aelfLies,
  decred: decredLies,
  zilliqa: zilliqaLies,
  vechain: vechainLies,
  starknet: starknetLies,
  tezos: tezosLies,
  kaspa: kaspaLies,
  hedera: hederaLies,
  icp: icpLies,
};

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
