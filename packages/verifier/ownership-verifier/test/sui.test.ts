import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { suiFamily } from '../src/families/sui.js';
import { oracleMessage } from './oracles/oracle.js';
import { signAsSuiSeveral, suiPairs, suiSeveral } from './oracles/sui.js';

const network = findNetwork('SUI');
if (network?.family !== 'sui') throw new Error('SUI: expected the network of Sui');
const sui = network;
const [first, second, third] = suiPairs;
const address = suiSeveral.toSuiAddress();

function check(signature: string, changes: Partial<OwnershipClaim> = {}): string {
  const claim = { address, message: oracleMessage, signatures: [signature], script: '', owners: [], ...changes };
  const decoded = suiFamily.decodeAddress(claim.address, sui);
  const { verdict, step, code } = isVerdict(decoded) ? decoded : suiFamily.verify(claim, decoded, sui);
  return `${verdict} ${step} ${code}`;
}

/** The parts of a signature by two Ed25519 and secp256k1 keys: flag, count, signatures, bitmap, members, threshold. */
async function parts() {
  const bytes = [...Buffer.from(await signAsSuiSeveral(first, second), 'base64')];
  const [one, two] = [bytes.slice(2, 67), bytes.slice(67, 132)];
  const members = [bytes.slice(135, 169), bytes.slice(169, 204), bytes.slice(204, 239)];
  return { one, two, members, threshold: bytes.slice(239) };
}

function join(signatures: number[][], bitmap: number, members: number[][], threshold: readonly number[]): string {
  const bytes = [
    3,
    signatures.length,
    ...signatures.flat(),
    bitmap,
    0,
    members.length,
    ...members.flat(),
    ...threshold,
  ];
  return Buffer.from(bytes).toString('base64');
}

describe('accounts of several keys of Sui', () => {
  test('any members whose weights reach the threshold may sign', async () => {
    for (const signers of [[third], [first, second], [first, third], [second, third], [first, second, third]]) {
      expect(check(await signAsSuiSeveral(...signers))).toBe('verified W7 address-proven');
    }
    for (const signer of [first, second]) expect(check(await signAsSuiSeveral(signer))).toBe('failed W6 threshold');
  });

  test('a signature counts once, for its own member', async () => {
    const { one, two, members, threshold } = await parts();
    expect(check(join([one, two], 3, members, threshold))).toBe('verified W7 address-proven');
    expect(check(join([one, one], 3, members, threshold))).toBe('failed W6 signature');
    expect(check(join([two, one], 3, members, threshold))).toBe('failed W6 signature');
    expect(check(join([one, two], 5, members, threshold))).toBe('failed W6 signature');
    for (const bitmap of [1, 7, 11]) {
      expect(check(join([one, two], bitmap, members, threshold))).toBe('failed W5 signature-format');
    }
  });

  test('members are distinct and have weights, and the threshold can be reached', async () => {
    const { one, two, members, threshold } = await parts();
    const [a, b] = members;
    for (const many of [[a, a, b], [a, [...b.slice(0, -1), 0]], [], Array.from({ length: 11 }, () => a)]) {
      expect(check(join([one, two], 3, many, threshold))).toBe('failed W5 signature-format');
    }
    for (const bad of [
      [0, 0],
      [4, 0],
      [0, 1],
    ]) {
      expect(check(join([one, two], 3, [a, b], bad))).toBe('failed W5 signature-format');
    }
    expect(check(join([one, two], 3, [a, b], [3, 0]))).toBe('failed W7 address-mismatch');
  });

  test('an account of one key is not that of the same key among several', async () => {
    const { signature } = await first.signPersonalMessage(new TextEncoder().encode(oracleMessage));
    expect(check(signature)).toBe('failed W7 address-mismatch');
    expect(check(signature, { address: first.toSuiAddress() })).toBe('verified W7 address-proven');
    expect(check(await signAsSuiSeveral(third), { address: first.toSuiAddress() })).toBe('failed W7 address-mismatch');
  });
});

test('s of ECDSA lies in the lower half', async () => {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const { signature } = await second.signPersonalMessage(new TextEncoder().encode(oracleMessage));
  const bytes = Buffer.from(signature, 'base64');
  const s = (order - BigInt(`0x${bytes.subarray(33, 65).toString('hex')}`)).toString(16).padStart(64, '0');
  Buffer.from(s, 'hex').copy(bytes, 33);
  expect(check(bytes.toString('base64'), { address: second.toSuiAddress() })).toBe('failed W6 signature');
});
