/** Files of secret keys, for rehearsals: which keys sign for which address. Their contents are never printed. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import { familyOf } from '@solvent/ownership-verifier/families';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { readInputText } from '../../files/bounded-file.js';
import { InputError } from '../../input-error.js';

/** The member `format` of a key file. */
export const keyFileFormat = 'solvent-wallet-keys/1';
const maxKeyFileSize = 2 ** 24;

/** The keys that sign for an address, in the order of the signatures; by network id and canonical address. */
export type WalletKeys = ReadonlyMap<string, readonly Uint8Array[]>;

/** The key of `WalletKeys` for an address. */
export function walletKeyName(network: string, canonicalAddress: string): string {
  return `${network} ${canonicalAddress}`;
}

/** Reads a key file. Errors name the entry and never quote it. */
export async function readKeyFile(path: string): Promise<WalletKeys> {
  const expected = `{"format":"${keyFileFormat}","wallets":[{"network","address","secretKeys"}]}`;
  const file = parseJson(await readInputText(path, maxKeyFileSize));
  if (file?.format !== keyFileFormat || !Array.isArray(file.wallets)) {
    throw new InputError(`${path}: expected ${expected}, got something else`);
  }
  const keys = new Map<string, readonly Uint8Array[]>();
  for (const [i, entry] of file.wallets.entries()) {
    const where = `${path}, wallets[${i}]`;
    const name = entryName(entry, where);
    if (keys.has(name)) throw new InputError(`${where}: expected each address once, got one again`);
    keys.set(name, secretKeys(entry, where));
  }
  return keys;
}

// Undefined for what is no JSON object; the engine's message could quote a key.
function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function entryName(entry: unknown, where: string): string {
  const { network: id, address } = (entry ?? {}) as Record<string, unknown>;
  const network = typeof id === 'string' ? findNetwork(id) : undefined;
  if (network === undefined) throw new InputError(`${where}.network: expected a known network`);
  const decoded = typeof address === 'string' ? familyOf(network).decodeAddress(address, network) : undefined;
  if (decoded === undefined || isVerdict(decoded)) {
    throw new InputError(`${where}.address: expected an address of ${network.id}`);
  }
  return walletKeyName(network.id, decoded.canonical);
}

function secretKeys(entry: unknown, where: string): readonly Uint8Array[] {
  const { secretKeys: texts } = entry as Record<string, unknown>;
  const isKey = (text: unknown) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
  if (Array.isArray(texts) && texts.length > 0 && texts.every(isKey)) return texts.map((text) => hexToBytes(text));
  throw new InputError(`${where}.secretKeys: expected texts of 64 lower-case hexadecimal digits`);
}
