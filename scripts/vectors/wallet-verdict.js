// What the verifier says of a case of kind `wallet`: so no vector is written with which the code does not agree.
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { applyEdits } from './edits.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {{ network: string, hash: string }} TrustedBlock */

/**
 * @typedef {object} WalletMembers members of a case that stand for the row and for what the caller knows
 * @property {string} coin
 * @property {string | undefined} [network]
 * @property {string} [type]
 * @property {string} [height]
 * @property {string} address
 * @property {string} message
 * @property {string[]} signatures
 * @property {string | undefined} [script]
 * @property {string[]} [owners]
 * @property {import('@solvent/ownership-verifier/message-policy').MessagePolicy} [policy]
 * @property {string | null} [evidence] name in the file's `evidence`
 * @property {import('./edits.js').Edit[]} [edits] changes of that evidence
 * @property {TrustedBlock[]} [trustedBlocks] in place of the file's
 */

/** @typedef {VectorCase & WalletMembers} WalletCase */
/** @typedef {{ trustedBlocks?: TrustedBlock[], evidence?: Record<string, unknown> }} WalletContext of the file */

/**
 * @param {WalletCase} vector
 * @param {WalletContext} file
 */
function walletVerdict(vector, { trustedBlocks = [], evidence = {} }) {
  const { coin, network = '', type = '', height = '', address, message, signatures, script = '', owners = [] } = vector;
  const row = { line: 1, amount: '1', coin, network, type, height, address, message, signatures, script, owners };
  const found = evidenceOf(vector, evidence);
  return verifyWallet(row, {
    policy: vector.policy ?? { kind: 'fixed', text: message },
    trustedBlocks: vector.trustedBlocks ?? trustedBlocks,
    evidenceFor: () => found,
  });
}

/**
 * @param {WalletCase} vector
 * @param {Record<string, unknown>} evidence
 */
function evidenceOf({ evidence: name, edits = [] }, evidence) {
  if (name === undefined || name === null) return undefined;
  const bytes = new TextEncoder().encode(JSON.stringify(evidence[name]));
  return JSON.parse(new TextDecoder().decode(applyEdits({ evidence: bytes }, edits).evidence));
}

/**
 * Throws an Error if the verifier says something else of a case than the case.
 * @param {WalletCase} vector
 * @param {WalletContext} file
 */
export function tryWalletCase(vector, file) {
  const { verdict, step, code, detail } = walletVerdict(vector, file);
  const expected =
    vector.result === 'valid' ? 'verified W7 address-proven' : `${vector.verdict} ${vector.step} ${vector.code}`;
  const found = `${verdict} ${step} ${code}`;
  if (found !== expected) throw new Error(`${vector.id}: expected ${expected}, found ${found}: ${detail}`);
}
