/** What a block of an EVM chain says of an account and its storage, by EIP-1186 proofs (spec §13.15). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeRlp, type RlpItem } from '../encodings/rlp.js';
import { provenValue } from './merkle-patricia.js';

/** A value, or in words why there is none. */
export type Proven<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: string };

/** What stands in the state trie under an account, as far as it is asked for. */
export interface ProvenAccount {
  readonly storageRoot: Uint8Array;
  /** `0x` and 64 lower-case digits. */
  readonly codeHash: string;
}

/** Bytes of the fields of a header that all forks have, in their order; shorter ones are integers. */
const headerFieldSizes = [32, 32, 20, 32, 32, 32, 256];
const stateRootField = 3;

/** The hash of a block header, `0x` and 64 lower-case digits. */
export function blockHashOf(header: Uint8Array): string {
  return `0x${bytesToHex(keccak_256(header))}`;
}

/** The state root in a block header in RLP; undefined where the bytes are not a header of Ethereum's shape. */
export function stateRootOf(header: Uint8Array): Uint8Array | undefined {
  const fields = decodeRlp(header);
  if (fields === undefined || fields instanceof Uint8Array || fields.length < 15) return undefined;
  const hasShape = headerFieldSizes.every((size, index) => (fields[index] as RlpItem).length === size);
  const root = fields[stateRootField];
  return hasShape && root instanceof Uint8Array ? root : undefined;
}

/** The account of 20 bytes under a state root. */
export function provenAccount(
  stateRoot: Uint8Array,
  account: Uint8Array,
  nodes: readonly Uint8Array[],
): Proven<ProvenAccount> {
  const leaf = provenValue(stateRoot, account, nodes);
  if (!leaf.ok) return leaf;
  const fields = decodeRlp(leaf.value);
  if (fields === undefined || fields instanceof Uint8Array || fields.length !== 4) {
    return { ok: false, fault: 'the leaf is not an account' };
  }
  const [, , storageRoot, codeHash] = fields;
  if (!isHash(storageRoot) || !isHash(codeHash)) return { ok: false, fault: 'the leaf is not an account' };
  return { ok: true, value: { storageRoot, codeHash: `0x${bytesToHex(codeHash)}` } };
}

/** The value of a storage slot of 32 bytes, other than 0. */
export function provenSlot(storageRoot: Uint8Array, slot: Uint8Array, nodes: readonly Uint8Array[]): Proven<bigint> {
  const leaf = provenValue(storageRoot, slot, nodes);
  if (!leaf.ok) return leaf;
  const bytes = decodeRlp(leaf.value);
  if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length > 32 || bytes[0] === 0) {
    return { ok: false, fault: 'the leaf is not a storage value' };
  }
  return { ok: true, value: BigInt(`0x${bytesToHex(bytes)}`) };
}

function isHash(item: RlpItem): item is Uint8Array {
  return item instanceof Uint8Array && item.length === 32;
}
