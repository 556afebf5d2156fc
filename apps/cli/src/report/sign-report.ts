/** `report sign`: the exchange's signature, by a key file here or by whatever holds the key elsewhere (spec §14.5). */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { signatureFileName } from '@solvent/report-format/report';
import { encodeReportSignature, signedText } from '@solvent/report-format/report-signature';
import { verifySignature } from '@solvent/report-verifier/verify-signature';
import { readInputFile } from '../files/bounded-file.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError, SelfCheckError } from '../input-error.js';
import { readReport } from './read-report.js';

/** A key and its signature, 64 and 128 hexadecimal digits. */
export interface MadeSignature {
  readonly publicKey: string;
  readonly signature: string;
}

/** The text that must be signed for the report in a folder. */
export async function textToSign(folder: string): Promise<Uint8Array> {
  return signedText((await readReport(folder)).digest);
}

/** Signs with an Ed25519 key in PEM (PKCS #8). Throws an InputError for another file; the key is not told. */
export async function signWithKeyFile(text: Uint8Array, path: string): Promise<MadeSignature> {
  const key = await readKey(path);
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');
  return { publicKey: publicKey.toString('hex'), signature: sign(null, text, key).toString('hex') };
}

async function readKey(path: string): Promise<KeyObject> {
  const bytes = await readInputFile(path, 4096);
  try {
    const key = createPrivateKey(Buffer.from(bytes));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The reason could quote the key.
  } finally {
    bytes.fill(0);
  }
  throw new InputError(`${path}: expected an Ed25519 private key in PEM, without password`);
}

/** Writes the signature beside the report, when it is one. Never overwrites another. */
export async function addSignature(folder: string, made: MadeSignature): Promise<void> {
  const path = join(folder, signatureFileName);
  if (existsSync(path)) throw new InputError(`${path}: expected nothing there, got a signature (none is overwritten)`);
  const file = encodeReportSignature({ format: 'solvent-report-signature/1', ...made });
  const { digest } = await readReport(folder);
  const verdict = verifySignature(file, digest, {});
  if (!verdict.ok) throw new SelfCheckError(`${path}: ${verdict.step}, ${verdict.code}: ${verdict.detail}`);
  writeWholeFile(path, file, 0o644);
}
