/** One account holder's file. */
import { randomBytes } from 'node:crypto';
import { linkSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { accountTag } from '@solvent/stark/account-tag';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import type { HolderStore } from '@solvent/stark-prover/holder-store';
import { partialPrefix, writeNewFile } from '../files/partial-folder.js';
import { InputError, systemErrorCode } from '../input-error.js';
import { inclusionFileEnding } from '../verify/find-artefacts.js';

/** The account's tag in hexadecimal: what stands for its id in file names, which ids never do. */
export function tagName({ accountId, nonce }: StoredAccount): string {
  return bytesToHex(accountTag(accountId, nonce));
}

/**
 * Writes the file of one account, readable by its owner alone, and gives its path.
 *
 * @throws InputError for an id that is not in the report, and when there is a file already
 */
export async function writeOneFile(store: HolderStore, accountId: string, out: string | undefined): Promise<string> {
  const account = await store.findAccount(accountId);
  if (account === undefined) {
    throw new InputError(`--account: expected the id of an account in the report, got ${quoteExcerpt(accountId)}`);
  }
  const path = out ?? `${tagName(account).slice(0, 16)}${inclusionFileEnding}`;
  const bytes = encodeInclusionFile(await store.inclusionFile(account));
  writeWhole(path, bytes);
  return path;
}

// A link appears at once, and never in the place of another file.
function writeWhole(path: string, bytes: Uint8Array): void {
  const partial = join(dirname(path), `${partialPrefix}${randomBytes(8).toString('hex')}`);
  try {
    writeNewFile(partial, bytes, 0o600);
    linkSync(partial, path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') throw new InputError(`${path}: expected nothing there, got a file (none is overwritten)`);
    if (code !== undefined) throw new InputError(`${path}: expected a place for a file, got ${code}`);
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}
