/** What lies just beside a rule of EVM networks: evidence beside a plain signature, forms of two kinds of network. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { evmNetworks } from '@solvent/report-format/networks/evm-networks';
import { concat, getAddress, hashMessage, numberToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { evmFamily } from '../src/families/evm.js';

const account = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const message = 'Exchange, report 7';
const signature = await account.signMessage({ message });
const ofOther = await other.signMessage({ message });

function code(changes: Partial<OwnershipClaim>, network = evmNetworks[0]): string {
  const claim = { address: account.address, message, signatures: [signature], script: '', owners: [], ...changes };
  const address = evmFamily.decodeAddress(claim.address, network);
  const { verdict, step, code } = isVerdict(address) ? address : evmFamily.verify(claim, address, network);
  return `${verdict} ${step} ${code}`;
}

const proven = 'verified W7 address-proven';

describe('a row with evidence', () => {
  const evidence = { form: 'eip-1271', blockHash: `0x${'ab'.repeat(32)}`, answer: `0x${'00'.repeat(32)}` };
  const refused = 'failed W6 signature';

  test('is proven by the key of the address alone, whatever the evidence says', () => {
    expect(code({ evidence })).toBe(proven);
    expect(code({ evidence: {} })).toBe(proven);
    expect(code({ evidence, signatures: [ofOther] })).toBe(refused);
  });

  test('that the contract took the signature is not proven by saying so', () => {
    const taken = { ...evidence, answer: `0x1626ba7e${'0'.repeat(56)}` };
    expect(code({ evidence: taken, signatures: [ofOther] })).toBe('unproven W7 answer-unproven');
    const other = { ...evidence, answer: `0x1626ba7e${'0'.repeat(55)}1` };
    expect(code({ evidence: other, signatures: [ofOther] })).toBe(refused);
  });

  test('has a block header in its form before anybody asks whether the block is trusted', () => {
    const proof = ['0xc0'];
    const storageProofs = [{ slot: `0x${'00'.repeat(32)}`, proof }];
    const safe = { form: 'safe', accountProof: proof, singletonProof: proof, storageProofs };
    const blockHeader = `0x${'80'.repeat(500)}`;
    expect(code({ evidence: { ...safe, blockHeader }, signatures: [ofOther] })).toBe('failed W5 evidence-format');
  });

  test('is judged by its evidence once it names owners or has further signatures', () => {
    expect(code({ evidence, owners: [account.address] })).toBe(refused);
    expect(code({ evidence, owners: [other.address] })).toBe(refused);
    expect(code({ evidence, signatures: [signature, ofOther] })).toBe(refused);
    expect(code({ evidence, signatures: [] })).toBe(refused);
  });

  test('has owners and signatures in their forms', () => {
    expect(code({ evidence, owners: [other.address, '0x12'] })).toBe('failed W5 owner-format');
    expect(code({ evidence, signatures: [signature, '0x12'] })).toBe('failed W5 signature-format');
    const joined = (count: number) => `0x${signature.slice(2).repeat(count)}`;
    expect(code({ evidence, signatures: [joined(64)] })).toBe(refused);
    expect(code({ evidence, signatures: [joined(65)] })).toBe('failed W5 signature-format');
    expect(code({ evidence, signatures: [joined(64), signature] })).toBe('failed W5 signature-count');
  });

  test('is none where there is no evidence: then signatures are one, and not joined', () => {
    expect(code({ signatures: [`0x${signature.slice(2).repeat(2)}`] })).toBe('failed W5 signature-format');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });
});

test.each(evmNetworks)('$title takes cases by its chain id (EIP-1191) only where its wallets write them', (network) => {
  const address = getAddress(account.address, network.chainId);
  expect(address).not.toBe(account.address);
  expect(code({ address }, network)).toBe(network.chainIdChecksum === true ? proven : 'failed W3 address-checksum');
});

test('a signature from which no key follows, since s R is z G, proves nothing', () => {
  const { Fn, BASE } = secp256k1.Point;
  const z = Fn.create(BigInt(hashMessage(message)));
  // R = k G and s = z / k, for the k or −k that gives the lower s.
  const [k, s] = [3n, Fn.ORDER - 3n]
    .map((one) => [one, Fn.mul(z, Fn.inv(one))] as const)
    .find(([, half]) => half <= Fn.ORDER / 2n)!;
  const { x, y } = BASE.multiply(k).toAffine();
  const half = (value: bigint) => numberToHex(value, { size: 32 });
  const text = concat([half(x), half(s), y % 2n === 1n ? '0x1c' : '0x1b']);
  expect(code({ signatures: [text] })).toBe('failed W7 address-mismatch');
});

describe('owners without evidence', () => {
  test('prove the address when it is itself the one that signs, and nothing else', () => {
    expect(code({ owners: [account.address] })).toBe(proven);
    expect(code({ owners: [other.address], signatures: [ofOther] })).toBe('unproven W7 owner-unproven');
    const both = { owners: [other.address, account.address] };
    expect(code({ ...both, signatures: [ofOther, signature] })).toBe(proven);
    // The address's own signature holds, and another one of the row does not.
    expect(code({ ...both, signatures: [signature, signature] })).toBe('failed W7 address-mismatch');
    expect(code({ ...both, signatures: [ofOther, ofOther] })).toBe('failed W7 address-mismatch');
    expect(code({ ...both, signatures: [signature] })).toBe('failed W5 signature-missing');
  });
});

describe('a network with both kinds of wallets', () => {
  const withAdr36 = evmNetworks.filter(({ adr36 }) => adr36 === true);
  const compact = Buffer.from(signature.slice(2, 130), 'hex').toString('base64');

  test('there are some', () => expect(withAdr36.length).toBeGreaterThan(0));

  test.each(withAdr36)('$title takes the forms of EVM wallets', (network) => {
    expect(code({}, network)).toBe(proven);
    expect(code({ message: 'another' }, network)).toBe('failed W7 address-mismatch');
    expect(code({ owners: [account.address] }, network)).toBe(proven);
    expect(code({ signatures: [] }, network)).toBe('failed W5 signature-missing');
  });

  test.each(withAdr36)('$title takes R and S in Base64 for ADR-36 alone, and of one signer alone', (network) => {
    expect(code({ signatures: [compact] }, network)).toBe('failed W5 key-missing');
    const script = account.publicKey.slice(4);
    expect(code({ signatures: [compact], script }, network)).toBe('failed W6 signature');
    expect(code({ signatures: [compact, compact], script }, network)).toBe('failed W5 signature-count');
    expect(code({ signatures: [compact], script, owners: [account.address] }, network)).toBe(
      'failed W5 signature-format',
    );
    expect(code({ signatures: [compact] })).toBe('failed W5 signature-format');
  });
});
