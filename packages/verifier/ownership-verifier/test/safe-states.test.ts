/** Safes in states that are made here, trie by trie: every known version, and states that no Safe's own code would leave. */
import { findNetwork } from '@solvent/report-format/networks/networks';
import {
  concat,
  encodeAbiParameters,
  type Hex,
  hashMessage,
  hashTypedData,
  hexToBytes,
  keccak256,
  numberToHex,
  pad,
  size,
  toRlp,
  trim,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { provenAccount, provenSlot } from '../src/evidence/evm-state.js';
import { provenValue } from '../src/evidence/merkle-patricia.js';
import { evmFamily } from '../src/families/evm.js';

/** A node of a trie before it is encoded. */
type Node = readonly (Hex | Node)[];

/** A Merkle-Patricia trie: its root, and the nodes on the path to a key. */
interface Trie {
  readonly root: Hex;
  prove(key: Hex): Hex[];
}

const nibblesOf = (bytes: Hex) => bytes.slice(2);

/** Nibbles with what says whether a leaf is meant, in whole bytes (yellow paper, appendix C). */
function hexPrefix(nibbles: string, isLeaf: boolean): Hex {
  const flags = (isLeaf ? 2 : 0) + (nibbles.length % 2);
  return `0x${flags}${nibbles.length % 2 === 1 ? '' : '0'}${nibbles}`;
}

/** A node stands in its parent where it has less than 32 bytes, else its hash does. */
function referenceTo(node: Node): Hex | Node {
  const encoded = toRlp(node as never);
  return size(encoded) < 32 ? node : keccak256(encoded);
}

function buildTrie(values: Readonly<Record<Hex, Hex>>): Trie {
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

const ethereum = findNetwork('ETH');
if (ethereum?.family !== 'evm') throw new Error('ETH: expected an EVM network');

const keys = ['a1', 'a2', 'a3', 'a4'].map((byte) => privateKeyToAccount(`0x${byte.repeat(32)}`));
const [first, second, third] = keys;
const message = 'Exchange, report 7';
const address: Hex = `0x${'5a'.repeat(20)}`;
const singletonAddress: Hex = `0x${'c0'.repeat(20)}`;
const sentinel: Hex = pad('0x01', { size: 20 });

const slotOf = (position: number) => numberToHex(position, { size: 32 });
const mappingSlot = (key: Hex, position: number) =>
  keccak256(
    encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint256' }], [pad(key, { size: 32 }), BigInt(position)]),
  );

/** Code hashes in the published list of deployments. */
const versions = [
  ['1.1.1', '0x56b8be58b5ad629a621593a2e5e5e8e9a28408dc06e95597497b303902772e45', false],
  ['1.2.0', '0x2ae2d1231f0d754a7fa4f5e5d0e5554085e1b500d8e09f95aaaaa3f49c0db922', false],
  ['1.3.0', '0xbba688fbdb21ad2bb58bc320638b43d94e7d100f6f3ebaab0a4e4de6304b1c2e', true],
  ['1.3.0 L2', '0x21842597390c4c6e3c1239e434a682b054bd9548eee5e9b1d6a4482731023c0f', true],
  ['1.4.1', '0x1fe2df852ba3299d6534ef416eefa406e56ced995bca886ab7a553e6d0c5e1c4', true],
  ['1.4.1 L2', '0xb1f926978a0f44a2c0ec8fe822418ae969bd8c3f18d61e5103100339894f81ff', true],
  ['1.5.0', '0xdda019cbd7c867a533a2a86e5c53434fdc50b13122b5a5ddb4a8df61b31c20f2', true],
  ['1.5.0 L2', '0x180193227186ccb85316c94db1f0d156ed932b14712cfaac78901899178572dc', true],
] as const;
const proxyCode: Hex = '0xb89c1b3bdf2cf8827818646bce9a8f6e372885f8c55e5c07acbd307cb133b000';
const otherCode: Hex = keccak256('0xfe');

interface State {
  readonly proxy: Hex;
  readonly code: Hex;
  /** Values of slots; those of 0 are not in a trie. */
  readonly slots: Readonly<Record<Hex, Hex>>;
}

/** The slots of a Safe with these owners: singleton, ring, count and threshold. */
function slotsOf(owners: readonly Hex[], count: number, threshold: number): Record<Hex, Hex> {
  const ring = [sentinel, ...owners];
  const links = ring.map((owner, i): [Hex, Hex] => [mappingSlot(owner, 2), ring[(i + 1) % ring.length]]);
  const numbers: [Hex, Hex][] = [
    [slotOf(0), singletonAddress],
    [slotOf(3), numberToHex(count)],
    [slotOf(4), numberToHex(threshold)],
  ];
  return Object.fromEntries([...numbers, ...links]);
}

const owners = [first.address, second.address, third.address].map((text) => text.toLowerCase() as Hex);
const twoOfThree: State = { proxy: proxyCode, code: versions[6][1], slots: slotsOf(owners, 3, 2) };

/** Evidence of a state, with the block that is trusted for it. */
function evidenceOf({ proxy, code, slots }: State): Pick<OwnershipClaim, 'evidence' | 'trustedBlocks'> {
  const storage = buildTrie(
    Object.fromEntries(Object.entries(slots).map(([slot, value]) => [slot, toRlp(trim(value))])),
  );
  const accountLeaf = (storageRoot: Hex, codeHash: Hex) => toRlp(['0x01', '0x', storageRoot, codeHash]);
  const accounts = buildTrie({
    [address]: accountLeaf(storage.root, proxy),
    [singletonAddress]: accountLeaf(keccak256('0x80'), code),
    [first.address]: accountLeaf(keccak256('0x80'), keccak256('0x')),
  });
  const word = pad('0x07', { size: 32 });
  const head = [word, word, address, accounts.root, word, word, pad('0x', { size: 256 })];
  const blockHeader = toRlp([...head, '0x', '0x01', '0x02', '0x', '0x05', '0x', word, pad('0x', { size: 8 })]);
  return {
    evidence: {
      form: 'safe',
      blockHeader,
      accountProof: accounts.prove(address),
      singletonProof: accounts.prove(singletonAddress),
      storageProofs: Object.keys(slots).map((slot) => ({ slot, proof: storage.prove(slot as Hex) })),
    },
    trustedBlocks: [{ network: 'ethereum', hash: keccak256(blockHeader) }],
  };
}

function check(state: State, signatures: readonly string[], named: readonly string[] = []) {
  const claim = { address, message, signatures, script: '', owners: named, ...evidenceOf(state) };
  const decoded = evmFamily.decodeAddress(address, ethereum as never);
  return isVerdict(decoded) ? decoded : evmFamily.verify(claim, decoded, ethereum as never);
}

function code(state: State, signatures: readonly string[], named: readonly string[] = []): string {
  const { verdict, step, code } = check(state, signatures, named);
  return `${verdict} ${step} ${code}`;
}

const proven = 'verified W7 address-proven';
const unproved = 'failed W6 evidence-proof';
const plain = await Promise.all(keys.map((key) => key.signMessage({ message })));

/** What the Safe's own interface has an owner sign; the older versions name no chain. */
function signAsSafe(key: typeof first, chainId: number | undefined) {
  return key.signTypedData({
    domain: { verifyingContract: address, ...(chainId !== undefined && { chainId }) },
    types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
    primaryType: 'SafeMessage',
    message: { message: hashMessage(message) },
  });
}

describe.each(versions)('a Safe of version %s', (version, codeHash, domainHasChain) => {
  const state = { ...twoOfThree, code: codeHash };

  test('is proven by signatures of two owners', () => {
    expect(check(state, [plain[0], plain[1]])).toMatchObject({
      verdict: 'verified',
      detail: expect.stringContaining(`Safe ${version}, 2 of 3 owners`),
    });
    expect(code(state, [plain[0]])).toBe('failed W6 threshold');
    expect(code(state, [plain[0], plain[3]])).toBe('failed W6 signature');
  });

  test('takes what its interface has owners sign, for this chain where it names one', async () => {
    const byDomain = async (chainId: number | undefined) => code(state, [await signAsSafe(first, chainId), plain[1]]);
    expect(await byDomain(1)).toBe(domainHasChain ? proven : 'failed W6 signature');
    expect(await byDomain(undefined)).toBe(domainHasChain ? 'failed W6 signature' : proven);
    expect(await byDomain(56)).toBe('failed W6 signature');
  });
});

describe('code that is not known', () => {
  test('of the proxy, or of what it runs, proves nothing', () => {
    const signatures = [plain[0], plain[1]];
    expect(code({ ...twoOfThree, proxy: otherCode }, signatures)).toBe('unproven W6 contract-unknown');
    expect(code({ ...twoOfThree, code: otherCode }, signatures)).toBe('unproven W6 contract-unknown');
    expect(code({ ...twoOfThree, proxy: twoOfThree.code, code: proxyCode }, signatures)).toMatch(/contract-unknown$/);
  });
});

describe('a state that no Safe leaves', () => {
  const many = Array.from({ length: 65 }, (_, i) => numberToHex(i + 1000, { size: 20 }));

  test.each<[string, Readonly<Record<Hex, Hex>>]>([
    ['more owners than the count', slotsOf(owners, 2, 2)],
    ['fewer owners than the count', slotsOf(owners, 4, 2)],
    ['a threshold above the count', slotsOf(owners, 3, 4)],
    ['a threshold above the owners, with a count to match', slotsOf(owners, 4, 4)],
    ['more owners than are followed', slotsOf(many, 65, 1)],
    ['a ring that does not close', { ...slotsOf(owners, 3, 2), [mappingSlot(owners[2], 2)]: owners[1] }],
    ['a ring that does not close within 64', { ...slotsOf(owners, 64, 2), [mappingSlot(owners[2], 2)]: owners[0] }],
  ])('with %s proves nothing', (_, slots) => {
    expect(code({ ...twoOfThree, slots }, [plain[0], plain[1]])).toBe(unproved);
  });

  test.each([0, 3, 4])('without a value in slot %i proves nothing', (position) => {
    const { [slotOf(position)]: _, ...slots } = twoOfThree.slots;
    expect(code({ ...twoOfThree, slots }, [plain[0], plain[1]])).toBe(unproved);
  });
});

describe('a Safe', () => {
  test('of 64 owners is followed to the end', () => {
    const others = Array.from({ length: 63 }, (_, i) => numberToHex(i + 1000, { size: 20 }));
    const state = { ...twoOfThree, slots: slotsOf([...others, owners[0]], 64, 1) };
    expect(code(state, [plain[0]])).toBe(proven);
    expect(code(state, [plain[1]])).toBe('failed W6 signature');
  });

  test('has no owner whom its ring does not have', () => {
    expect(code(twoOfThree, [plain[0], plain[1]], owners)).toBe(proven);
    expect(code(twoOfThree, [plain[0], plain[1]], [owners[2]])).toBe(proven);
    expect(code(twoOfThree, [plain[0], plain[1]], [owners[0], keys[3].address])).toBe('failed W7 owner-mismatch');
  });

  test('of one owner, all of whom must sign', () => {
    const state = { ...twoOfThree, slots: slotsOf([owners[0]], 1, 1) };
    expect(code(state, [plain[0]])).toBe(proven);
    expect(code(state, [plain[3]])).toBe('failed W6 signature');
  });

  test('runs what the lower 20 bytes of its first slot name, as the proxy does', () => {
    const slots = { ...twoOfThree.slots, [slotOf(0)]: concat([pad('0x99', { size: 12 }), singletonAddress]) };
    expect(code({ ...twoOfThree, slots }, [plain[0], plain[1]])).toBe(proven);
  });

  test('has signed on the chain what its mark says, and only the mark 1 says it', () => {
    const digest = hashTypedData({
      domain: { chainId: 1, verifyingContract: address },
      types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
      primaryType: 'SafeMessage',
      message: { message: hashMessage(message) },
    });
    const marked = (mark: Hex) => ({ ...twoOfThree, slots: { ...twoOfThree.slots, [mappingSlot(digest, 7)]: mark } });
    expect(code(marked('0x01'), [])).toBe(proven);
    expect(code(marked('0x02'), [])).toBe('failed W5 signature-missing');
    expect(code(twoOfThree, [])).toBe('failed W5 signature-missing');
    expect(code(marked('0x01'), [plain[0]])).toBe('failed W6 threshold');
  });
});

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
    const nodes = prove(key).map((node) => hexToBytes(node));
    expect(provenSlot(hexToBytes(root), hexToBytes(slotOf(6)), nodes)).toEqual({
      ok: false,
      fault: 'the key has no value',
    });
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
