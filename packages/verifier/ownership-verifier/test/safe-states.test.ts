/** Safes in states that are made here, trie by trie: every known version, and states that no Safe's own code would leave. */
import { findNetwork } from '@solvent/report-format/networks/networks';
import {
  concat,
  encodeAbiParameters,
  type Hex,
  hashMessage,
  hashTypedData,
  keccak256,
  numberToHex,
  pad,
  toRlp,
  trim,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { evmFamily } from '../src/families/evm.js';
import { buildTrie } from './trie.js';

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
