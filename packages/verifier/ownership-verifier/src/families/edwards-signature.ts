/** Reads rows of chains with Ed25519 keys alone: the key, 64 bytes, and what they may be over (spec §16.1). */
import type { OwnershipClaim } from '../claim.js';
import { decodeBase64, decodeHex } from '../encodings/binary-text.js';
import { walletFormFirst } from '../schemes/form-order.js';
import { edwardsKey, type KeyedForm } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { type KeyedSignature, readKey } from './keyed-family.js';

/** What one chain must say. */
export interface EdwardsRules {
  /** The 32 bytes of a key as the chain writes it, beside hexadecimal. */
  decodeKey?(text: string): Uint8Array | undefined;
  /** The forms of such a key, for people. */
  readonly keyExpected: string;
  /** The 32 bytes of the key that the address is, if it is one. */
  readonly ofAddress?: Uint8Array | undefined;
  /** What the chain's wallets sign. */
  readonly forms: readonly KeyedForm[];
}

/** Step W5: signature and key of a row. */
export function readEdwards(
  { script, message }: OwnershipClaim,
  text: string,
  rules: EdwardsRules,
): KeyedSignature | OwnershipVerdict {
  const signature = decodeHex(text, 64) ?? decodeBase64(text, 64);
  if (signature === undefined) return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal or Base64');
  const decodeKey = (column: string) => {
    const bytes = decodeHex(column, 32) ?? rules.decodeKey?.(column);
    return bytes && edwardsKey(bytes);
  };
  const key = readKey(script, decodeKey, rules.keyExpected, rules.ofAddress && edwardsKey(rules.ofAddress));
  return 'verdict' in key ? key : { key, signature, forms: withRawForm(message, rules.forms) };
}

/** The forms of wallets and the raw published one, the likelier ones first. */
export function withRawForm(message: string, forms: readonly KeyedForm[]): readonly KeyedForm[] {
  const raw = rawEd25519Bytes(message);
  return walletFormFirst(message) ? [...forms, raw] : [raw, ...forms];
}
