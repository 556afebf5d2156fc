// Lies about rows of VeChain (spec §15.12).
import { format, mismatch } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function vechainLies(find) {
  const base = 'certificate';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  /** @param {string} from @param {string} to */
  const changed = (from, to) => ({ signatures: [text.replace(from, to)] });
  return [
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's certificate", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['other-purpose', base, mismatch, 'another purpose', changed('agreement', 'identification')],
    ['other-domain', base, mismatch, 'another domain', changed('exchange.example', 'elsewhere.example')],
    ['other-time', base, mismatch, 'another time', changed('1764000000', '1764000001')],
    ['unknown-purpose', base, format, 'a purpose that is none', changed('agreement', 'greeting')],
    ['no-domain', base, format, 'an empty domain', changed('exchange.example', '')],
    ['leading-zero', base, format, 'a time with a leading zero', changed('1764', '01764')],
    ['truncated', base, format, 'the last two bytes are missing', { signatures: [text.slice(0, -4)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    [
      'without-fields',
      base,
      mismatch,
      'the signature without the certificate',
      { signatures: [text.slice(text.lastIndexOf('|') + 1)] },
    ],
    ['raw-other-message', 'raw-ecdsa', mismatch, 'another message', { message: 'another' }],
    ['owner', base, format, 'an owner beside a certificate', { owners: [address] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-certificates', base, 'failed W5 signature-count', 'the certificate twice', { signatures: [text, text] }],
  ];
}
