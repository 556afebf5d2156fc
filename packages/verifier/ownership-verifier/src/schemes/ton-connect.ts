/** What TON Connect's wallets sign: `ton_proof` and the text of `signData` (TON Connect protocol; spec §13.10). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64, decodeHex } from '../encodings/binary-text.js';
import type { SignedBytes } from './ed25519.js';

/** The wallet for which something is signed. */
export interface TonSigner {
  readonly workchain: number;
  readonly hash: Uint8Array;
}

/** Bytes that are signed, and whether wallets keep them from whom they ask. */
export interface TonSignedBytes extends SignedBytes {
  readonly isUnseen?: true;
}

/** A signature of the row, and the bytes that it is over; undefined where the text has no known form. */
export function decodeTonSignature(
  text: string,
  message: string,
  signer: TonSigner,
  rawBytes: SignedBytes,
): { readonly signature: Uint8Array; readonly signed: TonSignedBytes } | undefined {
  const fields = text.split('|');
  const signature = decodeSignatureBytes(fields[fields.length - 1]);
  const signed = fields.length === 1 ? rawBytes : wrappedBytes(fields, message, signer);
  return signature === undefined || signed === undefined ? undefined : { signature, signed };
}

function decodeSignatureBytes(text: string): Uint8Array | undefined {
  return decodeHex(text, 64) ?? decodeBase64(text, 64);
}

/** The bytes of `ton_proof|domain|timestamp|signature` or `ton_sign_data|domain|timestamp|signature`. */
function wrappedBytes(fields: readonly string[], message: string, signer: TonSigner): TonSignedBytes | undefined {
  if (fields.length !== 4) return undefined;
  const [form, domain, timestamp] = fields;
  if (!/^[\x21-\x7b\x7d\x7e]{1,253}$/.test(domain) || !/^(0|[1-9]\d{0,14})$/.test(timestamp)) return undefined;
  const parts = { domain: utf8ToBytes(domain), timestamp: BigInt(timestamp), payload: utf8ToBytes(message), signer };
  // Wallets show the domain and not the payload: whoever connects one to a page may have signed a challenge.
  if (form === 'ton_proof') return { scheme: `ton_proof for ${domain}`, bytes: proofDigest(parts), isUnseen: true };
  if (form === 'ton_sign_data') return { scheme: 'TON Connect text', bytes: textDigest(parts) };
  return undefined;
}

interface Parts {
  readonly domain: Uint8Array;
  /** Seconds since 1970. */
  readonly timestamp: bigint;
  readonly payload: Uint8Array;
  readonly signer: TonSigner;
}

function proofDigest({ domain, timestamp, payload, signer }: Parts): Uint8Array {
  const message = concatBytes(
    utf8ToBytes('ton-proof-item-v2/'),
    bigEndian(BigInt(signer.workchain), 4),
    signer.hash,
    bigEndian(BigInt(domain.length), 4).reverse(),
    domain,
    bigEndian(timestamp, 8).reverse(),
    payload,
  );
  return sha256(concatBytes(Uint8Array.of(0xff, 0xff), utf8ToBytes('ton-connect'), sha256(message)));
}

function textDigest({ domain, timestamp, payload, signer }: Parts): Uint8Array {
  return sha256(
    concatBytes(
      Uint8Array.of(0xff, 0xff),
      utf8ToBytes('ton-connect/sign-data/'),
      bigEndian(BigInt(signer.workchain), 4),
      signer.hash,
      bigEndian(BigInt(domain.length), 4),
      domain,
      bigEndian(timestamp, 8),
      utf8ToBytes('txt'),
      bigEndian(BigInt(payload.length), 4),
      payload,
    ),
  );
}

function bigEndian(value: bigint, sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, index) =>
    Number((value >> BigInt(8 * (sizeBytes - 1 - index))) & 255n),
  );
}
