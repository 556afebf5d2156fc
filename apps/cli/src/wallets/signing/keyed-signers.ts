/** Signs as the accounts of networks do whose rows name the key (spec §16.1). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { algorandAddressOf } from '@solvent/ownership-verifier/addresses/algorand-address';
import { cardanoEnterpriseAddress } from '@solvent/ownership-verifier/addresses/cardano-address';
import { multiversxAddressOf } from '@solvent/ownership-verifier/addresses/multiversx-address';
import { nearAddressOf } from '@solvent/ownership-verifier/addresses/near-address';
import { type Ss58Address, ss58AddressOf } from '@solvent/ownership-verifier/addresses/ss58-address';
import { stellarAddressOf } from '@solvent/ownership-verifier/addresses/stellar-address';
import { suiAccountOf } from '@solvent/ownership-verifier/addresses/sui-address';
import { algorandForm } from '@solvent/ownership-verifier/families/algorand';
import { multiversxForm } from '@solvent/ownership-verifier/families/multiversx';
import { stellarForm } from '@solvent/ownership-verifier/families/stellar';
import type { PublicKey } from '@solvent/ownership-verifier/schemes/public-key';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
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

/** Signs with Ed25519 what the chain's wallets sign. */
function edwardsSigner(signed: (message: string) => Uint8Array, spell: (key: Uint8Array) => string): WalletSigner {
  return {
    sign: ({ message }, secretKey) => ({ signature: base64.encode(ed25519.sign(signed(message), secretKey)) }),
    addressOf: (secretKey) => spell(ed25519.getPublicKey(secretKey)),
  };
}

export const cardanoSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({
    signature: bytesToHex(ed25519.sign(rawEd25519Bytes(message).bytes, secretKey)),
    publicKey: bytesToHex(ed25519.getPublicKey(secretKey)),
  }),
  addressOf: (secretKey) => cardanoEnterpriseAddress(ed25519.getPublicKey(secretKey)).canonical,
};

export const stellarSigner = edwardsSigner(
  (message) => stellarForm(message).bytes,
  (key) => stellarAddressOf(key).canonical,
);

export const nearSigner = edwardsSigner(
  (message) => rawEd25519Bytes(message).bytes,
  (key) => nearAddressOf(key).canonical,
);

export const algorandSigner = edwardsSigner(
  (message) => algorandForm(message).bytes,
  (key) => algorandAddressOf(key).canonical,
);

export const multiversxSigner = edwardsSigner(
  (message) => multiversxForm(message).bytes,
  (key) => multiversxAddressOf(key).canonical,
);
