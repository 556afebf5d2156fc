/** The scripts that the verifier understands: m-of-n CHECKMULTISIG, and scripts that only push (spec §13.6). */
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { pointOf } from './secp256k1-key.js';

/** A script that m of n different keys satisfy, in the order of the keys. */
export interface MultisigScript {
  readonly threshold: number;
  /** The keys, each in 33 bytes however the script writes it, in the order of the script, no two the same. */
  readonly keys: readonly Uint8Array[];
  /** Whether all keys are written in 33 bytes, as segwit asks. */
  readonly compressed: boolean;
}

const OP_1 = 0x51;
const OP_16 = 0x60;
const OP_PUSHDATA1 = 0x4c;
const OP_PUSHDATA2 = 0x4d;
const OP_CHECKMULTISIG = 0xae;

/** Whether a script ends as a multisig script does. */
export function endsAsMultisig(script: Uint8Array): boolean {
  return script[script.length - 1] === OP_CHECKMULTISIG;
}

/**
 * `OP_m key … key OP_n OP_CHECKMULTISIG` and nothing else, with 1 ≤ m ≤ n ≤ 16 and no key twice; undefined where a script
 * is anything else.
 */
export function parseMultisig(script: Uint8Array): MultisigScript | undefined {
  const threshold = smallNumber(script[0]);
  const count = smallNumber(script[script.length - 2]);
  if (threshold === undefined || count === undefined || !endsAsMultisig(script) || threshold > count) return undefined;
  const pushes = parsePushes(script.subarray(1, -2));
  if (pushes?.length !== count) return undefined;
  const keys = pushes.map(shortKey);
  if (!keys.every((key) => key !== undefined)) return undefined;
  if (new Set(keys.map((key) => bytesToHex(key))).size !== count) return undefined;
  return { threshold, keys, compressed: pushes.every((bytes) => bytes.length === 33) };
}

/** A key in 33 bytes; undefined where bytes cannot be a key. No signature is by a key of 33 bytes off the curve, so only
 * a key of 65 bytes is decoded: it must not pass for one on the curve with the same x. */
function shortKey(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 33) return bytes[0] === 2 || bytes[0] === 3 ? bytes : undefined;
  return bytes.length === 65 ? pointOf(bytes)?.toBytes(true) : undefined;
}

function smallNumber(code: number | undefined): number | undefined {
  return code !== undefined && code >= OP_1 && code <= OP_16 ? code - OP_1 + 1 : undefined;
}

/** What a script pushes, if it only pushes bytes and each in the shortest form that stays bytes; else undefined. */
export function parsePushes(script: Uint8Array): Uint8Array[] | undefined {
  const pushes: Uint8Array[] = [];
  let at = 0;
  while (at < script.length) {
    const push = pushAt(script, at);
    if (push === undefined || push.end > script.length) return undefined;
    pushes.push(script.subarray(push.start, push.end));
    at = push.end;
  }
  return pushes;
}

/** Start and end of what is pushed at an offset; undefined for other codes and for lengths written too long. */
function pushAt(script: Uint8Array, at: number): { start: number; end: number } | undefined {
  const code = script[at];
  if (code < OP_PUSHDATA1) return { start: at + 1, end: at + 1 + code };
  if (code === OP_PUSHDATA1 && script[at + 1] >= OP_PUSHDATA1) return { start: at + 2, end: at + 2 + script[at + 1] };
  const length = script[at + 1] + 256 * script[at + 2];
  return code === OP_PUSHDATA2 && length >= 256 ? { start: at + 3, end: at + 3 + length } : undefined;
}

/** The scripts that addresses stand for, by kind. */
export const lockingScripts = {
  P2PKH: (hash: Uint8Array) => concatBytes(Uint8Array.of(0x76, 0xa9, 20), hash, Uint8Array.of(0x88, 0xac)),
  P2SH: (hash: Uint8Array) => concatBytes(Uint8Array.of(0xa9, 20), hash, Uint8Array.of(0x87)),
  P2WPKH: (hash: Uint8Array) => concatBytes(Uint8Array.of(0, 20), hash),
  P2WSH: (hash: Uint8Array) => concatBytes(Uint8Array.of(0, 32), hash),
  P2TR: (key: Uint8Array) => concatBytes(Uint8Array.of(OP_1, 32), key),
} as const;
