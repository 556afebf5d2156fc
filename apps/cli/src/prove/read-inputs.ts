/** The operator's files. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { type Asset, parseAssetsJson } from '@solvent/report-format/assets';
import {
  decodeManifest,
  type Manifest,
  manifestDigest,
  manifestFileName,
  maxManifestSize,
} from '@solvent/report-format/manifest';
import { readInputFile, readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** Most bytes of an asset list: 4,096 assets, generously spaced. */
const maxAssetsFileSize = 2 ** 22;

/** What a file says, and the SHA-256 of its bytes in hexadecimal. */
export type Digested<Value> = Value & { readonly digest: string };

/** The sorted assets of `assets.json`. Throws an InputError that names the file, the position and the field. */
export async function readAssets(path: string): Promise<Digested<{ readonly assets: Asset[] }>> {
  const text = await readInputText(path, maxAssetsFileSize);
  try {
    return { assets: parseAssetsJson(text), digest: createHash('sha256').update(text, 'utf8').digest('hex') };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}

/** A report that another one follows. */
export interface PreviousReport {
  readonly manifest: Manifest;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

/** The previous report's manifest in its public folder. Throws an InputError when it is not one in canonical form. */
export async function readPreviousReport(publicFolder: string): Promise<PreviousReport> {
  const path = join(publicFolder, manifestFileName);
  const bytes = await readInputFile(path, maxManifestSize);
  const decoded = decodeManifest(bytes);
  if (!decoded.ok)
    throw new InputError(`${path}: expected the manifest of a report, got a file that is ${decoded.fault}`);
  return { manifest: decoded.value, digest: bytesToHex(manifestDigest(bytes)) };
}
