/** Options that all commands on whole reports share. */
import type { TrustedBlock } from '@solvent/ownership-verifier/claim';
import { parseAnchor } from '@solvent/report-format/anchor';
import { parsePercent, type Ratio } from '@solvent/report-format/fraction';
import { findNetwork } from '@solvent/report-format/networks/networks';
import type { FullReportOptions } from '@solvent/report-verifier/verify-full-report';
import { InvalidArgumentError } from 'commander';
import type { Runtime } from '../runtime.js';
import { verifyRowsOnAllCores } from './verify-rows-on-all-cores.js';

/** What a caller can say on the command line of what they accept and know. */
export interface FullReportFlags {
  readonly anchor?: Uint8Array;
  readonly minRatio?: Ratio;
  readonly exchangeKey?: string;
  readonly fixedMessage?: string;
  readonly trustBlock?: readonly TrustedBlock[];
}

/** The same for the verifier. */
export function fullReportOptions(flags: FullReportFlags, { terminal, verifyRows }: Runtime): FullReportOptions {
  const { anchor, minRatio, exchangeKey, fixedMessage, trustBlock } = flags;
  return {
    ...(anchor && { anchor }),
    ...(minRatio && { minRatio }),
    ...(exchangeKey !== undefined && { exchangeKey }),
    ...(fixedMessage !== undefined && { fixedMessage }),
    ...(trustBlock && { trustedBlocks: trustBlock }),
    verifyRows: (rows, context) => verifyRowsOnAllCores(rows, context, verifyRows, terminal),
  };
}

/** The digest of an anchor, 32 bytes. */
export function parseAnchorOption(text: string): Uint8Array {
  const digest = parseAnchor(text);
  if (digest !== undefined) return digest;
  throw new InvalidArgumentError('Expected an anchor, or all 64 hexadecimal digits: a shorter form proves nothing.');
}

/** A ratio from a percentage. */
export function parseRatioOption(text: string): Ratio {
  try {
    return parsePercent(text);
  } catch {
    throw new InvalidArgumentError('Expected a percentage such as 100 or 102.5.');
  }
}

/** An Ed25519 public key. */
export function parseKeyOption(text: string): string {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Expected 64 hexadecimal digits.');
}

/** One more block that evidence may be of. */
export function collectTrustedBlock(text: string, earlier: readonly TrustedBlock[] = []): TrustedBlock[] {
  const [, name, hash] = /^([^=]+)=([!-~]{1,128})$/.exec(text) ?? [];
  const network = name === undefined ? undefined : findNetwork(name);
  if (network === undefined) throw new InvalidArgumentError('Expected NETWORK=HASH, such as ethereum=0x….');
  return [...earlier, { network: network.id, hash }];
}
