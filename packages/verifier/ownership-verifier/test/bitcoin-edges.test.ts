/** What lies just beside a rule of Bitcoin's family: other lengths, other versions, texts of two forms at once. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { base64, bech32, bech32m } from '@scure/base';
import { p2pkh } from '@scure/btc-signer';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import { bitcoinAddress } from '../src/addresses/bitcoin-address.js';
import { isVerdict } from '../src/claim.js';
import { bitcoinFamily } from '../src/families/bitcoin.js';
import { decodeBip322, proofOfFunds } from '../src/schemes/bip322.js';
import { bitcoinMessageDigest } from '../src/schemes/bitcoin-message.js';

function networkOf(name: string): BitcoinNetwork {
  const network = findNetwork(name);
  if (network?.family !== 'bitcoin') throw new Error(`${name}: expected a network of Bitcoin's family`);
  return network;
}

function read(text: string, name: string): string {
  const address = bitcoinFamily.decodeAddress(text, networkOf(name));
  return isVerdict(address) ? `${address.verdict} ${address.code}` : address.kind;
}

function verdictOf(text: string, signature: string, script = '', name = 'BTC') {
  const network = networkOf(name);
  const address = bitcoinFamily.decodeAddress(text, network);
  if (isVerdict(address)) throw new Error(address.detail);
  const claim = { address: text, message: 'message', signatures: [signature], script, owners: [] };
  return bitcoinFamily.verify(claim, address, network);
}

const bitcoin = networkOf('BTC');
const hash = new Uint8Array(20).fill(7);

/** Digits of 5 bits under CashAddr's checksum (its specification: a BCH code over prefix, 0 and digits). */
function cashAddrOf(digits: readonly number[]): string {
  const prefix = 'bitcoincash';
  const generator = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
  let register = 1n;
  for (const digit of [
    ...Array.from(prefix, (letter) => letter.charCodeAt(0) & 31),
    0,
    ...digits,
    ...Array(8).fill(0),
  ]) {
    const top = register >> 35n;
    register = ((register & 0x07ffffffffn) << 5n) ^ BigInt(digit);
    for (const [bit, value] of generator.entries()) if ((top >> BigInt(bit)) & 1n) register ^= value;
  }
  const checksum = Array.from({ length: 8 }, (_, i) => Number(((register ^ 1n) >> BigInt(35 - 5 * i)) & 31n));
  const letters = [...digits, ...checksum].map((digit) => 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'[digit]);
  return `${prefix}:${letters.join('')}`;
}

describe('addresses', () => {
  const digitsOf = (version: number, size: number) =>
    bech32.toWords(Uint8Array.from({ length: size + 1 }, (_, i) => (i === 0 ? version : 7)));
  const cashAddr = (version: number, size = 20) => cashAddrOf(digitsOf(version, size));

  test.each([
    ['a key', cashAddr(0), 'P2PKH'],
    ['a script', cashAddr(8), 'P2SH'],
    ['a key for tokens', cashAddr(16), 'unsupported address-kind'],
    ['a script for tokens', cashAddr(24), 'unsupported address-kind'],
    ['the longest hash of a key', cashAddr(7, 64), 'unsupported address-kind'],
    ['the longest hash of a script', cashAddr(15, 64), 'unsupported address-kind'],
    ['a short hash of a key', cashAddr(0, 19), 'unsupported address-kind'],
    ['a long hash of a script', cashAddr(8, 21), 'unsupported address-kind'],
  ])('CashAddr of %s: %s is %s', (_, text, expected) => {
    expect(read(text, 'BCH')).toBe(expected);
  });

  test('CashAddr has no whole digit more than its bytes need, and no bit set after them', () => {
    // 20 bytes and a digit of zeros, 21 bytes and 7 bits; then the last of 2 bits that are no byte's.
    const longer = [digitsOf(0, 19), digitsOf(0, 20)].map((digits) => read(cashAddrOf([...digits, 0]), 'BCH'));
    expect(longer).toEqual(['failed address-checksum', 'failed address-checksum']);
    const [last, ...others] = digitsOf(0, 20).reverse();
    expect(read(cashAddrOf([...others.reverse(), last | 1]), 'BCH')).toBe('failed address-checksum');
  });

  test('what has not the form of CashAddr is not said to have its checksum wrong', () => {
    for (const text of ['', 'address', 'q'.repeat(41), 'q'.repeat(43)])
      expect(read(text, 'BCH')).toBe('failed address');
    expect(read('q'.repeat(42), 'BCH')).toBe('failed address-checksum');
  });

  test('versions of two bytes are another network’s, like those of one', () => {
    const transparent = bitcoinAddress('P2PKH', hash, networkOf('ZEC')).canonical;
    expect(read(transparent, 'BTC')).toBe('failed address-network');
  });

  test('programs of segwit have 2 to 40 bytes', () => {
    const program = (size: number) => bech32m.encode('bc', [16, ...bech32m.toWords(new Uint8Array(size).fill(7))]);
    expect([1, 2, 40, 41].map((size) => read(program(size), 'BTC'))).toEqual([
      'failed address',
      'unsupported address-kind',
      'unsupported address-kind',
      'failed address',
    ]);
  });

  test('a wrong letter of a hidden address is told from no address', () => {
    const shielded = bech32.encode('zs', bech32.toWords(new Uint8Array(43)), false);
    const wrong = `${shielded.slice(0, -1)}${shielded.endsWith('q') ? 'p' : 'q'}`;
    expect(read(wrong, 'ZEC')).toBe('failed address-checksum');
    expect(read(wrong, 'BTC')).toBe('failed address');
    const mixed = bitcoinFamily.decodeAddress(wrong.replace('zs1q', 'zs1Q'), networkOf('ZEC'));
    expect(mixed).toMatchObject({ code: 'address', detail: 'the address mixes upper and lower case' });
  });
});

describe('signatures', () => {
  test('by another key say whose address that key has', () => {
    const key = new Uint8Array(32).fill(3);
    const own = p2pkh(secp256k1.getPublicKey(key, true)).address as string;
    const digest = bitcoinMessageDigest(bitcoin.messageHeaders[0], 'message');
    const [recovery, ...rs] = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
    const signature = base64.encode(Uint8Array.of(31 + recovery, ...rs));
    expect(verdictOf(own, signature)).toMatchObject({ verdict: 'verified' });
    const { code, detail } = verdictOf(bitcoinAddress('P2PKH', hash, bitcoin).canonical, signature);
    expect([code, detail]).toEqual(['address-mismatch', expect.stringContaining(`found one by ${own}`)]);
  });

  test('are not decoded where they are longer than any that could hold', () => {
    const funds = (size: number) => {
      const bytes = Uint8Array.from({ length: size }, (_, i) => [0x70, 0x73, 0x62, 0x74, 0xff][i] ?? 0);
      return decodeBip322(`pof${base64.encode(bytes)}`);
    };
    expect(funds(15_000)).toBe(proofOfFunds);
    expect(funds(15_003)).toBeUndefined();
  });

  // A first byte of 32 and 32 items of one byte each: 65 bytes of a signed message, and a witness.
  const both = base64.encode(Uint8Array.from({ length: 65 }, (_, i) => (i === 0 ? 32 : i % 2)));

  test('of a message are that, even where they could be a witness', () => {
    expect(decodeBip322(both)).toMatchObject({ variant: 'simple' });
    const { step } = verdictOf(bitcoinAddress('P2WPKH', hash, bitcoin).canonical, both);
    expect(['W6', 'W7']).toContain(step);
  });

  test('beside a column that only begins as the script of a key need the script of the address', () => {
    const address = bitcoinAddress('P2SH', hash, bitcoin).canonical;
    const program = concatBytes(Uint8Array.of(0, 20), hash);
    const codeBeside = (bytes: Uint8Array) => verdictOf(address, both, bytesToHex(bytes)).code;
    expect(['signature', 'address-mismatch']).toContain(codeBeside(program));
    for (const other of [
      concatBytes(program, hash),
      program.slice(0, -1),
      Uint8Array.from(program, (byte) => byte || 81),
    ])
      expect(codeBeside(other)).toBe('script-kind');
  });
});
