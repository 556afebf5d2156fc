// Vectors of wallet lists: rows with their verdicts, texts with their rows, challenges. Keys follow from names.
import { createHash } from 'node:crypto';
import { signerOf } from '@solvent/cli/wallets/signing/signers';
import { familyOf } from '@solvent/ownership-verifier/families';
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { formatChallenge, parseChallenge } from '@solvent/report-format/wallets/challenge';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('@solvent/report-format/networks/network').Network} Network */

/** @param {string} name */
const testKey = (name) => new Uint8Array(createHash('sha256').update(`solvent vector key ${name}`).digest());

/** @param {string} id */
const networkOf = (id) => /** @type {Network} */ (findNetwork(id));

const snapshot = {
  format: /** @type {const} */ ('solvent-snapshot/1'),
  exchange: 'Example Exchange',
  reportId: '2026-01',
  blocks: ['bitcoin', 'dogecoin', 'ethereum', 'tron', 'solana', 'ton', 'xrp-ledger', 'aptos'].map((network, i) => ({
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
    familyOf(network)?.decodeAddress(text, network)
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

const families = ['bitcoin', 'dogecoin', 'ethereum', 'tron', 'solana', 'ton', 'xrp-ledger', 'aptos'];

/** @returns {VectorCase[]} */
function walletCases() {
  return families.flatMap((id) => {
    const row = signedRow(id, 'holder');
    const another = signedRow(id, 'other').signatures;
    const keyed = row.script !== '' || id === 'solana';
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

/** A case must be what it says, or it is not written. @param {VectorCase} vector */
function tryWallet(vector) {
  const row = /** @type {import('@solvent/report-format/wallets/wallet-list').WalletRow} */ (
    /** @type {unknown} */ (vector)
  );
  const list = readWalletList(listText(row));
  if (!list.ok) throw new Error(`${vector.id}: ${list.expected}`);
  const { verdict, step, code } = verifyWallet(list.rows[0], { policy: { kind: 'fresh', snapshot } });
  const found = verdict === 'verified' ? 'valid' : `${step} ${code}`;
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
  const sections = ['13.2', '13.3', '13.5', '13.6', '13.7', '13.8', '13.9', '13.10', '13.11', '13.12', '13.16'];
  return vectorFile('wallet', comment, sections, cases, { snapshot });
}

const header =
  'coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/ public key, eoa1, eoa2';
const row = 'BTC,BTC,1,a,0.5,m,s,t,,,';
const ownHeader = 'coin,network,height,address,amount,message,signature1,script,owner1';
const ownRow = 'BTC,bitcoin,1,a,0.5,m,s,,';
const wallet =
  '{"coin":"BTC","network":"bitcoin","height":"1","address":"a","amount":"0.5","message":"m","signatures":["s"],' +
  '"script":"","owners":[]}';

/** @returns {VectorCase[]} */
function listCases() {
  /** @type {[id: string, comment: string, text: string][]} */
  const valid = [
    ['published', 'the published form', `${header}\n${row}\n`],
    ['summary', 'with a summary', `coin,snapshot height,amount\nBTC,1, 0.5\n\n${header}\n${row}\n`],
    ['absent', 'absent fields, CRLF and a byte-order mark', `\ufeff${header}\r\nBTC,null,\\N,a,0.5,m,s,null,,,\r\n`],
    ['quoted', 'a quoted field over two lines', `${header}\n${row.replace(',m,', ',"m ""x"",\ny",')}\n${row}\n`],
    ['early-end', 'a row that ends early', `${header}\nBTC,BTC,1,a,0.5,m,s\n`],
    ['faulty-row', 'a row with a field too many between others', `${header}\n${row}\n${row},,x\n${row}\n`],
    ['amounts', 'amounts that are none', `${header}\n${row.replace('0.5', '1e3')}\n${row.replace('0.5', '.5')}\n`],
    ['own-csv', 'our own form', `${ownHeader}\n${ownRow}\n`],
    ['own-json', 'our own form in JSON', `{"format":"solvent-wallets/1","wallets":[\n${wallet},\n${wallet}\n]}\n`],
  ];
  /** @type {[id: string, base: string, comment: string, text: string][]} */
  const invalid = [
    ['no-header', 'published', 'no header', `${row}\n`],
    ['unclosed', 'published', 'a quote that is not closed', `${header}\n${row.replace(',m,', ',"m,')}\n`],
    ['summary-alone', 'summary', 'a summary without a list', 'coin,snapshot height,amount\nBTC,1,1\n'],
    ['own-spaces', 'own-csv', 'a space in the header of our own form', `${ownHeader.replace('network', ' network')}\n`],
    ['json-open', 'own-json', 'a list without its end', `{"format":"solvent-wallets/1","wallets":[\n${wallet}\n`],
    ['json-format', 'own-json', 'another format', `{"format":"solvent-wallets/2","wallets":[]}`],
    ['empty', 'published', 'nothing', ''],
  ];
  return [
    ...valid.map(([id, comment, text]) => ({
      id,
      result: /** @type {const} */ ('valid'),
      comment,
      text,
      rows: rowsOf(text),
    })),
    ...invalid.map(([id, base, comment, text]) => {
      if (readWalletList(text).ok) throw new Error(`vector ${id}: expected a fault`);
      return { id, result: /** @type {const} */ ('invalid'), comment, base, text };
    }),
  ];
}

/**
 * The rows of a list as vectors have them: a faulty one with its line and code alone.
 * @param {string} text
 */
export function rowsOf(text) {
  const list = readWalletList(text);
  if (!list.ok) throw new Error(`line ${list.line}: expected ${list.expected}`);
  return list.rows.map(({ fault, line, ...rest }) => (fault ? { line, code: fault.code } : { line, ...rest }));
}

export function walletListVectors() {
  const comment =
    'Texts of wallet lists with the rows in them, a faulty one with its line and code; or no list at all.';
  return vectorFile('wallet-list', comment, ['13.4'], listCases());
}

export function challengeVectors() {
  const challenge = {
    exchange: 'Zoë "Coin" \\ 交易所 😀',
    reportId: '2026-01',
    network: 'bitcoin',
    height: 934501,
    block: '00000000000000000001f0b8',
    address: 'bc1qexample',
  };
  const text = formatChallenge(challenge);
  const changes = /** @type {const} */ ([
    ['version', text.replace('challenge 1', 'challenge 2'), 'another version'],
    ['line-end', `${text}\n`, 'a line end'],
    ['leading-zero', text.replace('934501', '0934501'), 'a height with a leading zero'],
    ['escape', text.replace('Zo', 'Z\\u006f'), 'an escape that is not needed'],
    ['upper-case', text.replace('\\u00eb', '\\u00EB'), 'upper-case hexadecimal digits'],
    ['no-escape', text.replace('\\u00eb', 'ë'), 'a character that is not ASCII'],
    ['space', text.replace(', report', ',  report'), 'two spaces'],
    ['control', text.replace('Zo', '\\u0007'), 'a control character'],
  ]);
  /** @type {VectorCase[]} */
  const cases = [
    { id: 'valid', result: 'valid', text, challenge },
    ...changes.map(([id, changed, comment]) => {
      if (parseChallenge(changed) !== undefined) throw new Error(`vector ${id}: expected no challenge`);
      return /** @type {VectorCase} */ ({ id, result: 'invalid', comment, base: 'valid', text: changed, challenge });
    }),
  ];
  return vectorFile('wallet-challenge', 'The one text of a challenge, and texts that are none.', ['13.5'], cases);
}
