import { randomBytes } from 'node:crypto';
import { openSealedBytes, sealBytes } from '@solvent/stark-prover/sealed-bytes';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const key = parseStoreKey('ab'.repeat(32));
const otherKey = parseStoreKey('cd'.repeat(32));
const blockSize = 256;

describe('sealed bytes', () => {
  it('open to what they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), fc.constantFrom(undefined, blockSize), (bytes, size) => {
        const sealed = sealBytes(bytes, key, 'one', size);
        expect(new Uint8Array(openSealedBytes(sealed, key, 'one'))).toEqual(bytes);
      }),
    );
  });

  it('hide what is in them', () => {
    const sealed = Buffer.from(sealBytes(Buffer.from('account 17 has 42 units'.repeat(20)), key, 'one'));
    expect(sealed.includes('account')).toBe(false);
  });

  it('are opened by their key and name alone', () => {
    const sealed = sealBytes(randomBytes(500), key, 'one', blockSize);
    expect(() => openSealedBytes(sealed, key, 'two')).toThrow('two: the key does not open this store');
    expect(() => openSealedBytes(sealed, otherKey, 'one')).toThrow('one: the key does not open this store');
  });

  it('are refused when a byte was changed, cut off or added', () => {
    const sealed = sealBytes(randomBytes(500), key, 'one', blockSize);
    for (let position = 0; position < sealed.length; position++) {
      const changed = Buffer.from(sealed);
      changed[position] ^= 1 << (position % 8);
      expect(() => openSealedBytes(changed, key, 'one', 'task.bin')).toThrow('task.bin: ');
      expect(() => openSealedBytes(sealed.subarray(0, position), key, 'one', 'task.bin')).toThrow('task.bin: ');
    }
    expect(() => openSealedBytes(Buffer.concat([sealed, Buffer.alloc(1)]), key, 'one')).toThrow('cut or extended');
  });
});
