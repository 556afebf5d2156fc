/** Accounts of Hedera: by number, by an address of the EVM, or by a key (HIP-32, HIP-583; spec §17.3). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { decodeBase32, decodeHex } from '../encodings/binary-text.js';
import { hasRightCases } from '../encodings/mixed-case.js';
import type { PublicKey } from '../schemes/public-key.js';
import { ethereumAccountOf, pointOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

export interface HederaAddress extends DecodedAddress {
  readonly kind: 'account by number' | 'EVM alias' | 'key alias';
}

/** What stands before a key in DER, in hexadecimal. */
const derHeads = { ed25519: '302a300506032b6570032100', secp256k1: '302d300706052b8104000a032200' } as const;
/** What stands before a key in the chain's protocol buffers: field and size, in hexadecimal. */
const fieldHeads = { ed25519: '1220', secp256k1: '3a21' } as const;
const keySizes = { ed25519: 32, secp256k1: 33 } as const;
type HederaCurve = keyof typeof keySizes;
const curves: readonly HederaCurve[] = ['ed25519', 'secp256k1'];

/** The address of a text, or why it is none. */
export function decodeHederaAddress(text: string): HederaAddress | OwnershipVerdict {
  if (/^0\.0\.(?:0|[1-9][0-9]{0,19})$/.test(text)) return { canonical: text, kind: 'account by number' };
  const evm = text.startsWith('0x') ? decodeHex(text, 20) : undefined;
  if (evm !== undefined) return addressOfEvm(evm, text);
  const alias = text.length > 160 ? undefined : /^0\.0\.([0-9a-zA-Z]+)$/.exec(text)?.[1];
  const key = alias && decodeAlias(alias);
  if (key) return hederaAddressOf(key);
  return failed('W3', 'address', 'expected 0.0. and a number or a key, or 0x and 40 digits');
}

/** An address of the EVM; one that begins with twelve bytes of zero is a number. */
function addressOfEvm(bytes: Uint8Array, text: string): HederaAddress | OwnershipVerdict {
  const digits = text.slice(2);
  if (!hasRightCases(digits)) {
    return failed('W3', 'address-checksum', 'digits of both cases, and the cases are not the checksum of EIP-55');
  }
  if (bytes.subarray(0, 12).some((byte) => byte !== 0))
    return { canonical: `0x${digits.toLowerCase()}`, kind: 'EVM alias' };
  return { canonical: `0.0.${BigInt(text)}`, kind: 'account by number' };
}

/** A key in DER and hexadecimal, or in the chain's protocol buffers and Base32. */
function decodeAlias(alias: string): PublicKey | undefined {
  const bytes = decodeBase32(alias);
  return decodeHederaKey(alias) ?? (bytes && keyOfDigits(bytesToHex(bytes), fieldHeads));
}

/** A key in hexadecimal, alone or in DER; undefined for other texts. */
export function decodeHederaKey(text: string): PublicKey | undefined {
  for (const curve of curves) {
    const bytes = decodeHex(text, keySizes[curve]);
    if (bytes !== undefined) return { curve, bytes };
  }
  return keyOfDigits(text.length > 100 ? '' : text.replace(/^0x/, '').toLowerCase(), derHeads);
}

function keyOfDigits(digits: string, heads: { readonly [C in HederaCurve]: string }): PublicKey | undefined {
  const curve = curves.find((name) => digits.startsWith(heads[name]));
  const rest = curve && digits.slice(heads[curve].length);
  if (!rest || rest.length !== 2 * keySizes[curve] || !/^[0-9a-f]+$/.test(rest)) return undefined;
  return { curve, bytes: hexToBytes(rest) };
}

/** The alias that a key makes: of secp256k1 the address of the EVM, of Ed25519 the key itself in DER. */
export function hederaAddressOf({ curve, bytes }: PublicKey): HederaAddress {
  if (curve === 'ed25519') return { canonical: `0.0.${derHeads.ed25519}${bytesToHex(bytes)}`, kind: 'key alias' };
  const point = pointOf(bytes);
  // A key that is no point opens nothing; its own digits are then its only spelling.
  if (point === undefined) return { canonical: `0.0.${derHeads.secp256k1}${bytesToHex(bytes)}`, kind: 'key alias' };
  return { canonical: `0x${bytesToHex(ethereumAccountOf(point))}`, kind: 'EVM alias' };
}
