/** Shapes that the forms of evidence share (spec §13.15). */
import { hexToBytes } from '@noble/hashes/utils.js';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import * as z from 'zod/mini';

const lowerHex = /^0x[0-9a-f]+$/;

/** Bytes as `0x` and lower-case digits: `sizeMin` to `sizeMax` of them. */
export function bytesField(sizeMin: number, sizeMax: number) {
  // One function for length and digits, since a pattern alone would be run on texts that are far too long.
  const isBytes = (text: unknown) =>
    typeof text === 'string' &&
    text.length % 2 === 0 &&
    text.length >= 2 + 2 * sizeMin &&
    text.length <= 2 + 2 * sizeMax &&
    lowerHex.test(text);
  return z.custom<string>(isBytes, `expected ${sizeMin} to ${sizeMax} bytes as 0x and lower-case digits`);
}

/** 32 bytes. */
export const hashField = bytesField(32, 32);

/** The nodes of a Merkle-Patricia proof, from the root down. A key has 64 nibbles, and a branch is 533 bytes. */
export const trieProofField = z.array(bytesField(1, 1024)).check(z.minLength(1), z.maxLength(65));

/** The bytes of a text that a field has let through. */
export function bytesOf(text: string): Uint8Array {
  return hexToBytes(text.slice(2));
}

/** The first fault of a value against a shape, for people. */
export function firstFault(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  // A message can quote names from the value.
  return `at ${quoteExcerpt(issue.path.map(String).join('.') || 'the top')}: ${quoteExcerpt(issue.message)}`;
}
