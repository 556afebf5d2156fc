/** Signs as the accounts of networks do whose rows name the key (spec §16.1). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { type Ss58Address, ss58AddressOf } from '@solvent/ownership-verifier/addresses/ss58-address';
import { suiAccountOf } from '@solvent/ownership-verifier/addresses/sui-address';
import type { PublicKey } from '@solvent/ownership-verifier/schemes/public-key';
import { wrappedBytes } from '@solvent/ownership-verifier/schemes/ss58-message';
import { suiSignedBytes } from '@solvent/ownership-verifier/schemes/sui-message';
import type { Ss58Network } from '@solvent/report-format/networks/network';
import type { WalletSigner } from './wallet-signer.js';

/** The Ed25519 key of a secret key. */
function edwardsKey(secretKey: Uint8Array): PublicKey {
  return { curve: 'ed25519', bytes: ed25519.getPublicKey(secretKey) };
}

export const ss58Signer: WalletSigner<Ss58Address, Ss58Network> = {
  sign: ({ message }, secretKey) => ({ signature: bytesToHex(ed25519.sign(wrappedBytes(message), secretKey)) }),
  addressOf: (secretKey, network) => ss58AddressOf(edwardsKey(secretKey).bytes, network).canonical,
};

export const suiSigner: WalletSigner = {
  // Flag of Ed25519, signature and key.
  sign: ({ message }, secretKey) => {
    const signature = ed25519.sign(suiSignedBytes(message, 'ed25519').bytes, secretKey);
    return { signature: base64.encode(concatBytes(Uint8Array.of(0), signature, edwardsKey(secretKey).bytes)) };
  },
  addressOf: (secretKey) => suiAccountOf(edwardsKey(secretKey)).canonical,
};
