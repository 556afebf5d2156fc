// Vectors of messages to sign: challenges, the policies for them, and the files of snapshots and evidence (spec §13.5).
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { bytesToHex, utf8ToBytes } from '@solvent/commitment/bytes';
import { parseEvidence } from '@solvent/ownership-verifier/evidence-list';
import { decodeDispute } from '@solvent/report-format/dispute';
import { formatChallenge, parseChallenge } from '@solvent/report-format/wallets/challenge';
import { parseSnapshot } from '@solvent/report-format/wallets/snapshot';
import { applyEdits } from './edits.js';
import { vectorFile } from './format.js';
import { readThirdParty } from './ownership/cases.js';
import { tryWalletCase } from './wallet-verdict.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./edits.js').Edit} Edit */

/** @param {number} byte of which the seed is made */
const edwardsKey = (byte) => {
  const der = Buffer.from(`302e020100300506032b657004220420${byte.toString(16).padStart(2, '0').repeat(32)}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
};

/**
 * Signs with Ed25519, which draws nothing: the same signature every time.
 * @param {number} byte of which the seed is made
 */
export const signerOf = (byte) => (/** @type {Uint8Array} */ bytes) =>
  bytesToHex(new Uint8Array(sign(null, bytes, edwardsKey(byte))));

/**
 * The public key of a seed of one byte, in hexadecimal.
 * @param {number} byte
 */
export const edwardsPublicKey = (byte) =>
  bytesToHex(new Uint8Array(createPublicKey(edwardsKey(byte)).export({ format: 'der', type: 'spki' }).subarray(-32)));

const challenge = {
  exchange: 'Example Exchange',
  reportId: '2026-01',
  network: 'solana',
  height: 300000000,
  block: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  address: '7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9',
};

/** @type {readonly (readonly [id: string, changes: Partial<typeof challenge>])[]} */
const challenges = [
  ['plain', {}],
  ['quotes', { exchange: 'The "Exchange" \\ Sons, Ltd' }],
  ['unicode', { exchange: 'Zoë "Coin" \\ 交易所 😀', reportId: 'é ☃' }],
  ['height-of-0', { height: 0 }],
  ['largest-height', { height: Number.MAX_SAFE_INTEGER }],
  ['hash-of-128', { block: 'A'.repeat(128) }],
  ['address-of-256', { address: '!'.repeat(256) }],
  ['signs-in-address', { address: 'a,b"~' }],
];

const text = formatChallenge(challenge);
/** @type {readonly (readonly [id: string, text: string, comment: string])[]} */
const challengeLies = [
  ['empty', '', 'no text'],
  ['other-prefix', text.replace('Solvent wallet', 'Solvent Wallet'), 'a letter of the other case'],
  ['other-version', text.replace('challenge 1', 'challenge 2'), 'another version'],
  ['line-end', `${text}\n`, 'a line end'],
  ['two-spaces', text.replace(', report', ',  report'), 'two spaces'],
  ['leading-zero', text.replace('300000000', '0300000000'), 'a height with a leading zero'],
  ['height-too-large', text.replace('300000000', '9007199254740992'), '2^53'],
  ['hash-sign', text.replace('5eykt4', '5eykt.'), 'a sign that no hash has'],
  ['hash-of-129', text.replace(challenge.block, 'A'.repeat(129)), 'a hash that is too long'],
  ['address-of-257', text.replace(challenge.address, '!'.repeat(257)), 'an address that is too long'],
  ['no-address', text.replace(` ${challenge.address}`, ' '), 'an empty address'],
  ['not-ascii', text.replace('Example', 'Exämple'), 'a character that is not ASCII'],
  ['needless-escape', text.replace('Example', '\\u0045xample'), 'an escape of a character of ASCII'],
  ['upper-case-escape', text.replace('Example', 'Ex\\u00E4mple'), 'digits of an escape in upper case'],
  ['slash-escape', text.replace('Example', 'Ex\\/ample'), 'an escape that JSON allows and challenges do not'],
  ['empty-exchange', text.replace('Example Exchange', ''), 'an empty name'],
  ['lone-surrogate', text.replace('Example', '\\ud800'), 'half of a character'],
  ['unprintable', text.replace('Example', '\\u202e'), 'a character that turns the direction of writing'],
  ['more', `${text}, and more`, 'text after the address'],
];

export function challengeVectors() {
  const valid = challenges.map(([id, changes]) => {
    const members = { ...challenge, ...changes };
    return { id, result: /** @type {const} */ ('valid'), text: formatChallenge(members), challenge: members };
  });
  const invalid = challengeLies.map(([id, lie, comment]) => {
    if (lie === text || parseChallenge(lie) !== undefined) throw new Error(`challenge ${id}: expected none`);
    return { id, result: /** @type {const} */ ('invalid'), comment, base: 'plain', text: lie };
  });
  return vectorFile('wallet-challenge', 'Challenges, which have one text each.', ['13.5'], [...valid, ...invalid]);
}

const blocks = [
  { network: 'ethereum', height: 24000000, hash: `0x${'ab'.repeat(32)}` },
  { network: 'solana', height: challenge.height, hash: challenge.block },
];
const snapshot = {
  format: /** @type {const} */ ('solvent-snapshot/1'),
  exchange: challenge.exchange,
  reportId: challenge.reportId,
  blocks,
};

/** @param {Partial<typeof snapshot>} changes */
const fresh = (changes = {}) => ({ kind: /** @type {const} */ ('fresh'), snapshot: { ...snapshot, ...changes } });

export function messageVectors() {
  const signer = readThirdParty('solana').cases.find(({ id }) => id === 'message');
  if (signer === undefined) throw new Error('expected the message of Solana');
  const signature = signerOf(1);
  const own = formatChallenge({ ...challenge, address: signer.address });
  const plain = { coin: 'SOL', address: signer.address };
  /** @param {string} message */
  const signed = (message) => ({ message, signatures: [signature(utf8ToBytes(message))] });
  const fixedText = 'I am an address';
  const valid = [
    { id: 'fresh', ...plain, ...signed(own), policy: fresh() },
    { id: 'fresh-with-height', ...plain, height: '300000000', ...signed(own), policy: fresh() },
    {
      id: 'height-with-zero',
      ...plain,
      height: '0300000000',
      ...signed(own),
      policy: fresh(),
      comment: 'the number is compared, not the text',
    },
    { id: 'fixed', ...plain, ...signed(fixedText), policy: { kind: /** @type {const} */ ('fixed'), text: fixedText } },
    {
      id: 'challenge-as-fixed-text',
      ...plain,
      ...signed(own),
      policy: { kind: /** @type {const} */ ('fixed'), text: own },
    },
  ].map((one) => ({ result: /** @type {const} */ ('valid'), ...one }));
  const lies = messageLies(own, signer.address);
  const invalid = lies.map(([id, base, expected, comment, changes, flags]) => {
    const row = valid.find((one) => one.id === base);
    const [verdict, step, code] = expected.split(' ');
    const about = { id, result: /** @type {const} */ ('invalid'), verdict, step, code, comment, base, flags };
    return { ...row, ...about, ...changes };
  });
  const cases = /** @type {import('./wallet-verdict.js').WalletCase[]} */ ([...valid, ...invalid]);
  for (const one of cases) tryWalletCase(one, {});
  return vectorFile(
    'wallet',
    'Messages under both policies, in cases that wallet.json does not have, and which fault comes first.',
    ['13.1', '13.2', '13.5'],
    cases,
  );
}

/**
 * @param {string} own the challenge
 * @param {string} address
 * @returns {(readonly [string, string, string, string, object, string[]?])[]}
 */
function messageLies(own, address) {
  const other = challenge.address;
  const message = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ lie,
  ) => /** @type {const} */ ([id, 'fresh', `failed W4 ${expected}`, comment, { message: lie }]);
  return [
    message('no-challenge', 'message-format', 'a text that is no challenge', 'I am an address'),
    message('other-exchange', 'message-report', 'a challenge of another exchange', own.replace('Example', 'Other')),
    message('other-report', 'message-report', 'the challenge of the month before', own.replace('2026-01', '2025-12')),
    [
      'other-report-of-caller',
      'fresh',
      'failed W4 message-report',
      'the caller means another report',
      { policy: fresh({ reportId: '2026-02' }) },
    ],
    message(
      'other-network',
      'message-network',
      'a challenge for another network',
      own.replace('network solana', 'network ethereum'),
    ),
    [
      'no-block',
      'fresh',
      'unproven W4 snapshot-missing',
      'the snapshot has no block of the network',
      { policy: fresh({ blocks: blocks.slice(0, 1) }) },
    ],
    message('other-height', 'message-block', 'another height', own.replace('300000000', '300000001')),
    message('other-hash', 'message-block', 'another hash', own.replace('5eykt4', '5eykt5')),
    [
      'other-height-in-row',
      'fresh-with-height',
      'failed W4 message-block',
      'the height of the row is another one',
      { height: '300000001' },
    ],
    message('other-address', 'message-address', 'a challenge for another address', own.replace(address, other)),
    message('no-address', 'message-address', 'an address that does not decode', own.replace(address, 'nobody')),
    [
      'other-text',
      'fixed',
      'failed W4 message-text',
      'another text than that of the policy',
      { message: 'I am an address.' },
    ],
    [
      'challenge-beside-fixed',
      'fixed',
      'failed W4 message-text',
      'a challenge where a fixed text is asked for',
      { message: own },
    ],
    [
      'report-before-network',
      'fresh',
      'failed W4 message-report',
      'another report and another network',
      { message: own.replace('2026-01', '2025-12').replace('network solana', 'network ethereum') },
      ['two-faults'],
    ],
    [
      'network-before-block',
      'fresh',
      'failed W4 message-network',
      'another network and another hash',
      { message: own.replace('network solana', 'network ethereum').replace('5eykt4', '5eykt5') },
      ['two-faults'],
    ],
    [
      'block-before-address',
      'fresh',
      'failed W4 message-block',
      'another hash and another address',
      { message: own.replace('5eykt4', '5eykt5').replace(address, other) },
      ['two-faults'],
    ],
    [
      'message-before-signature',
      'fixed',
      'failed W4 message-text',
      'another text, and no signature',
      { message: 'I am not', signatures: [] },
      ['two-faults'],
    ],
    [
      'address-before-message',
      'fixed',
      'failed W3 address',
      'an address that does not decode, and no message',
      { address: 'nobody', message: '' },
      ['two-faults'],
    ],
    [
      'coin-before-address',
      'fixed',
      'unsupported W2 coin',
      'an unknown coin, and an address that does not decode',
      { coin: 'NOSUCH', address: 'nobody' },
      ['two-faults'],
    ],
  ];
}

const digest = 'ab'.repeat(32);
const documents = {
  snapshot: JSON.stringify(snapshot),
  'wallet-evidence': JSON.stringify({
    format: 'solvent-wallet-evidence/1',
    entries: [
      { network: 'ethereum', address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', evidence: { form: 'safe' } },
      { network: 'arbitrum', address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', evidence: null },
    ],
  }),
  dispute: JSON.stringify({
    accountId: 'alice',
    balances: { BTC: '1.5' },
    format: 'solvent-dispute/1',
    inclusion: 'e30=',
    manifest: 'e30=',
    report: null,
    signature: null,
    verdict: { code: 'tag', manifestDigest: digest, passed: false, step: 'I2' },
  }),
};

/** @typedef {keyof typeof documents} DocumentName */

const readers = {
  snapshot: (/** @type {Uint8Array} */ bytes) => parseSnapshot(new TextDecoder().decode(bytes)),
  'wallet-evidence': (/** @type {Uint8Array} */ bytes) => parseEvidence(new TextDecoder().decode(bytes)),
  dispute: decodeDispute,
};

/** @param {string} pointer @param {unknown} value @returns {Edit} */
const set = (pointer, value) => ({ file: 'document', set: pointer, value });
/** @param {string} pointer @returns {Edit} */
const remove = (pointer) => ({ file: 'document', remove: pointer });

/** @type {readonly (readonly [DocumentName, id: string, edit: Edit | undefined, comment?: string])[]} */
const readable = [
  ['snapshot', 'snapshot', undefined],
  ['snapshot', 'snapshot-without-blocks', set('/blocks', [])],
  ['snapshot', 'snapshot-with-white-space', { file: 'document', splice: 0, delete: 0, insert: '200a' }],
  ['wallet-evidence', 'evidence', undefined, 'the shape of `evidence` is looked at when a row needs it'],
  ['wallet-evidence', 'evidence-without-entries', set('/entries', [])],
  ['dispute', 'dispute', undefined],
  ['dispute', 'dispute-without-balances', set('/balances', null)],
  ['dispute', 'dispute-of-passed', set('/verdict', { manifestDigest: digest, passed: true, step: null, code: null })],
];

/** @type {readonly (readonly [DocumentName, id: string, edit: Edit, comment: string])[]} */
const unreadable = [
  ['snapshot', 'snapshot-format', set('/format', 'solvent-snapshot/2'), 'another format'],
  ['snapshot', 'snapshot-member-more', set('/note', ''), 'a member that it does not have'],
  ['snapshot', 'snapshot-member-less', remove('/reportId'), 'a member is missing'],
  ['snapshot', 'snapshot-network', set('/blocks/0/network', 'ETH'), 'a name of a network that is not its id'],
  ['snapshot', 'snapshot-network-twice', set('/blocks/0/network', 'solana'), 'one network twice'],
  ['snapshot', 'snapshot-height', set('/blocks/0/height', '24000000'), 'a height that is text'],
  ['snapshot', 'snapshot-hash', set('/blocks/0/hash', 'a b'), 'a space in a hash'],
  [
    'snapshot',
    'snapshot-no-json',
    { file: 'document', splice: -1, delete: 1, insert: '' },
    'the last brace is missing',
  ],
  ['wallet-evidence', 'evidence-format', set('/format', 'solvent-wallet-evidence/2'), 'another format'],
  ['wallet-evidence', 'evidence-member-more', set('/entries/0/note', ''), 'a member that it does not have'],
  ['wallet-evidence', 'evidence-network', set('/entries/0/network', 'nosuch'), 'a network that is not there'],
  ['wallet-evidence', 'evidence-address', set('/entries/0/address', 'nobody'), 'an address that does not decode'],
  ['wallet-evidence', 'evidence-address-twice', set('/entries/1/network', 'ethereum'), 'one address twice'],
  ['dispute', 'dispute-format', set('/format', 'solvent-dispute/2'), 'another format'],
  ['dispute', 'dispute-base64', set('/inclusion', 'e30'), 'base64 without its padding'],
  ['dispute', 'dispute-empty-id', set('/accountId', ''), 'an empty account id'],
  ['dispute', 'dispute-amount', set('/balances/BTC', '-1'), 'a sign before an amount'],
  ['dispute', 'dispute-digest', set('/verdict/manifestDigest', digest.slice(2)), 'a digest of 31 bytes'],
  ['dispute', 'dispute-member-more', set('/note', ''), 'a member that it does not have'],
  [
    'dispute',
    'dispute-white-space',
    { file: 'document', splice: 1, delete: 0, insert: '20' },
    'white space: it is not canonical',
  ],
];

/** @param {readonly DocumentName[]} names @param {string} comment @param {string[]} spec */
function documentVectors(names, comment, spec) {
  const read = (/** @type {DocumentName} */ name, /** @type {Edit[]} */ edits) => {
    const bytes = applyEdits({ document: utf8ToBytes(documents[name]) }, edits).document;
    return readers[name](/** @type {Uint8Array} */ (bytes)).ok;
  };
  const valid = readable.map(([document, id, edit, comment]) => ({
    id,
    result: /** @type {const} */ ('valid'),
    ...(comment !== undefined && { comment }),
    document,
    edits: edit === undefined ? [] : [edit],
  }));
  const bases = { snapshot: 'snapshot', 'wallet-evidence': 'evidence', dispute: 'dispute' };
  const invalid = unreadable.map(([document, id, edit, comment]) => ({
    id,
    result: /** @type {const} */ ('invalid'),
    comment,
    base: bases[document],
    document,
    edits: [edit],
  }));
  const cases = [...valid, ...invalid].filter(({ document }) => names.includes(document));
  for (const { id, result, document, edits } of cases) {
    if (read(document, edits) !== (result === 'valid')) throw new Error(`document ${id}: expected ${result}`);
  }
  const texts = Object.fromEntries(names.map((name) => [name, documents[name]]));
  return vectorFile('document', comment, spec, cases, { documents: texts });
}

export const walletDocumentVectors = () =>
  documentVectors(['snapshot', 'wallet-evidence'], 'Files of snapshots and of evidence.', ['13.5', '13.15']);

export const disputeVectors = () => documentVectors(['dispute'], 'Evidence for a dispute.', ['14.9']);
