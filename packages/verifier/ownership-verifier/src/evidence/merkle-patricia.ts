/** Proofs that a key has a value in a Merkle-Patricia trie with hashed keys (yellow paper, appendix D; spec §13.15). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { sameBytes } from '../encodings/binary-text.js';
import { decodeRlp, type RlpItem } from '../encodings/rlp.js';

/** The value of a key, or in words why the nodes do not prove one. */
export type ProvenValue =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly fault: string };

const fault = (text: string): ProvenValue => ({ ok: false, fault: text });

/**
 * The value of a key under a root hash. `proof` has the nodes on the path, from the root down, each once. A node below
 * 32 bytes stands inside its parent; some node programs list it again, so such entries below the root are passed over.
 * That a key has no value is not proven here.
 */
export function provenValue(root: Uint8Array, key: Uint8Array, proof: readonly Uint8Array[]): ProvenValue {
  const nodes = proof.filter((node, index) => index === 0 || node.length >= 32);
  const path = nibblesOf(keccak_256(key));
  let depth = 0;
  let used = 0;
  let reference: RlpItem = root;
  for (;;) {
    let node: RlpItem | undefined = reference;
    if (reference instanceof Uint8Array) {
      if (reference.length !== 32) return fault('the key has no value');
      if (used === nodes.length) return fault('the proof ends before the key does');
      if (!sameBytes(keccak_256(nodes[used]), reference)) return fault(`node ${used} does not have its parent's hash`);
      node = decodeRlp(nodes[used++]);
    }
    const step = stepInto(node, path, depth);
    if ('fault' in step) return fault(step.fault);
    depth = step.depth;
    if (step.isLeaf) {
      if (used !== nodes.length) return fault('the proof has nodes after the leaf');
      return { ok: true, value: step.item };
    }
    reference = step.item;
  }
}

type Step =
  | { readonly isLeaf: true; readonly item: Uint8Array; readonly depth: number }
  | { readonly isLeaf: false; readonly item: RlpItem; readonly depth: number }
  | { readonly fault: string };

/** From a node to its leaf value or to the reference of the next node; every step takes at least one nibble. */
function stepInto(node: RlpItem | undefined, path: readonly number[], depth: number): Step {
  if (node === undefined || node instanceof Uint8Array) return { fault: 'a node is not a list in canonical RLP' };
  if (node.length === 17) {
    if (depth === path.length) return { fault: 'a branch stands below the last nibble of the key' };
    return { isLeaf: false, item: node[path[depth]], depth: depth + 1 };
  }
  if (node.length !== 2 || !(node[0] instanceof Uint8Array)) return { fault: 'a node has neither 2 nor 17 items' };
  return stepAlong(node[0], node[1], path, depth);
}

/** A leaf or an extension: its nibbles in hex-prefix form must be the next ones of the key. */
function stepAlong(prefix: Uint8Array, item: RlpItem, path: readonly number[], depth: number): Step {
  const [flags, ...rest] = nibblesOf(prefix);
  const isOdd = flags % 2 === 1;
  if (flags === undefined || flags > 3 || (!isOdd && rest[0] !== 0)) return { fault: 'a node has a wrong prefix' };
  const nibbles = isOdd ? rest : rest.slice(1);
  const end = depth + nibbles.length;
  if (nibbles.some((nibble, index) => nibble !== path[depth + index])) return { fault: 'the key has no value' };
  if (flags < 2) {
    if (nibbles.length === 0) return { fault: 'an extension without nibbles' };
    return { isLeaf: false, item, depth: end };
  }
  if (end !== path.length || !(item instanceof Uint8Array)) return { fault: 'the key has no value' };
  return { isLeaf: true, item, depth: end };
}

function nibblesOf(bytes: Uint8Array): number[] {
  return Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15]);
}
