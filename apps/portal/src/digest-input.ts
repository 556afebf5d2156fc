/** Digests and keys as people paste them. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { parseAnchor } from '@solvent/report-format/anchor';

/** What a field holds: nothing, 64 digits, or text that is neither. */
export type HexInput = { readonly kind: 'empty' | 'wrong' } | { readonly kind: 'digest'; readonly hex: string };

/** A digest, spaces and line breaks between its groups left out; never a part of one. */
export function readDigest(text: string): HexInput {
  const plain = text.replace(/\s+/g, '').toLowerCase();
  if (plain === '') return { kind: 'empty' };
  return /^[0-9a-f]{64}$/.test(plain) ? { kind: 'digest', hex: plain } : { kind: 'wrong' };
}

/** The digest of a report in any form of an anchor (spec §14.7). */
export function readAnchor(text: string): HexInput {
  const plain = readDigest(text);
  if (plain.kind !== 'wrong') return plain;
  const anchor = parseAnchor(text);
  return anchor === undefined ? plain : { kind: 'digest', hex: bytesToHex(anchor) };
}

/** Eight groups of eight digits, which eyes can compare. */
export function digestGroups(hex: string): string[] {
  return hex.match(/.{1,8}/g) ?? [];
}
