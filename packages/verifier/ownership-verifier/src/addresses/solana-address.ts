/** Addresses of Solana: 32 bytes in Base58, a key or what a program derives (spec §13.9). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase58, sameBytes } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { type SolanaMint, solanaMints, tokenPrograms } from './solana-mints.js';

const associatedTokenProgram = base58.decode('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');
const derivedMark = utf8ToBytes('ProgramDerivedAddress');

export interface SolanaAddress extends DecodedAddress {
  readonly bytes: Uint8Array;
}

/** The address of a text, or why it is none. */
export function decodeSolanaAddress(text: string): SolanaAddress | OwnershipVerdict {
  const bytes = decodeBase58(text, 32);
  if (bytes === undefined) return failed('W3', 'address', 'expected 32 bytes in Base58');
  return { canonical: text, kind: 'account', bytes };
}

/** Whether the bytes decompress to a point in the way of the chain, which also takes y that is not reduced. An address
 * that does not is one that a program derived: no key belongs to it. */
export function isOnCurve(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}

/** The mint of which the address is the owner's associated token account, among the mints that the table knows. */
export function findAssociatedMint(address: Uint8Array, owner: Uint8Array): SolanaMint | undefined {
  return solanaMints.find(({ mint, program }) =>
    isDerivedFrom(address, [owner, base58.decode(program), base58.decode(mint)], associatedTokenProgram),
  );
}

/** The associated token accounts of an owner for a mint, one for each token program; both texts are 32 bytes in Base58. */
export function associatedTokenAddresses(owner: string, mint: string): string[] {
  const [ownerBytes, mintBytes] = [base58.decode(owner), base58.decode(mint)];
  return tokenPrograms.flatMap((program) => {
    const derived = deriveAddress([ownerBytes, base58.decode(program), mintBytes], associatedTokenProgram);
    return derived === undefined ? [] : [base58.encode(derived)];
  });
}

function isDerivedFrom(address: Uint8Array, seeds: readonly Uint8Array[], program: Uint8Array): boolean {
  const derived = deriveAddress(seeds, program);
  return derived !== undefined && sameBytes(derived, address);
}

/** What the program derives from the seeds with the first bump, from 255 down, that leaves the curve. */
function deriveAddress(seeds: readonly Uint8Array[], program: Uint8Array): Uint8Array | undefined {
  for (let bump = 255; bump >= 0; bump--) {
    const derived = sha256(concatBytes(...seeds, Uint8Array.of(bump), program, derivedMark));
    if (!isOnCurve(derived)) return derived;
  }
  return undefined;
}
