/** The exchange's signature of a report (spec §14.5). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { hexToBytes } from '@solvent/commitment/bytes';
import { signatureFileName } from '@solvent/report-format/report';
import { decodeReportSignature, signedText } from '@solvent/report-format/report-signature';
import { type Rejection, reject } from '@solvent/stark/verdict';

/** Whose signature a caller wants to see. */
export interface SignatureOptions {
  /** The exchange's Ed25519 public key, 64 lower-case hexadecimal digits, from elsewhere; undefined: any or none. */
  readonly exchangeKey?: string;
}

/** A signature that holds, or none where none is asked for. */
export interface VerifiedSignature {
  readonly ok: true;
  readonly publicKey: string | undefined;
}

/** Step P2: the bytes of the signature file, or undefined where there is none. Never throws because of the bytes. */
export function verifySignature(
  bytes: Uint8Array | undefined,
  digest: Uint8Array,
  { exchangeKey }: SignatureOptions,
): VerifiedSignature | Rejection {
  if (bytes === undefined) {
    if (exchangeKey === undefined) return { ok: true, publicKey: undefined };
    return reject('P2', 'signature-missing', `expected the file ${signatureFileName}`);
  }
  const decoded = decodeReportSignature(bytes);
  if (!decoded.ok) return reject('P2', 'signature-encoding', decoded.fault);
  const { publicKey, signature } = decoded.value;
  if (exchangeKey !== undefined && publicKey !== exchangeKey) {
    return reject('P2', 'signature-key', `expected the key ${exchangeKey}, found ${publicKey}`);
  }
  if (!isSignature(hexToBytes(signature), signedText(digest), hexToBytes(publicKey))) {
    return reject('P2', 'signature', 'the signature is not one of this report by this key');
  }
  return { ok: true, publicKey };
}

// Strict: the equation of RFC 8032 with canonical encodings, and no key of small order, under which anything is signed.
function isSignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return (
      !ed25519.Point.fromBytes(publicKey).isSmallOrder() &&
      ed25519.verify(signature, message, publicKey, { zip215: false })
    );
  } catch {
    return false;
  }
}
