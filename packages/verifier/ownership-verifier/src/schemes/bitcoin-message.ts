/** Signed messages of Bitcoin's family: 65 bytes in Base64 from which the key is recovered (BIP-137; spec §13.6). */
import { concatBytes } from '@noble/hashes/utils.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { varText } from '../encodings/var-text.js';
import { doubleSha256 } from './bitcoin-hashes.js';
import type { RecoverableSignature } from './raw-ecdsa.js';

/** What stands for a key in an address: how the key is written and hashed. */
export type KeyForm = 'uncompressed P2PKH' | 'P2PKH' | 'P2SH-P2WPKH' | 'P2WPKH';

export interface BitcoinMessageSignature extends RecoverableSignature {
  /** The forms of address that the first byte allows. */
  readonly forms: readonly KeyForm[];
}

const firstByteMin = 27;

/** Forms by groups of four first bytes. BIP-137 keeps 31 … 34 for P2PKH; many wallets write them for segwit too. */
const formsByGroup: readonly (readonly KeyForm[])[] = [
  ['uncompressed P2PKH'],
  ['P2PKH', 'P2SH-P2WPKH', 'P2WPKH'],
  ['P2SH-P2WPKH'],
  ['P2WPKH'],
];

/** The digest that is signed, 32 bytes: double SHA-256 of header and message, each after its length. */
export function bitcoinMessageDigest(header: string, message: string): Uint8Array {
  return doubleSha256(concatBytes(varText(header), varText(message)));
}

/** Canonical Base64 of a first byte 27 … 42 and r ‖ s; undefined where the text is none. */
export function decodeBitcoinMessageSignature(text: string): BitcoinMessageSignature | undefined {
  const bytes = decodeBase64(text, 65);
  if (bytes === undefined) return undefined;
  const code = bytes[0] - firstByteMin;
  const forms = formsByGroup[Math.floor(code / 4)];
  return forms === undefined ? undefined : { rs: bytes.subarray(1), recoveryId: code % 4, forms };
}
