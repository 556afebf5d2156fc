/** Messages as NEAR's wallets sign them (NEP-413; spec §16.5). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { uint32 } from '../encodings/little-endian.js';
import type { KeyedForm } from './public-key.js';

/** 2^31 + 413, which no transaction begins with. */
const tag = 2 ** 31 + 413;

/** A wallet's answer taken apart: the text of its signature, and what it is over. */
export interface NearAnswer {
  readonly signature: string;
  readonly form: KeyedForm;
}

/** `nep413|recipient|nonce|callback|signature` with the nonce, 32 bytes, in Base64, and a callback that may be empty;
 * undefined for other texts. */
export function decodeNearAnswer(text: string, message: string): NearAnswer | undefined {
  const [form, recipient, nonceText, callback, signature, ...others] = text.split('|');
  const isLabel = (value: string | undefined, sizeMin: number) =>
    value !== undefined && value.length >= sizeMin && /^[!-~]{0,256}$/.test(value);
  const nonce = nonceText === undefined ? undefined : decodeBase64(nonceText, 32);
  if (form !== 'nep413' || signature === undefined || others.length > 0) return undefined;
  if (nonce === undefined || !isLabel(recipient, 1) || !isLabel(callback, 0)) return undefined;
  return { signature, form: nearForm(message, recipient, nonce, callback === '' ? undefined : callback) };
}

/** SHA-256 of the tag and of the payload in borsh: message, nonce, recipient, and perhaps a callback. */
function nearForm(message: string, recipient: string, nonce: Uint8Array, callback?: string): KeyedForm {
  const last = callback === undefined ? Uint8Array.of(0) : concatBytes(Uint8Array.of(1), borshText(callback));
  const payload = concatBytes(uint32(tag), borshText(message), nonce, borshText(recipient), last);
  return { scheme: 'NEAR message (NEP-413)', bytes: sha256(payload) };
}

/** Text in UTF-8 after its size. */
function borshText(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  return concatBytes(uint32(bytes.length), bytes);
}
