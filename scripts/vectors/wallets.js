// Vectors of rows of wallet lists with their verdicts, under a fresh policy. Keys follow from names.
import { createHash } from 'node:crypto';
import { signerOf } from '@solvent/cli/wallets/signing/signers';
import { familyOf } from '@solvent/ownership-verifier/families';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { findNetwork, networks } from '@solvent/report-format/networks/networks';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('@solvent/report-format/networks/network').Network} Network */

/** @param {string} name */
const testKey = (name) => new Uint8Array(createHash('sha256').update(`solvent vector key ${name}`).digest());

/** @param {string} id */
const networkOf = (id) => /** @type {Network} */ (findNetwork(id));

/** The first network of each family, and one with another header than Bitcoin's. Validators and named accounts are proven by
 * evidence. */
function signedNetworks() {
  const seen = new Set(['validator', 'antelope', 'flow', 'starknet']);
  return networks.filter(({ id, family }) => {
    const isFirst = !seen.has(family);
    seen.add(family);
    return isFirst || id === 'dogecoin';
  });
}

const snapshot = {
  format: /** @type {const} */ ('solvent-snapshot/1'),
  exchange: 'Example Exchange',
  reportId: '2026-01',
  blocks: signedNetworks().map(({ id: network }, i) => ({
    network,
    height: 1_000_000 + i,
    hash: createHash('sha256').update(`solvent vector block ${network}`).digest('hex'),
  })),
};

/**
 * The challenge for an address, or one that differs from it.
 * @param {string} network
 * @param {string} address
 * @param {Partial<import('@solvent/report-format/wallets/challenge').Challenge>} [change]
 */
function challengeFor(network, address, change = {}) {
  const block = snapshot.blocks.find((candidate) => candidate.network === network);
  if (block === undefined) throw new Error(`no block of ${network}`);
  const { exchange, reportId } = snapshot;
  return formatChallenge({ exchange, reportId, network, height: block.height, block: block.hash, address, ...change });
}

/**
 * A row that one key has signed.
 * @param {string} id of a network
 * @param {string} key
 */
function signedRow(id, key) {
  const network = networkOf(id);
  const signer = signerOf(network);
  const text = signer.addressOf(testKey(key), network);
  const address = /** @type {import('@solvent/ownership-verifier/claim').DecodedAddress} */ (
    familyOf(network).decodeAddress(text, network)
  );
  const message = challengeFor(id, text);
  const { signature, publicKey } = signer.sign({ message, address, network, script: '' }, testKey(key));
  const height = String(snapshot.blocks.find((block) => block.network === id)?.height);
  const plain = { coin: network.nativeAsset, network: id, type: '', height, address: text, amount: '1.5' };
  return { ...plain, message, signatures: [signature], script: publicKey ?? '', owners: /** @type {string[]} */ ([]) };
}

/** @typedef {ReturnType<typeof signedRow>} Row */

/**
 * Changes of a row, each with step, code and what it is.
 * @param {Row} row
 * @returns {[name: string, step: string, code: string, comment: string, change: Partial<Row>][]}
 */
function rowLies(row) {
  const { address, network } = row;
  const other = signedRow(network, 'other');
  return [
    ['amount', 'W1', 'amount', 'a negative amount', { amount: '-1.5' }],
    ['height', 'W1', 'height', 'a height in hexadecimal', { height: '0x10' }],
    ['no-coin', 'W1', 'coin', 'no coin', { coin: '' }],
    ['type', 'W1', 'type', 'a type of no published list', { type: 'Staking' }],
    ['coin', 'W2', 'coin', 'a coin that is not in the table', { coin: 'NOSUCH' }],
    ['network', 'W2', 'network', 'a network that is not in the table', { network: 'nowhere' }],
    ['coin-network', 'W2', 'coin-network', 'a coin that lives elsewhere', { coin: 'ZEC' }],
    ['address', 'W3', 'address', 'no address', { address: '' }],
    ['message-missing', 'W4', 'message-missing', 'no message', { message: '' }],
    ['message-format', 'W4', 'message-format', 'a space after the challenge', { message: `${row.message} ` }],
    [
      'message-report',
      'W4',
      'message-report',
      'a challenge for another report',
      { message: challengeFor(network, address, { reportId: '2026-02' }) },
    ],
    [
      'message-network',
      'W4',
      'message-network',
      'a challenge for another network',
      { message: challengeFor(network, address, { network: 'monad' }) },
    ],
    [
      'message-block',
      'W4',
      'message-block',
      'a challenge for the next block',
      { message: challengeFor(network, address, { height: 2_000_000 }) },
    ],
    ['row-block', 'W4', 'message-block', "another height than the block's in the row", { height: '2000000' }],
    ['message-address', 'W4', 'message-address', 'the challenge of another address', { message: other.message }],
    ['signature-missing', 'W5', 'signature-missing', 'no signature', { signatures: [] }],
    ['signature-format', 'W5', 'signature-format', 'a signature of a few bytes', { signatures: ['0x0102'] }],
  ];
}

/** @returns {VectorCase[]} */
function walletCases() {
  return signedNetworks().flatMap(({ id }) => {
    const row = signedRow(id, 'holder');
    const another = signedRow(id, 'other').signatures;
    // A signature that has its key with it, or gives it, is another address's; without it, it is just wrong.
    const keyed = codeOf({ ...row, signatures: another }) === 'W6 signature';
    const lies = [
      ...rowLies(row),
      /** @type {const} */ ([
        'other-signer',
        keyed ? 'W6' : 'W7',
        keyed ? 'signature' : 'address-mismatch',
        'the signature of another key',
        { signatures: another },
      ]),
    ];
    return [
      /** @type {VectorCase} */ ({ id, result: 'valid', ...row }),
      ...lies.map(([name, step, code, comment, change]) => {
        return /** @type {VectorCase} */ ({
          id: `${id}-${name}`,
          result: 'invalid',
          step,
          code,
          comment,
          base: id,
          ...row,
          ...change,
        });
      }),
    ];
  });
}

/** @param {Pick<Row, keyof Row> | import('@solvent/report-format/wallets/wallet-list').WalletRow} row */
function codeOf(row) {
  const list = readWalletList(listText(row));
  if (!list.ok) throw new Error(`${row.network}: ${list.expected}`);
  const { verdict, step, code } = verifyWallet(list.rows[0], { policy: { kind: 'fresh', snapshot } });
  return verdict === 'verified' ? 'valid' : `${step} ${code}`;
}

/** A case must be what it says, or it is not written. @param {VectorCase} vector */
function tryWallet(vector) {
  const row = /** @type {import('@solvent/report-format/wallets/wallet-list').WalletRow} */ (
    /** @type {unknown} */ (vector)
  );
  const found = codeOf(row);
  const said = vector.result === 'valid' ? 'valid' : `${vector.step} ${vector.code}`;
  if (found !== said) throw new Error(`vector ${vector.id}: expected ${said}, got ${found}`);
}

/**
 * The list with this one row, in the published form with types.
 * @param {Omit<import('@solvent/report-format/wallets/wallet-list').WalletRow, 'line'>} row
 */
export function listText({ coin, type, network, height, address, amount, message, signatures, script, owners }) {
  const header =
    'coin,Type,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/public key,EOA1,EOA2';
  const [first = '', second = ''] = signatures;
  const [one = '', two = ''] = owners;
  const fields = [coin, type, network, height, address, amount, message, first, second, script, one, two];
  return `${header}\n${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\n`;
}

export function walletVectors() {
  const cases = walletCases();
  for (const vector of cases) tryWallet(vector);
  const comment =
    'Rows of wallet lists under the policy fresh with this snapshot: verified, or the step and code of the verdict. Keys ' +
    'are SHA-256("solvent vector key " and a name), signatures are deterministic.';
  const ofFamilies = signedNetworks().map((network) => familyOf(network).support(network).section);
  const sections = [...new Set(['13.2', '13.3', '13.5', ...ofFamilies, '13.16'])];
  return vectorFile('wallet', comment, sections, cases, { snapshot });
}
