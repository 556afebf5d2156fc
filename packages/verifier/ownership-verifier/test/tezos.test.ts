import { describe, expect, test } from 'vitest';
import { decodeTezosKey, decodeTezosSignature } from '../src/schemes/tezos-message.js';
import { tezosRows } from './oracles/tezos.js';
import { verdictOn } from './row-verdict.js';

const rowOf = async (id: string) => (await tezosRows()).find((row) => row.id === id)!;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('Tezos', () => {
  test('s of secp256r1 lies in either half, since the chain takes both, and s of secp256k1 in the lower one', async () => {
    const orders = {
      'text-secp256r1': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
      'text-secp256k1': 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
    };
    for (const [id, order] of Object.entries(orders)) {
      const row = await rowOf(id);
      const text = hex(decodeTezosSignature(row.signatures[0])!.signature);
      const s = (order - BigInt(`0x${text.slice(64)}`)).toString(16).padStart(64, '0');
      expect(verdictOn(row.coin, { ...row, signatures: [text] })).toBe('verified W7 address-proven');
      const other = verdictOn(row.coin, { ...row, signatures: [text.slice(0, 64) + s] });
      expect(other).toBe(id === 'text-secp256r1' ? 'verified W7 address-proven' : 'failed W6 signature');
    }
  });

  test('a key in hexadecimal is of the curve of the address', async () => {
    for (const id of ['text-ed25519', 'text-secp256k1', 'text-secp256r1']) {
      const row = await rowOf(id);
      expect(verdictOn(row.coin, { ...row, script: hex(decodeTezosKey(row.script!)!.bytes) })).toBe(
        'verified W7 address-proven',
      );
    }
  });
});
