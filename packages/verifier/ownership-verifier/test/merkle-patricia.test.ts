import { type Hex, hexToBytes, keccak256, numberToHex, pad, size, toRlp } from 'viem';
import { describe, expect, test } from 'vitest';
import { provenAccount, provenSlot } from '../src/evidence/evm-state.js';
import { provenValue } from '../src/evidence/merkle-patricia.js';
import { buildTrie, hexPrefix, type Node, nibblesOf } from './trie.js';

const address: Hex = `0x${'5a'.repeat(20)}`;

describe('leaves that are in a trie, and are no values', () => {
  const key: Hex = pad('0x05', { size: 32 });
  const slotWith = (leaf: Hex) => {
    const { root, prove } = buildTrie({ [key]: leaf });
    return provenSlot(
      hexToBytes(root),
      hexToBytes(key),
      prove(key).map((node) => hexToBytes(node)),
    );
  };

  test('are no values of another key', () => {
    const { root, prove } = buildTrie({ [key]: toRlp('0x07') });
    const [trie, nodes] = [hexToBytes(root), prove(key).map((node) => hexToBytes(node))];
    const fault = { ok: false, fault: 'the key has no value' };
    expect(provenSlot(trie, hexToBytes(numberToHex(6, { size: 32 })), nodes)).toEqual(fault);
    expect(provenAccount(trie, hexToBytes(address), nodes)).toEqual(fault);
  });

  test('of storage are an integer from 1 on, in the shortest form', () => {
    expect(slotWith(toRlp('0x0100'))).toEqual({ ok: true, value: 256n });
    expect(slotWith(toRlp(pad('0xff', { size: 32, dir: 'right' })))).toMatchObject({ ok: true });
    for (const leaf of [
      toRlp('0x'),
      toRlp('0x00'),
      toRlp('0x0001'),
      toRlp(['0x01']),
      toRlp(pad('0xff', { size: 33, dir: 'right' })),
      '0x0101',
    ] as Hex[]) {
      expect(slotWith(leaf)).toEqual({ ok: false, fault: 'the leaf is not a storage value' });
    }
  });

  test('of accounts are nonce, balance and two hashes', () => {
    const hash = keccak256('0x');
    const accountWith = (leaf: Hex) => {
      const { root, prove } = buildTrie({ [address]: leaf });
      return provenAccount(
        hexToBytes(root),
        hexToBytes(address),
        prove(address).map((node) => hexToBytes(node)),
      );
    };
    expect(accountWith(toRlp(['0x', '0x', hash, hash]))).toMatchObject({ ok: true, value: { codeHash: hash } });
    const short = hash.slice(0, -2) as Hex;
    const faulty = [
      ['0x', '0x', hash],
      ['0x', '0x', hash, hash, hash],
      ['0x', '0x', short, hash],
      ['0x', '0x', hash, short],
      ['0x', '0x', Array(32).fill('0x01'), hash],
    ];
    for (const leaf of [...faulty.map((fields) => toRlp(fields as never)), toRlp(hash), '0xf9'] as Hex[]) {
      expect(accountWith(leaf)).toEqual({ ok: false, fault: 'the leaf is not an account' });
    }
  });
});

describe('nodes that hash to what is asked for, and are none', () => {
  const key: Hex = '0x07';
  const path = nibblesOf(keccak256(key));
  const faultOf = (...nodes: Node[]) => {
    const encoded = nodes.map((node) => toRlp(node as never));
    const found = provenValue(
      hexToBytes(keccak256(encoded[0])),
      hexToBytes(key),
      encoded.map((node) => hexToBytes(node)),
    );
    return found.ok ? 'a value' : found.fault;
  };
  const value: Hex = `0x${'ab'.repeat(40)}`;
  const leafAt = (depth: number): Node => [hexPrefix(path.slice(depth), true), value];
  const hashOf = (node: Node) => keccak256(toRlp(node as never));
  const branch = (child: Hex | Node, at = path[0]): Node =>
    [...Array.from('0123456789abcdef', (nibble) => (nibble === at ? child : '0x')), '0x'] as Node;

  test('a leaf, a branch and an extension lead to the value', () => {
    expect(faultOf(leafAt(0))).toBe('a value');
    expect(faultOf(branch(hashOf(leafAt(1))), leafAt(1))).toBe('a value');
    expect(faultOf([hexPrefix(path.slice(0, 2), false), hashOf(leafAt(2))], leafAt(2))).toBe('a value');
    expect(faultOf([hexPrefix(path.slice(0, 3), false), hashOf(leafAt(3))], leafAt(3))).toBe('a value');
  });

  test('nodes that stand in their parents may be listed again', () => {
    const leaf: Node = [hexPrefix(path.slice(63), true), '0x05'];
    const inside = branch(leaf, path[62]);
    const extension: Node = [hexPrefix(path.slice(0, 62), false), inside];
    expect(faultOf(extension)).toBe('a value');
    expect(faultOf(extension, inside, leaf)).toBe('a value');
    expect(faultOf(extension, leafAt(0))).toBe('the proof has nodes after the leaf');
  });

  test('a node of 32 bytes stands by its hash', () => {
    const leaf: Node = [hexPrefix(path.slice(62), true), `0x${'ab'.repeat(27)}`];
    expect(size(toRlp(leaf as never))).toBe(32);
    expect(faultOf([hexPrefix(path.slice(0, 62), false), hashOf(leaf)], leaf)).toBe('a value');
  });

  test.each<[string, readonly Node[], string]>([
    ['flags above 3', [[`0x40${path}`, value]], 'a node has a wrong prefix'],
    ['a nibble beside the flags of an even path', [[`0x21${path}`, value]], 'a node has a wrong prefix'],
    ['no prefix at all', [['0x', value]], 'a node has a wrong prefix'],
    ['a list for a prefix', [[[`0x20${path}`], value]], 'a node has neither 2 nor 17 items'],
    ['three items', [[`0x20${path}`, value, value]], 'a node has neither 2 nor 17 items'],
    ['a leaf above the last nibble', [[hexPrefix(path.slice(0, 62), true), value]], 'the key has no value'],
    [
      'a leaf of another key',
      [[hexPrefix(`${path.slice(0, 63)}${path.endsWith('0') ? '1' : '0'}`, true), value]],
      'the key has no value',
    ],
    ['a leaf past the last nibble', [[hexPrefix(`${path}00`, true), value]], 'the key has no value'],
    ['a leaf that is a list', [[hexPrefix(path, true), [value]]], 'the key has no value'],
    ['an extension without nibbles', [['0x00', hashOf(leafAt(0))], leafAt(0)], 'an extension without nibbles'],
    [
      'a branch without the child',
      [branch(hashOf(leafAt(1)), path[0] === '0' ? '1' : '0'), leafAt(1)],
      'the key has no value',
    ],
    ['a reference of 31 bytes', [branch(hashOf(leafAt(1)).slice(0, -2) as Hex), leafAt(1)], 'the key has no value'],
    ['a child left out', [branch(hashOf(leafAt(1)))], 'the proof ends before the key does'],
    ['a child of another hash', [branch(hashOf(leafAt(2))), leafAt(1)], "node 1 does not have its parent's hash"],
    ['a node after the leaf', [leafAt(0), leafAt(0)], 'the proof has nodes after the leaf'],
    [
      'a branch below the last nibble',
      [[hexPrefix(path, false), branch('0x')]],
      'a branch stands below the last nibble of the key',
    ],
  ])('%s: no value', (_, nodes, fault) => {
    expect(faultOf(...nodes)).toBe(fault);
  });
});
