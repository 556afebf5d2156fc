/** Signs as the accounts of networks do whose rows name the key (spec §16.1). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { suiAccountOf } from '@solvent/ownership-verifier/addresses/sui-address';
import type { PublicKey } from '@solvent/ownership-verifier/schemes/public-key';
import { suiSignedBytes } from '@solvent/ownership-verifier/schemes/sui-message';
import type { WalletSigner } from './wallet-signer.js';

/** The Ed25519 key of a secret key. */
function edwardsKey(secretKey: Uint8Array): PublicKey {
  return { curve: 'ed25519', bytes: ed25519.getPublicKey(secretKey) };
}

export const suiSigner: WalletSigner = {
  // Flag of Ed25519, signature and key.
  sign: ({ message }, secretKey) => {
    const signature = ed25519.sign(suiSignedBytes(message, 'ed25519').bytes, secretKey);
    return { signature: base64.encode(concatBytes(Uint8Array.of(0), signature, edwardsKey(secretKey).bytes)) };
  },
  addressOf: (secretKey) => suiAccountOf(edwardsKey(secretKey)).canonical,
};
