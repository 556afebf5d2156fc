// What the lies about wallets change: texts of signatures, numbers of curves, bytes.
import { bytesToHex, concatBytes, hexToBytes } from '@solvent/commitment/bytes';

/** The order of secp256k1 (SEC 2, 2.4.1). */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** The order of the base point of Ed25519 (RFC 8032, 5.1). */
const edwardsOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/** @param {bigint} value */
const hex32 = (value) => value.toString(16).padStart(64, '0');

/** @param {string} text */
export const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));
/** @param {Uint8Array} bytes */
export const toBase64 = (bytes) => Buffer.from(bytes).toString('base64');

/**
 * R ‖ S ‖ V in hexadecimal with some of the three replaced.
 * @param {string} text
 * @param {{ r?: string, s?: string, v?: string }} parts
 */
function withParts(text, { r, s, v }) {
  const digits = text.replace(/^0x/, '');
  return `0x${r ?? digits.slice(0, 64)}${s ?? digits.slice(64, 128)}${v ?? digits.slice(128)}`;
}

/** @param {string} text with V of 27 or 28 */
const otherV = (text) => (text.endsWith('1b') ? '1c' : '1b');

/**
 * What anybody makes of an R ‖ S ‖ V, without the key.
 * @param {string} text
 */
export const rsvLies = (text) => ({
  truncated: text.slice(0, -4),
  lengthened: `${text}00`,
  'half-a-byte': text.slice(0, -1),
  'v-of-29': withParts(text, { v: '1d' }),
  'v-of-2': withParts(text, { v: '02' }),
  's-in-upper-half': withParts(text, {
    s: hex32(order - BigInt(`0x${text.replace(/^0x/, '').slice(64, 128)}`)),
    v: otherV(text),
  }),
  'r-of-0': withParts(text, { r: hex32(0n) }),
  's-of-0': withParts(text, { s: hex32(0n) }),
  'r-of-the-order': withParts(text, { r: hex32(order) }),
});

/**
 * The same R ‖ S ‖ V with the other recovery id: another key's.
 * @param {string} text
 */
export const withOtherParity = (text) => withParts(text, { v: otherV(text) });

/**
 * R ‖ S ‖ V with an R that is the x coordinate of no point: 5³ + 7 = 132 is no square.
 * @param {string} text
 */
export const withoutPoint = (text) => withParts(text, { r: hex32(5n) });

/**
 * A signature of Ed25519 with the order added to s: the same equation, another text.
 * @param {string} text in hexadecimal
 */
export function withLargeS(text) {
  const bytes = hexToBytes(text.replace(/^0x/, '').toLowerCase());
  const s = BigInt(`0x${bytesToHex(bytes.slice(32).reverse())}`) + edwardsOrder;
  return bytesToHex(concatBytes(bytes.subarray(0, 32), hexToBytes(hex32(s)).reverse()));
}

/**
 * A signed message of Bitcoin's family with its first byte changed.
 * @param {string} text in Base64
 * @param {(distance: number) => number} change of the byte's distance from 27
 */
export function withFirstByte(text, change) {
  const bytes = fromBase64(text);
  bytes[0] = 27 + change(bytes[0] - 27);
  return toBase64(bytes);
}

/**
 * The same signed message with s on the other half of the order: the same key made it.
 * @param {string} text in Base64
 */
export function withOtherHalf(text) {
  const bytes = fromBase64(text);
  const s = hexToBytes(hex32(order - BigInt(`0x${bytesToHex(bytes.subarray(33))}`)));
  return toBase64(concatBytes(Uint8Array.of(27 + ((bytes[0] - 27) ^ 1)), bytes.subarray(1, 33), s));
}

/**
 * A signature in DER with s on the other half of the order.
 * @param {string} text in hexadecimal
 */
export function withOtherHalfInDer(text) {
  const bytes = hexToBytes(text.toLowerCase());
  const rSize = bytes[3];
  const s = order - BigInt(`0x${bytesToHex(bytes.subarray(6 + rSize))}`);
  const digits = s.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const body = hexToBytes(even.startsWith('8') || /^[9a-f]/.test(even) ? `00${even}` : even);
  const parts = concatBytes(bytes.subarray(2, 4 + rSize), Uint8Array.of(2, body.length), body);
  return bytesToHex(concatBytes(Uint8Array.of(0x30, parts.length), parts)).toUpperCase();
}

/**
 * A text with its last letter replaced by another one of two.
 * @param {string} text
 * @param {string} one
 * @param {string} two
 */
export const withLastLetter = (text, one, two) => text.slice(0, -1) + (text.endsWith(one) ? two : one);

/**
 * Base64 with one byte replaced.
 * @param {string} text
 * @param {number} at from the start, or from the end where it is negative
 * @param {(byte: number) => number} change
 */
export function withByte(text, at, change) {
  const bytes = Buffer.from(text, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = change(bytes[index]);
  return bytes.toString('base64');
}

/**
 * A text with one of its letters replaced by another that stands in the same alphabets.
 * @param {string} text
 */
export const changedLetter = (text, at = 20) => text.slice(0, at) + (text[at] === 'a' ? 'c' : 'a') + text.slice(at + 1);

/**
 * 64 bytes in hexadecimal with s in the other half of the order of secp256k1.
 * @param {string} text
 */
export const withOtherS = (text) => text.slice(0, 64) + hex32(order - BigInt(`0x${text.slice(64)}`));
