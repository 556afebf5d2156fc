// Changes of a whole report, each refused by one part of it first (spec §14.1 to §14.5).
import { bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { manifestFileName, proofFileName } from '@solvent/report-format/manifest';
import { reportDigest, reportFileName, signatureFileName, walletsFileName } from '@solvent/report-format/report';
import { reservesFileName } from '@solvent/report-format/reserves';
import { setIn, spliceText } from './edits.js';
import { exchangeKey } from './full-report.js';
import { edwardsPublicKey, signerOf } from './wallet-messages.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./edits.js').Files} Files */
/** @typedef {import('./full-report-cases.js').Caller} Caller */

/**
 * Id, the code that is expected, what is changed in words, the changes, and what the caller knows. Files that the report
 * binds are bound again as they then are, unless the flag `stale` says that they are not.
 * @typedef {{ id: string, code: string, comment: string, edits?: Edit[], caller?: Caller, stale?: true, flags?: string[], base?: string }} ReportLie
 */

const inReport = setIn(reportFileName);
const inReserves = setIn(reservesFileName);
const inSignature = setIn(signatureFileName);
/** @param {string} file @returns {Edit} */
export const missing = (file) => ({ file, missing: true });
const otherDigest = 'e7'.repeat(32);

/** @param {Files} files */
export function bindingLies(files) {
  const report = /** @type {Uint8Array} */ (files[reportFileName]);
  const text = new TextDecoder().decode(report);
  const swap = (/** @type {string} */ pointer, /** @type {string} */ member) => {
    const list = JSON.parse(text)[member];
    return inReport(pointer, [list[1], list[0], ...list.slice(2)]);
  };
  const value = (/** @type {string} */ member) => JSON.parse(text)[member];
  const encoding = (
    /** @type {string} */ id,
    /** @type {string} */ comment,
    /** @type {Edit} */ edit,
    /** @type {string[]} */ flags = [],
  ) => /** @type {ReportLie} */ ({ id, code: 'P1 report-encoding', comment, edits: [edit], stale: true, flags });
  const order = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {Edit} */ edit) =>
    /** @type {ReportLie} */ ({ id, code: 'P1 report-order', comment, edits: [edit], stale: true });
  /** @type {ReportLie[]} */
  const lies = [
    {
      id: 'report-missing',
      code: 'P1 report-missing',
      comment: 'no report file',
      edits: [missing(reportFileName)],
      stale: true,
    },
    encoding('report-format', 'another format', inReport('/format', 'solvent-report/2')),
    encoding('report-member-more', 'a member that reports do not have', inReport('/note', '')),
    encoding('report-member-less', 'a member is missing', { file: reportFileName, remove: '/tokens' }),
    encoding('report-white-space', 'white space', spliceText(reportFileName, 1, 0, ' '), ['lenient-reader']),
    encoding('report-no-json', 'the last brace is missing', {
      file: reportFileName,
      splice: -1,
      delete: 1,
      insert: '',
    }),
    encoding('report-text-after', 'a line end after the report', spliceText(reportFileName, report.length, 0, '\n'), [
      'lenient-reader',
    ]),
    encoding('report-no-utf-8', 'a byte that is not UTF-8', {
      file: reportFileName,
      splice: text.indexOf('Example'),
      delete: 1,
      insert: 'ff',
    }),
    encoding('report-name-empty', 'an empty id', inReport('/reportId', '')),
    encoding('report-name-hidden', 'a character that nobody sees', inReport('/exchange', 'Example\u200b'), ['unicode']),
    encoding('report-time', 'a day that does not exist', inReport('/snapshotTime', '2026-02-29T00:00:00Z'), [
      'lenient-reader',
    ]),
    encoding('report-previous-short', 'a digest of 31 bytes', inReport('/previousReport', '6e'.repeat(31))),
    encoding('report-digest-capitals', 'a digest in upper case', inReport('/manifest', otherDigest.toUpperCase()), [
      'lenient-reader',
    ]),
    encoding('report-height-text', 'a height that is text', inReport('/blocks/0/height', '1'), ['lenient-reader']),
    encoding('report-height-negative', 'a negative height', inReport('/blocks/0/height', -1), ['boundary']),
    encoding(
      'report-height-too-large',
      'a height of 2^53',
      spliceText(reportFileName, text.indexOf('400000000'), 9, '9007199254740992'),
      ['boundary'],
    ),
    encoding('report-hash', 'a sign that no hash has', inReport('/blocks/0/hash', 'a.b')),
    encoding('report-network-name', 'a name that no id of a network can be', inReport('/blocks/0/network', 'Aptos')),
    encoding('report-decimals-39', 'more digits than a token can have', inReport('/tokens/0/decimals', 39), [
      'boundary',
    ]),
    encoding('report-token-space', 'a space in a token', inReport('/tokens/0/token', '0x 1')),
    encoding('report-path-above', 'a path that leads out of the folder', inReport('/files/0/path', '../x')),
    encoding('report-path-absolute', 'a path from the root', inReport('/files/0/path', '/x')),
    encoding('report-path-capital', 'a capital letter in a path', inReport('/files/0/path', 'A')),
    encoding('report-path-of-five', 'a path of five names', inReport('/files/0/path', 'a/a/a/a/a'), ['boundary']),
    encoding(
      'report-path-part-of-101',
      'a letter too many in a part of a path',
      inReport('/files/0/path', 'a'.repeat(101)),
      ['boundary'],
    ),
    encoding('report-path-dot', 'a part of a path that begins with a dot', inReport('/files/0/path', 'a/.b')),
    encoding('report-token-of-129', 'a letter too many in a token', inReport('/tokens/0/token', 'a'.repeat(129)), [
      'boundary',
    ]),
    encoding('report-size-above-2-to-40', 'a size of 2^40 + 1', inReport('/files/0/size', 2 ** 40 + 1), ['boundary']),
    encoding('report-size-negative', 'a negative size', inReport('/files/0/size', -1), ['boundary']),
    order('blocks-order', 'two blocks in the other order', swap('/blocks', 'blocks')),
    order('block-twice', 'one network twice', inReport('/blocks', [value('blocks')[0], ...value('blocks')])),
    order('tokens-order', 'two tokens in the other order', swap('/tokens', 'tokens')),
    order(
      'token-twice',
      'one token twice, as two assets',
      inReport('/tokens', [{ ...value('tokens')[0], asset: 'APT' }, ...value('tokens')]),
    ),
    order('files-order', 'two files in the other order', swap('/files', 'files')),
    order('file-twice', 'one file twice', inReport('/files', [value('files')[0], ...value('files')])),
    { id: 'anchor', code: 'P1 anchor', comment: 'the caller means another report', caller: { anchor: otherDigest } },
    {
      id: 'anchor-first-byte',
      code: 'P1 anchor',
      comment: 'all bytes of a digest are compared',
      caller: { anchor: bytesToHex(reportDigest(report).map((byte, i) => (i === 0 ? byte ^ 1 : byte))) },
    },
    {
      id: 'anchor-last-byte',
      code: 'P1 anchor',
      comment: 'all bytes of a digest are compared',
      caller: { anchor: bytesToHex(reportDigest(report).map((byte, i) => (i === 31 ? byte ^ 1 : byte))) },
    },
    {
      id: 'anchor-rewritten',
      base: 'anchored',
      code: 'P1 anchor',
      comment: 'another report than the anchor is of, signed again',
      caller: { anchor: bytesToHex(reportDigest(report)) },
      edits: [inReport('/previousReport', otherDigest)],
    },
  ];
  return lies;
}

/** @param {Files} files */
export function signatureLies(files) {
  const report = /** @type {Uint8Array} */ (files[reportFileName]);
  const digest = reportDigest(report);
  const signature = JSON.parse(new TextDecoder().decode(files[signatureFileName])).signature;
  const signed = (/** @type {string} */ text) => signerOf(3)(new TextEncoder().encode(text));
  const lie = (
    /** @type {string} */ id,
    /** @type {string} */ code,
    /** @type {string} */ comment,
    /** @type {Edit} */ edit,
    /** @type {string[]} */ flags = [],
  ) => /** @type {ReportLie} */ ({ id, code: `P2 ${code}`, comment, edits: [edit], stale: true, flags });
  const s =
    BigInt(`0x${bytesToHex(hexToBytes(signature.slice(64)).reverse())}`) +
    2n ** 252n +
    27742317777372353535851937790883648493n;
  const large = bytesToHex(hexToBytes(s.toString(16).padStart(64, '0')).reverse());
  /** @type {ReportLie[]} */
  const lies = [
    {
      id: 'signature-missing',
      base: 'named-key',
      code: 'P2 signature-missing',
      comment: 'the caller named a key, and nobody signed',
      caller: { exchangeKey },
      edits: [missing(signatureFileName)],
      stale: true,
    },
    {
      id: 'signature-key',
      code: 'P2 signature-key',
      comment: 'the caller named another key',
      caller: { exchangeKey: edwardsPublicKey(4) },
    },
    lie(
      'signature-format',
      'signature-encoding',
      'another format',
      inSignature('/format', 'solvent-report-signature/2'),
    ),
    lie(
      'signature-short',
      'signature-encoding',
      'a signature of 63 bytes',
      inSignature('/signature', signature.slice(2)),
    ),
    lie(
      'signature-capitals',
      'signature-encoding',
      'digits in upper case',
      inSignature('/signature', signature.toUpperCase()),
      ['lenient-reader'],
    ),
    lie('signature-member-more', 'signature-encoding', 'a member that it does not have', inSignature('/name', '')),
    lie('signature-white-space', 'signature-encoding', 'white space', spliceText(signatureFileName, 1, 0, ' '), [
      'lenient-reader',
    ]),
    lie('signature-too-large', 'signature-encoding', 'more than 1,024 bytes', {
      file: signatureFileName,
      splice: 0,
      delete: 0,
      insert: '20',
      repeat: 1024,
    }),
    lie(
      'signature-changed',
      'signature',
      'a bit of the signature',
      inSignature('/signature', (Number.parseInt(signature[0], 16) ^ 1).toString(16) + signature.slice(1)),
    ),
    lie('signature-by-other-key', 'signature', 'another key', inSignature('/publicKey', edwardsPublicKey(4))),
    lie(
      'signature-of-digest-alone',
      'signature',
      'a signature of the digest without the words before it',
      inSignature('/signature', signed(bytesToHex(digest))),
    ),
    lie(
      'signature-of-other-report',
      'signature',
      'a signature of another report',
      inSignature('/signature', signed(`Solvent report ${otherDigest}`)),
    ),
    lie(
      'signature-large-s',
      'signature',
      's with the order added',
      inSignature('/signature', signature.slice(0, 64) + large),
      ['lenient-reader'],
    ),
    {
      id: 'signature-small-order',
      code: 'P2 signature',
      comment: 'the neutral element as key and R, and s = 0: the equation holds for every report',
      edits: [inSignature('/publicKey', `01${'00'.repeat(31)}`), inSignature('/signature', `01${'00'.repeat(63)}`)],
      stale: true,
      flags: ['two-faults'],
    },
    {
      id: 'signature-of-report-before',
      code: 'P2 signature',
      comment: 'the report was changed after it was signed',
      edits: [inReport('/previousReport', otherDigest)],
      stale: true,
    },
  ];
  return lies;
}

/** @param {Files} files */
export function fileLies(files) {
  const stale = /** @type {const} */ (true);
  /** @type {ReportLie[]} */
  const lies = [
    {
      id: 'file-missing',
      code: 'P3 file-missing',
      comment: 'the wallet list is missing',
      edits: [missing(walletsFileName)],
      stale,
    },
    {
      id: 'proof-missing',
      code: 'P3 file-missing',
      comment: 'a proof is missing',
      edits: [missing(proofFileName(0))],
      stale,
    },
    {
      id: 'file-size',
      code: 'P3 file-size',
      comment: 'a byte after the wallet list',
      edits: [spliceText(walletsFileName, files[walletsFileName]?.length ?? 0, 0, '\n')],
      stale,
    },
    {
      id: 'file-digest',
      code: 'P3 file-digest',
      comment: 'a digit of an amount in the wallet list',
      edits: [
        spliceText(walletsFileName, String.fromCharCode(...(files[walletsFileName] ?? [])).indexOf(',0,'), 3, ',9,'),
      ],
      stale,
    },
    {
      id: 'balance-digest',
      code: 'P3 file-digest',
      comment: 'a digit of a balance',
      edits: [inReserves('/entries/0/units', '20500000000')],
      stale,
    },
    {
      id: 'file-unlisted',
      code: 'P3 file-unlisted',
      comment: 'a file that the report does not bind',
      caller: { unbound: ['notes.txt'] },
    },
    {
      id: 'proof-unlisted',
      code: 'P3 file-unlisted',
      comment: 'a proof that the report does not bind',
      caller: { unbound: ['proofs/segment-0001.bin'] },
    },
    {
      id: 'manifest-missing',
      code: 'P4 manifest-missing',
      comment: 'the report binds no manifest',
      edits: [missing(manifestFileName)],
    },
    {
      id: 'manifest-digest',
      code: 'P4 manifest-digest',
      comment: 'the report names another manifest',
      edits: [inReport('/manifest', otherDigest)],
    },
    {
      id: 'context-exchange',
      code: 'P4 context',
      comment: 'the report is of another exchange',
      edits: [inReport('/exchange', 'Example Exchange')],
    },
    {
      id: 'context-id',
      code: 'P4 context',
      comment: 'the report has another id',
      edits: [inReport('/reportId', '2026-03')],
    },
    {
      id: 'context-time',
      code: 'P4 context',
      comment: 'the report has another time',
      edits: [inReport('/snapshotTime', '2026-02-28T23:59:58Z')],
    },
    {
      id: 'context-first',
      code: 'P4 context',
      comment: 'the report is a first one, the liabilities follow others',
      edits: [inReport('/previousReport', null)],
    },
    {
      id: 'proof-changed',
      code: 'M5 proof-digest',
      comment: 'a byte of the proof: liabilities fail by their own steps',
      edits: [{ file: proofFileName(0), splice: -1, delete: 1, insert: '00' }],
    },
  ];
  return lies;
}
