/** ECDSA signatures of EVM accounts, R ‖ S ‖ V, and the accounts that made them (spec §13.7). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import type { CurvePoint } from './raw-ecdsa.js';
import { ethereumAccountOf } from './secp256k1-key.js';
import type { SignedDigest } from './signed-digest.js';

const { Point } = secp256k1;
const scalars = Point.Fn;

/** A signature in its format: r and s below the order and not 0, s in the lower half. */
export interface EvmSignature {
  readonly r: bigint;
  readonly s: bigint;
  /** Whether the y coordinate of the point with x = r is odd. */
  readonly oddY: boolean;
}

/** Bytes of one signature. */
const signatureSize = 65;
/** Most signatures in one text, as multisig contracts join them. */
export const maxJoinedSignatures = 64;
const hexText = /^(?:0x)?([0-9a-fA-F]+)$/;
// A wrapper for contracts that are not deployed yet (ERC-6492) ends with these 32 bytes.
const undeployedSuffix = '6492'.repeat(16);

/** The signatures in a text: one, or up to `maxCount` that are joined; or the verdict that they are in no format. */
export function decodeEvmSignatures(text: string, maxCount: number): readonly EvmSignature[] | OwnershipVerdict {
  const digits = text.length > 2 * signatureSize * maxJoinedSignatures + 2 ? undefined : hexText.exec(text)?.[1];
  if (digits?.length === 128) return unsupported('W5', 'signature-form', 'a signature of 64 bytes (EIP-2098)');
  if (digits?.endsWith(undeployedSuffix)) {
    return unsupported('W5', 'signature-form', 'a signature of a contract that is not deployed yet (ERC-6492)');
  }
  const count = (digits?.length ?? 0) / (2 * signatureSize);
  if (digits === undefined || !Number.isInteger(count) || count > maxCount) {
    return failed('W5', 'signature-format', `expected ${signatureSize} bytes in hexadecimal, R, S and V`);
  }
  const signatures: EvmSignature[] = [];
  for (let start = 0; start < digits.length; start += 2 * signatureSize) {
    const signature = parseSignature(hexToBytes(digits.slice(start, start + 2 * signatureSize)));
    if ('verdict' in signature) return signature;
    signatures.push(signature);
  }
  return signatures;
}

function parseSignature(bytes: Uint8Array): EvmSignature | OwnershipVerdict {
  const [r, s] = [bytes.subarray(0, 32), bytes.subarray(32, 64)].map((half) => BigInt(`0x${bytesToHex(half)}`));
  const v = bytes[64];
  if (![0, 1, 27, 28].includes(v)) return failed('W5', 'signature-format', `expected V of 0, 1, 27 or 28, found ${v}`);
  if (r === 0n || s === 0n || r >= scalars.ORDER || s >= scalars.ORDER) {
    return failed('W5', 'signature-format', 'expected R and S from 1 to the order of the curve less 1');
  }
  // EIP-2: of (r, s) and (r, n − s) the chain takes the one with the smaller s in transactions, so that nobody without
  // the key can make a second signature from a first.
  if (s > scalars.ORDER / 2n) return failed('W5', 'signature-format', 'S is in the upper half (EIP-2)');
  return { r, s, oddY: v % 27 === 1 };
}

/** What was found about a signature: who made it and of which form, or who would have, in each form. */
export type Recovered =
  | { readonly ok: true; readonly scheme: string; readonly account: string }
  | { readonly ok: false; readonly accounts: readonly string[] };

/**
 * The first of the digests for which the signature's maker is accepted. Accounts are `0x` and 40 lower-case digits. Key
 * recovery is that of SEC 1 §4.1.6, Q = (s R − z G) / r: the multiple of R is the same for all digests and costs most,
 * so trying several costs little more than trying one.
 */
export function recoverEvmSigner(
  signature: EvmSignature,
  digests: readonly SignedDigest[],
  accepts: (account: string) => boolean,
): Recovered {
  const point = pointOfX(signature.r, signature.oddY);
  if (point === undefined) return { ok: false, accounts: [] };
  const inverse = scalars.inv(signature.r);
  const shared = point.multiplyUnsafe(scalars.mul(signature.s, inverse));
  const accounts: string[] = [];
  for (const { scheme, digest } of digests) {
    const z = scalars.create(BigInt(`0x${bytesToHex(digest())}`));
    const key = shared.add(Point.BASE.multiplyUnsafe(scalars.neg(scalars.mul(z, inverse))));
    if (key.is0()) continue;
    const account = accountOfKey(key);
    if (accepts(account)) return { ok: true, scheme, account };
    accounts.push(account);
  }
  return { ok: false, accounts };
}

function accountOfKey(key: CurvePoint): string {
  return `0x${bytesToHex(ethereumAccountOf(key))}`;
}

function pointOfX(x: bigint, oddY: boolean): CurvePoint | undefined {
  try {
    return Point.fromHex((oddY ? '03' : '02') + x.toString(16).padStart(64, '0'));
  } catch {
    return undefined;
  }
}
