/** Signatures of secp256k1 from which the key is recovered. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** R ‖ S ‖ V in hexadecimal, V being 27 or 28. */
export function signRecoverable(digest: Uint8Array, secretKey: Uint8Array): string {
  const [recovery, ...rs] = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
  return `0x${bytesToHex(Uint8Array.from([...rs, 27 + recovery]))}`;
}
