import { createRequire } from 'node:module';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import {
  type Abi,
  type Address,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hashMessage,
  hexToBigInt,
  hexToBytes,
  keccak256,
  pad,
  toHex,
  zeroAddress,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { blockHashOf, provenAccount, provenSlot, stateRootOf } from '../src/evidence/evm-state.js';
import { provenValue } from '../src/evidence/merkle-patricia.js';
import { evmFamily } from '../src/families/evm.js';
import type { ContractEvidence } from '../src/families/evm-contract.js';
import { type Anvil, encodeHeader, findAnvil, startAnvil } from './anvil.js';

const require = createRequire(import.meta.url);
const program = findAnvil();

function contract(path: string): { abi: Abi; bytecode: Hex } {
  return require(`@safe-global/safe-smart-account/build/artifacts/contracts/${path}.json`);
}

const found = findNetwork('ETH');
if (found?.family !== 'evm') throw new Error('ETH: expected an EVM network');
const ethereum = found;
const found56 = findNetwork('BSC');
if (found56?.family !== 'evm') throw new Error('BSC: expected an EVM network');
const bsc = found56;

const keys = ['a1', 'a2', 'a3', 'a4'].map((byte) => privateKeyToAccount(`0x${byte.repeat(32)}`));
const [first, second, third, stranger] = keys;
const message = 'Exchange, report 7';
const slotOf = (position: number) => pad(toHex(position), { size: 32 });
const mappingSlot = (key: Hex, position: number) =>
  keccak256(
    encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint256' }], [pad(key, { size: 32 }), BigInt(position)]),
  );

type SafeEvidence = Extract<ContractEvidence, { form: 'safe' }>;

// The node's program is packaged for some systems only.
describe.skipIf(program === undefined)('evidence of a node', () => {
  let node: Anvil;
  let singleton: Address;
  let factory: Address;
  let handler: Address;

  beforeAll(async () => {
    node = await startAnvil(program as string, 1);
    singleton = await deploy('Safe.sol/Safe');
    factory = await deploy('proxies/SafeProxyFactory.sol/SafeProxyFactory');
    handler = await deploy('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler');
  }, 60_000);
  afterAll(() => node?.stop());

  async function send(request: { to?: Address; data: Hex }) {
    const [account] = await node.client.getAddresses();
    const hash = await node.client.sendTransaction({ account, ...request } as never);
    const receipt = await node.client.waitForTransactionReceipt({ hash });
    expect(receipt.status).toBe('success');
    return receipt;
  }

  async function deploy(path: string): Promise<Address> {
    const { contractAddress } = await send({ data: contract(path).bytecode });
    return contractAddress as Address;
  }

  /** A proxy of the singleton, set up with owners and a threshold. */
  async function createSafe(
    owners: readonly Address[],
    threshold: number,
    salt = 0n,
    code = singleton,
  ): Promise<Address> {
    const { abi } = contract('Safe.sol/Safe');
    const setup = encodeFunctionData({
      abi,
      functionName: 'setup',
      args: [owners, BigInt(threshold), zeroAddress, '0x', handler, zeroAddress, 0n, zeroAddress],
    });
    const proxies = contract('proxies/SafeProxyFactory.sol/SafeProxyFactory').abi;
    const args = [code, setup, salt];
    const { logs } = await send({
      to: factory,
      data: encodeFunctionData({ abi: proxies, functionName: 'createProxyWithNonce', args }),
    });
    // The last event is ProxyCreation, whose first topic after the signature is the proxy.
    const created = logs[logs.length - 1].topics[1] as Hex;
    return getAddress(`0x${created.slice(26)}`);
  }

  async function prove(address: Address, owners: readonly Address[], more: readonly Hex[] = []) {
    const block = await node.client.getBlock();
    const ring = ['0x0000000000000000000000000000000000000001' as Address, ...owners];
    const storageKeys = [0, 3, 4].map(slotOf).concat(
      ring.map((owner) => mappingSlot(owner, 2)),
      more,
    );
    const wallet = await node.client.getProof({ address, storageKeys, blockNumber: block.number });
    const code = await node.client.getProof({ address: singleton, storageKeys: [], blockNumber: block.number });
    const evidence: SafeEvidence = {
      form: 'safe',
      blockHeader: encodeHeader(block),
      accountProof: wallet.accountProof,
      singletonProof: code.accountProof,
      storageProofs: wallet.storageProof
        .map(({ proof }, index) => ({ slot: storageKeys[index], proof }))
        .filter(({ proof }) => proof.length > 0),
    };
    return { evidence, trustedBlocks: [{ network: 'ethereum', hash: block.hash as string }] };
  }

  function check(claim: Partial<OwnershipClaim> & { address: string }, network = ethereum) {
    const full = { message, signatures: [], script: '', owners: [], ...claim };
    const decoded = evmFamily.decodeAddress(full.address, network);
    return isVerdict(decoded) ? decoded : evmFamily.verify(full, decoded, network);
  }

  function code(claim: Partial<OwnershipClaim> & { address: string }, network = ethereum) {
    const { verdict, step, code } = check(claim, network);
    return `${verdict} ${step} ${code}`;
  }

  test('a header hashes to the hash of the node, and its state root is the node’s', async () => {
    const block = await node.client.getBlock();
    const header = hexToBytes(encodeHeader(block));
    expect(blockHashOf(header)).toBe(block.hash);
    expect(toHex(stateRootOf(header) as Uint8Array)).toBe(block.stateRoot);
    expect(stateRootOf(header.subarray(1))).toBeUndefined();
  });

  test('proofs of hundreds of accounts hold, each for its own key alone', async () => {
    const addresses = Array.from({ length: 300 }, (_, index) => getAddress(pad(toHex(index + 1000), { size: 20 })));
    for (const address of addresses) await node.client.setBalance({ address, value: 1n + hexToBigInt(address) });
    await node.client.mine({ blocks: 1 });
    const { stateRoot } = await node.client.getBlock();
    const root = hexToBytes(stateRoot);
    const depths = new Set<number>();
    for (const [index, address] of addresses.entries()) {
      if (index % 5 !== 0) continue;
      const proof = await node.client.getProof({ address, storageKeys: [] });
      const nodes = proof.accountProof.map((text) => hexToBytes(text));
      depths.add(nodes.length);
      expect(provenAccount(root, hexToBytes(address), nodes)).toMatchObject({
        ok: true,
        value: { codeHash: keccak256('0x'), storageRoot: hexToBytes(proof.storageHash) },
      });
      expect(provenAccount(root, hexToBytes(addresses[index + 1]), nodes).ok).toBe(false);
      expect(provenAccount(root, hexToBytes(address), nodes.slice(0, -1)).ok).toBe(false);
      expect(provenAccount(root, hexToBytes(address), [...nodes, nodes[0]]).ok).toBe(false);
      expect(provenAccount(root, hexToBytes(address), nodes.toReversed()).ok).toBe(nodes.length === 1);
    }
    expect(depths.size).toBeGreaterThan(1);
    const absent = getAddress(pad('0xdead', { size: 20 }));
    const proof = await node.client.getProof({ address: absent, storageKeys: [] });
    const nodes = proof.accountProof.map((text) => hexToBytes(text));
    expect(provenAccount(root, hexToBytes(absent), nodes).ok).toBe(false);
  });

  test('slots whose leaves are so short that they stand inside their parents', async () => {
    // Hashes of these two numbers begin with the same eight nibbles.
    const slots = [50541, 125299].map(slotOf);
    const address = await createSafe([first.address], 1, 99n);
    for (const [index, slot] of slots.entries()) {
      await node.client.setStorageAt({ address, index: slot, value: slotOf(index + 5) });
    }
    await node.client.mine({ blocks: 1 });
    const { storageProof, storageHash } = await node.client.getProof({ address, storageKeys: slots });
    for (const [index, slot] of slots.entries()) {
      const nodes = storageProof[index].proof.map((text) => hexToBytes(text));
      const key = hexToBytes(slot);
      const inside = nodes.filter((node) => node.length < 32);
      expect(inside.length).toBeGreaterThan(0);
      const value = { ok: true, value: BigInt(index + 5) };
      expect(provenSlot(hexToBytes(storageHash), key, nodes)).toEqual(value);
      const withoutInside = nodes.filter((node) => node.length >= 32);
      expect(provenSlot(hexToBytes(storageHash), key, withoutInside)).toEqual(value);
      expect(provenSlot(hexToBytes(storageHash), hexToBytes(slots[1 - index]), nodes)).toEqual({
        ok: true,
        value: BigInt(6 - index),
      });
      expect(provenSlot(hexToBytes(storageHash), hexToBytes(slotOf(7)), nodes).ok).toBe(false);
    }
  });

  test('no change of any byte of a proof leaves a proof', async () => {
    const { stateRoot } = await node.client.getBlock();
    const { accountProof } = await node.client.getProof({ address: factory, storageKeys: [] });
    const nodes = accountProof.map((text) => hexToBytes(text));
    const root = hexToBytes(stateRoot);
    expect(provenValue(root, hexToBytes(factory), nodes).ok).toBe(true);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, mask) => {
        const changed = nodes.map((bytes) => bytes.slice());
        const target = changed[which % changed.length];
        target[place % target.length] ^= mask;
        expect(provenValue(root, hexToBytes(factory), changed).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  describe('a Safe of two in three', () => {
    const owners = [first.address, second.address, third.address];
    let address: Address;
    let proof: Awaited<ReturnType<typeof prove>>;
    let plain: Hex[];

    beforeAll(async () => {
      address = await createSafe(owners, 2);
      proof = await prove(address, owners);
      plain = await Promise.all(keys.map((key) => key.signMessage({ message })));
    });

    function safeMessage(key: typeof first, chainId = 1, safe = address) {
      return key.signTypedData({
        domain: { chainId, verifyingContract: safe },
        types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
        primaryType: 'SafeMessage',
        message: { message: hashMessage(message) },
      });
    }

    test('is proven by two owners, by plain signatures or by those of the Safe', async () => {
      const verdict = check({ address, ...proof, signatures: [plain[0], plain[2]] });
      expect(verdict).toMatchObject({ verdict: 'verified', step: 'W7' });
      expect(verdict.detail).toContain('Safe 1.5.0, 2 of 3 owners');
      const signatures = [await safeMessage(second), await safeMessage(third)];
      expect(check({ address, ...proof, signatures })).toMatchObject({ verdict: 'verified' });
      expect(check({ address, ...proof, signatures: [signatures[0], plain[0]] })).toMatchObject({
        verdict: 'verified',
      });
      expect(check({ address, ...proof, signatures: [plain[0], plain[1]], owners })).toMatchObject({
        verdict: 'verified',
      });
    });

    test('signatures joined as the Safe takes them, which its own contract finds valid', async () => {
      const signers = [first, second].sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
      const joined = concat(await Promise.all(signers.map((key) => safeMessage(key))));
      const { abi } = contract('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler');
      const args = [hashMessage(message), joined];
      const answer = await node.client.readContract({ address, abi, functionName: 'isValidSignature', args });
      expect(answer).toBe('0x1626ba7e');
      expect(check({ address, ...proof, signatures: [joined] })).toMatchObject({ verdict: 'verified' });
      const padded = pad(answer as Hex, { dir: 'right', size: 32 });
      const evidence = { form: 'eip-1271', blockHash: proof.trustedBlocks[0].hash, answer: padded };
      const asked = { address, trustedBlocks: proof.trustedBlocks, signatures: [joined] };
      expect(code({ ...asked, evidence })).toBe('unproven W7 answer-unproven');
      expect(code({ ...asked, evidence: { ...evidence, answer: '0xffffffff' } })).toBe('failed W6 signature');
      expect(code({ ...asked, evidence: undefined })).toBe('failed W5 signature-format');
    });

    test('is not proven by one owner, one twice, or a stranger', async () => {
      expect(code({ address, ...proof, signatures: [plain[0]] })).toBe('failed W6 threshold');
      expect(code({ address, ...proof, signatures: [plain[0], plain[0]] })).toBe('failed W6 repeated-key');
      const twice = [plain[0], await safeMessage(first)];
      expect(code({ address, ...proof, signatures: twice })).toBe('failed W6 repeated-key');
      expect(code({ address, ...proof, signatures: [plain[0], plain[3]] })).toBe('failed W6 signature');
      const named = { signatures: [plain[0], plain[1]], owners: [first.address, stranger.address] };
      expect(code({ address, ...proof, ...named })).toBe('failed W7 owner-mismatch');
      const other = [await safeMessage(first, 56), plain[1]];
      expect(code({ address, ...proof, signatures: other })).toBe('failed W6 signature');
      const elsewhere = [await safeMessage(first, 1, factory), plain[1]];
      expect(code({ address, ...proof, signatures: elsewhere })).toBe('failed W6 signature');
      const another = { message: 'another', signatures: [plain[0], plain[1]] };
      expect(code({ address, ...proof, ...another })).toBe('failed W6 signature');
      expect(code({ address, ...proof })).toBe('failed W5 signature-missing');
    });

    test('only in a block that the caller trusts of that network', () => {
      const claim = { address, ...proof, signatures: [plain[0], plain[1]] };
      const untrusted = 'unproven W6 block-untrusted';
      expect(code({ ...claim, trustedBlocks: [] })).toBe(untrusted);
      const { evidence, signatures } = claim;
      expect(code({ address, evidence, signatures })).toBe(untrusted);
      expect(code({ ...claim, trustedBlocks: [{ network: 'ethereum', hash: `0x${'00'.repeat(32)}` }] })).toBe(
        untrusted,
      );
      expect(code(claim, bsc)).toBe(untrusted);
      const { hash } = claim.trustedBlocks[0];
      expect(code({ ...claim, trustedBlocks: [{ network: 'bnb-smart-chain', hash }] })).toBe(untrusted);
    });

    test('not by the proofs of another Safe, or of another block', async () => {
      const mine = await createSafe([stranger.address], 1, 7n);
      const forged = await prove(mine, [stranger.address]);
      expect(code({ address: mine, ...forged, signatures: [plain[3]] })).toBe('verified W7 address-proven');
      expect(code({ address, ...forged, signatures: [plain[3]] })).toBe('failed W6 evidence-proof');
      const evidence = { ...proof.evidence, storageProofs: forged.evidence.storageProofs };
      expect(code({ address, ...proof, evidence, signatures: [plain[3]] })).toBe('failed W6 evidence-proof');
      const header = { ...proof.evidence, blockHeader: forged.evidence.blockHeader };
      const later = {
        address,
        evidence: header,
        trustedBlocks: forged.trustedBlocks,
        signatures: [plain[0], plain[1]],
      };
      expect(code(later)).toBe('failed W6 evidence-proof');
    });

    test('not with a proof left out, or under another name', () => {
      const claim = { address, ...proof, signatures: [plain[0], plain[1]] };
      const { storageProofs } = proof.evidence;
      for (const left of storageProofs.keys()) {
        const evidence = { ...proof.evidence, storageProofs: storageProofs.filter((_, index) => index !== left) };
        expect(code({ ...claim, evidence })).toBe('failed W6 evidence-proof');
        const next = storageProofs[(left + 1) % storageProofs.length].proof;
        const renamed = storageProofs.map((entry, index) => (index === left ? { ...entry, proof: next } : entry));
        const verdict = code({ ...claim, evidence: { ...proof.evidence, storageProofs: renamed } });
        // A path to another leaf can end inside a branch that holds both, never at the value of another key.
        expect(verdict).toBe('failed W6 evidence-proof');
      }
      const { accountProof } = proof.evidence;
      const wrong = { ...proof.evidence, singletonProof: accountProof };
      expect(code({ ...claim, evidence: wrong })).toBe('failed W6 evidence-proof');
    });

    test.each([
      ['nothing', null],
      ['text', 'safe'],
      ['another form', { form: 'dao' }],
      ['more members', (evidence: object) => ({ ...evidence, note: '' })],
      ['fewer members', { form: 'safe' }],
      ['capitals', (evidence: SafeEvidence) => ({ ...evidence, blockHeader: evidence.blockHeader.toUpperCase() })],
      ['no header', (evidence: SafeEvidence) => ({ ...evidence, blockHeader: `0x${'80'.repeat(500)}` })],
      ['no nodes', (evidence: SafeEvidence) => ({ ...evidence, accountProof: [] })],
    ])('%s is not in the format', (_, change) => {
      const evidence = typeof change === 'function' ? change(proof.evidence) : change;
      expect(code({ address, ...proof, evidence, signatures: [plain[0], plain[1]] })).toBe('failed W5 evidence-format');
    });

    test('code that is not known proves nothing', async () => {
      const signatures = [plain[0], plain[1]];
      const atFactory = await prove(factory, []);
      expect(code({ address: factory, ...atFactory, signatures })).toBe('unproven W6 contract-unknown');
      // A copy of the code with one byte more is another program, whatever it does.
      const changed = await deploy('Safe.sol/Safe');
      const bytes = (await node.client.getCode({ address: changed })) as Hex;
      await node.client.setCode({ address: changed, bytecode: `${bytes}00` });
      await node.client.mine({ blocks: 1 });
      const odd = await createSafe(owners, 2, 11n, changed);
      const oddProof = await prove(odd, owners);
      const { accountProof: singletonProof } = await node.client.getProof({ address: changed, storageKeys: [] });
      const evidence = { ...oddProof.evidence, singletonProof };
      expect(code({ address: odd, ...oddProof, evidence, signatures })).toBe('unproven W6 contract-unknown');
    });

    test('a plain account needs no evidence and is not harmed by any', async () => {
      expect(code({ address: first.address, ...proof, signatures: [plain[0]] })).toBe('verified W7 address-proven');
      expect(code({ address: second.address, ...proof, signatures: [plain[0]] })).toBe('failed W6 evidence-proof');
    });
  });

  test('a Safe that marks the message as signed on the chain', async () => {
    const [sender] = await node.client.getAddresses();
    const address = await createSafe([sender], 1, 5n);
    const library = await deploy('libraries/SignMessageLib.sol/SignMessageLib');
    const digest = await node.client.readContract({
      address,
      abi: contract('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler').abi,
      functionName: 'getMessageHash',
      args: [hashMessage(message)],
    });
    const slot = mappingSlot(digest as Hex, 7);
    const before = await prove(address, [sender], [slot]);
    expect(code({ address, ...before })).toBe('failed W5 signature-missing');
    const call = encodeFunctionData({
      abi: contract('libraries/SignMessageLib.sol/SignMessageLib').abi,
      functionName: 'signMessage',
      args: [hashMessage(message)],
    });
    // The sender's own consent, as the Safe takes it: the owner, nothing, and 1.
    const consent = concat([pad(sender, { size: 32 }), slotOf(0), '0x01']);
    const args = [library, 0n, call, 1, 0n, 0n, 0n, zeroAddress, zeroAddress, consent];
    const { abi } = contract('Safe.sol/Safe');
    await send({ to: address, data: encodeFunctionData({ abi, functionName: 'execTransaction', args }) });
    const after = await prove(address, [sender], [slot]);
    expect(check({ address, ...after })).toMatchObject({ verdict: 'verified' });
    expect(code({ address, ...after, message: 'another' })).toBe('failed W5 signature-missing');
    expect(code({ address, ...after, trustedBlocks: before.trustedBlocks })).toBe('unproven W6 block-untrusted');
  });
});
