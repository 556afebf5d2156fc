/** Merkle-Patricia tries with hashed keys, made for tests (yellow paper, appendices C and D). */
import { type Hex, keccak256, size, toRlp } from 'viem';

/** A node of a trie before it is encoded. */
export type Node = readonly (Hex | Node)[];

/** A Merkle-Patricia trie: its root, and the nodes on the path to a key. */
interface Trie {
  readonly root: Hex;
  prove(key: Hex): Hex[];
}

/** Digits of 4 bits. */
export const nibblesOf = (bytes: Hex) => bytes.slice(2);

/** Nibbles with what says whether a leaf is meant, in whole bytes (yellow paper, appendix C). */
export function hexPrefix(nibbles: string, isLeaf: boolean): Hex {
  const flags = (isLeaf ? 2 : 0) + (nibbles.length % 2);
  return `0x${flags}${nibbles.length % 2 === 1 ? '' : '0'}${nibbles}`;
}

/** A node stands in its parent where it has less than 32 bytes, else its hash does. */
function referenceTo(node: Node): Hex | Node {
  const encoded = toRlp(node as never);
  return size(encoded) < 32 ? node : keccak256(encoded);
}

/** The trie of values under the hashes of their keys. */
export function buildTrie(values: Readonly<Record<Hex, Hex>>): Trie {
  const entries = Object.entries(values).map(([key, value]) => ({ path: nibblesOf(keccak256(key as Hex)), value }));
  const nodeAt = (some: typeof entries, depth: number): Node => {
    const [{ path, value }] = some;
    if (some.length === 1) return [hexPrefix(path.slice(depth), true), value];
    let shared = depth;
    while (some.every((entry) => entry.path[shared] === path[shared])) shared++;
    if (shared > depth) return [hexPrefix(path.slice(depth, shared), false), referenceTo(nodeAt(some, shared))];
    const children = Array.from('0123456789abcdef', (nibble) => some.filter((entry) => entry.path[depth] === nibble));
    return [
      ...children.map((child) => (child.length > 0 ? referenceTo(nodeAt(child, depth + 1)) : '0x')),
      '0x',
    ] as Node;
  };
  const pathTo = (some: typeof entries, depth: number, path: string): Node[] => {
    const node = nodeAt(some, depth);
    if (node.length === 17)
      return [
        node,
        ...pathTo(
          some.filter((e) => e.path[depth] === path[depth]),
          depth + 1,
          path,
        ),
      ];
    if (some.length === 1) return [node];
    const shared = [...path].findIndex((nibble, i) => i >= depth && some.some((entry) => entry.path[i] !== nibble));
    return [node, ...pathTo(some, shared, path)];
  };
  return {
    root: keccak256(toRlp(nodeAt(entries, 0) as never)),
    prove: (key) => {
      const nodes = pathTo(entries, 0, nibblesOf(keccak256(key))).map((node) => toRlp(node as never));
      return nodes.filter((node, i) => i === 0 || size(node) >= 32);
    },
  };
}
