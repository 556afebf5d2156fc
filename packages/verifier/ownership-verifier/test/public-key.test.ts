import { ristretto255 } from '@noble/curves/ed25519.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { isPublicKey, type PublicKey, verifySignature } from '../src/schemes/public-key.js';

const message = utf8ToBytes('message');

/** R = s·B with the mark of sr25519, which anybody makes without a secret. */
function forge(s: number): Uint8Array {
  const scalar = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? s : i === 31 ? 0x80 : 0));
  return concatBytes(ristretto255.Point.BASE.multiply(BigInt(s)).toBytes(), scalar);
}

test('nobody signs for the identity of sr25519, under which R = sB satisfies the equation for all messages', () => {
  // As an address these 32 zeros are one to which coins are burnt.
  const identity: PublicKey = { curve: 'sr25519', bytes: new Uint8Array(32) };
  expect(verifySignature(identity, forge(5), message, true)).toBe(false);
  expect(isPublicKey(identity)).toBe(false);
});

test.each<PublicKey>([
  { curve: 'secp256k1', bytes: new Uint8Array(33) },
  { curve: 'secp256r1', bytes: new Uint8Array(33) },
  { curve: 'secp256k1', bytes: Uint8Array.of(0) },
  { curve: 'secp256r1', bytes: Uint8Array.of(2, ...new Uint8Array(31).fill(255), 255) },
  { curve: 'ed25519', bytes: Uint8Array.of(1, ...new Uint8Array(31)) },
])('bytes that are no key of $curve verify nothing, and throw nothing', (key) => {
  for (const signature of [new Uint8Array(64), new Uint8Array(64).fill(1), forge(5)]) {
    expect(verifySignature(key, signature, message, true)).toBe(false);
  }
  expect(isPublicKey(key)).toBe(false);
});
