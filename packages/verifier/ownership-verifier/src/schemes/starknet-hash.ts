/** Numbers of Starknet's field, its texts as numbers, and hashes of lists of them (spec §15.13). */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { keccak, pedersen, poseidonHashMany } from '@scure/starknet';

/** The order of the field. */
const feltOrder = 2n ** 251n + 17n * 2n ** 192n + 1n;
/** Most letters of a short text, which is one number. */
export const shortTextMax = 31;

/** Up to 31 letters of ASCII as one number, the first letter being the highest byte. */
export function feltOfText(text: string): bigint {
  return feltOfBytes(utf8ToBytes(text));
}

/** Up to 31 bytes as one number, the first being the highest. */
export function feltOfBytes(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Keccak-256 of a text, of which the lowest 250 bits are taken. */
export function feltOfKeccak(text: string): bigint {
  return keccak(utf8ToBytes(text));
}

/** The beginning of a list that is hashed with Pedersen. One step costs as much as verifying a signature, so what many
 * lists begin with is hashed once. */
export interface PedersenChain {
  readonly state: bigint;
  readonly count: number;
}

const emptyChain: PedersenChain = { state: 0n, count: 0 };

/** The list with more values at its end. */
export function extendPedersen({ state, count }: PedersenChain, values: readonly bigint[]): PedersenChain {
  return { state: values.reduce(pedersenStep, state), count: count + values.length };
}

/** A function that gives the beginning of lists, and hashes it when it is first asked for. */
export function pedersenStart(values: () => readonly bigint[]): () => PedersenChain {
  let chain: PedersenChain | undefined;
  return () => {
    chain ??= extendPedersen(emptyChain, values());
    return chain;
  };
}

/** Pedersen's hash of a whole list. */
export function finishPedersen({ state, count }: PedersenChain): bigint {
  return pedersenStep(state, BigInt(count));
}

function pedersenStep(state: bigint, value: bigint): bigint {
  return BigInt(pedersen(state, value));
}

/** Poseidon's hash of a list. */
export function poseidonOf(values: readonly bigint[]): bigint {
  return poseidonHashMany([...values]);
}

/** A number of up to 64 digits after `0x`, or without it; undefined where the text is none of the field's. */
export function decodeFelt(text: string): bigint | undefined {
  const digits = text.length > 66 ? undefined : /^(?:0x)?([0-9a-fA-F]{1,64})$/.exec(text)?.[1];
  const value = digits === undefined ? feltOrder : BigInt(`0x${digits}`);
  return value < feltOrder ? value : undefined;
}
