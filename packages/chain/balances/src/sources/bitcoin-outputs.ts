/** Addresses of Bitcoin's family as output scripts, which all nodes and indexers of a chain write alike. */
import { createHash } from 'node:crypto';
import { type BitcoinAddressKind, decodeBitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import { countField } from './fields.js';

/** What stands before and after the hash in the script that pays to an address: lengths and opcodes. */
const scriptParts: Record<BitcoinAddressKind, readonly [before: string, after: string]> = {
  P2PKH: ['76a914', '88ac'],
  P2SH: ['a914', '87'],
  P2WPKH: ['0014', ''],
  P2WSH: ['0020', ''],
  P2TR: ['5120', ''],
};

/**
 * The script that pays to an address, in lower-case hexadecimal digits.
 *
 * @throws RangeError for what is no address of the network
 */
export function outputScript(address: string, network: BitcoinNetwork): string {
  const decoded = decodeBitcoinAddress(address, network);
  if (isVerdict(decoded)) throw new RangeError(`address ${address}: ${decoded.detail}`);
  const [before, after] = scriptParts[decoded.kind];
  return `${before}${Buffer.from(decoded.hash).toString('hex')}${after}`;
}

/** SHA-256 of a script, as indexers name it: 64 hexadecimal digits. */
export function scriptHash(script: string): string {
  return createHash('sha256').update(script, 'hex').digest('hex');
}

/** A block's or transaction's hash. */
export const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));
/** An amount in the smallest units; beyond 2^53 it is the text of its digits. */
export const satoshiField = z.union([countField, z.string().check(z.regex(/^[0-9]{1,24}$/, 'expected an integer'))]);
