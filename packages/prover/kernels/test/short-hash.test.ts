import { createHasher } from '@solvent/commitment/blake3';
import { createShortHasher, maxShortMessageSize } from '@solvent/kernels/short-hash';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('short messages (§3.1)', () => {
  const hasher = createShortHasher('account');
  const oracle = createHasher('account');
  const digestOf = (message: Uint8Array) => {
    const out = new Uint8Array(40).fill(0xee);
    hasher.message.set(message);
    hasher.digest(message.length, out, 5);
    expect([...out.subarray(0, 5), ...out.subarray(37)]).toEqual(Array(8).fill(0xee));
    return out.slice(5, 37);
  };

  it('have the digest that one by one they have, at every size', () => {
    const bytes = Uint8Array.from({ length: maxShortMessageSize }, (_, i) => (i * 167 + 13) % 251);
    for (let size = maxShortMessageSize; size >= 0; size--) {
      const message = bytes.subarray(0, size);
      expect(digestOf(message), `${size} bytes`).toEqual(oracle.digest(message));
    }
  });

  it('have it whatever was hashed before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (first, second) => {
        digestOf(first);
        expect(digestOf(second)).toEqual(oracle.digest(second));
      }),
    );
  });

  it('are refused beyond 1024 bytes', () => {
    expect(() => hasher.digest(maxShortMessageSize + 1, new Uint8Array(32), 0)).toThrow(RangeError);
    expect(() => hasher.digest(-1, new Uint8Array(32), 0)).toThrow(RangeError);
  });
});
