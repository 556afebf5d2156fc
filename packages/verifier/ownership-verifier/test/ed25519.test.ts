import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { isEd25519Key, verifyEd25519 } from '../src/schemes/ed25519.js';
import { rawEd25519Bytes } from '../src/schemes/raw-ed25519.js';

describe('RFC 8032 §7.1', () => {
  test.each([
    [
      'TEST 1',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      'TEST 2',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'TEST 3',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('%s', (_name, key, bytes, signature) => {
    expect(verifyEd25519(hexToBytes(signature), hexToBytes(bytes), hexToBytes(key))).toBe(true);
    expect(verifyEd25519(hexToBytes(signature), hexToBytes(`${bytes}00`), hexToBytes(key))).toBe(false);
  });
});

describe('strictness', () => {
  const secret = new Uint8Array(32).fill(7);
  const key = ed25519.getPublicKey(secret);
  const bytes = utf8ToBytes('message');
  const signature = ed25519.sign(bytes, secret);

  test('s plus the order is refused (RFC 8032 §5.1.7)', () => {
    let s = BigInt(`0x${bytesToHex(signature.slice(32).reverse())}`) + ed25519.Point.Fn.ORDER;
    const malleated = signature.slice();
    for (let index = 32; index < 64; index++, s >>= 8n) malleated[index] = Number(s & 0xffn);
    expect(verifyEd25519(signature, bytes, key)).toBe(true);
    expect(verifyEd25519(malleated, bytes, key)).toBe(false);
  });

  test('a key of small order signs nothing, although R = sB satisfies the equation for all messages', () => {
    const identity = concatBytes(Uint8Array.of(1), new Uint8Array(31));
    const forged = concatBytes(identity, new Uint8Array(32));
    expect(ed25519.verify(forged, bytes, identity, { zip215: true })).toBe(true);
    expect(verifyEd25519(forged, bytes, identity)).toBe(false);
    expect(isEd25519Key(identity)).toBe(false);
  });

  test('a key whose y is not reduced is refused', () => {
    // y = p + 1 is the identity again, in an encoding that only ZIP 215 takes.
    const unreduced = hexToBytes(`ee${'ff'.repeat(30)}7f`);
    const forged = concatBytes(unreduced, new Uint8Array(32));
    expect(ed25519.verify(forged, bytes, unreduced, { zip215: true })).toBe(true);
    expect(verifyEd25519(forged, bytes, unreduced)).toBe(false);
    expect(isEd25519Key(unreduced)).toBe(false);
  });

  test('bytes that are no point are no key', () => {
    expect(isEd25519Key(hexToBytes(`02${'00'.repeat(31)}`))).toBe(false);
    expect(isEd25519Key(key)).toBe(true);
  });
});

describe('raw published bytes', () => {
  test('header and message each stand after their length', () => {
    expect(bytesToHex(rawEd25519Bytes('hello world').bytes)).toBe(
      `14${bytesToHex(utf8ToBytes('OKX Signed Message:\n'))}0b${bytesToHex(utf8ToBytes('hello world'))}`,
    );
  });

  test.each([
    [0xfc, 'fc'],
    [0xfd, 'fdfd00'],
    [0xffff, 'fdffff'],
    [0x1_0000, 'fe00000100'],
  ])('a message of %d bytes has its length in the shortest form', (size, prefix) => {
    const { bytes } = rawEd25519Bytes('a'.repeat(size));
    expect(bytesToHex(bytes.subarray(21, bytes.length - size))).toBe(prefix);
  });

  test('the length counts bytes, not letters', () => {
    expect(bytesToHex(rawEd25519Bytes('€').bytes.subarray(21))).toBe('03e282ac');
  });
});
