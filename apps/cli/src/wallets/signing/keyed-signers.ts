/** Signs as the accounts of networks do whose rows name the key (spec §16.1, §17). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { schnorr } from '@noble/curves/secp256k1.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { algorandAddressOf } from '@solvent/ownership-verifier/addresses/algorand-address';
import { cardanoEnterpriseAddress } from '@solvent/ownership-verifier/addresses/cardano-address';
import { hederaAddressOf } from '@solvent/ownership-verifier/addresses/hedera-address';
import { icpPrincipalText } from '@solvent/ownership-verifier/addresses/icp-address';
import { kaspaAddressOf } from '@solvent/ownership-verifier/addresses/kaspa-address';
import { multiversxAddressOf } from '@solvent/ownership-verifier/addresses/multiversx-address';
import { nearAddressOf } from '@solvent/ownership-verifier/addresses/near-address';
import { type Ss58Address, ss58AddressOf } from '@solvent/ownership-verifier/addresses/ss58-address';
import { stellarAddressOf } from '@solvent/ownership-verifier/addresses/stellar-address';
import { suiAccountOf } from '@solvent/ownership-verifier/addresses/sui-address';
import { tezosAccountOf } from '@solvent/ownership-verifier/addresses/tezos-address';
import { algorandForm } from '@solvent/ownership-verifier/families/algorand';
import { hederaForms } from '@solvent/ownership-verifier/families/hedera';
import { icpPrincipalOfKey } from '@solvent/ownership-verifier/families/icp';
import { kaspaDigest } from '@solvent/ownership-verifier/families/kaspa';
import { multiversxForm } from '@solvent/ownership-verifier/families/multiversx';
import { stellarForm } from '@solvent/ownership-verifier/families/stellar';
import { edwardsKey, type PublicKey } from '@solvent/ownership-verifier/schemes/public-key';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
import { wrappedBytes } from '@solvent/ownership-verifier/schemes/ss58-message';
import { suiSignedBytes } from '@solvent/ownership-verifier/schemes/sui-message';
import { tezosDigests } from '@solvent/ownership-verifier/schemes/tezos-message';
import type { Ss58Network } from '@solvent/report-format/networks/network';
import type { WalletSigner } from './wallet-signer.js';

/** The Ed25519 key of a secret key. */
function keyOf(secretKey: Uint8Array): PublicKey {
  return edwardsKey(ed25519.getPublicKey(secretKey));
}

export const ss58Signer: WalletSigner<Ss58Address, Ss58Network> = {
  sign: ({ message }, secretKey) => ({ signature: bytesToHex(ed25519.sign(wrappedBytes(message), secretKey)) }),
  addressOf: (secretKey, network) => ss58AddressOf(keyOf(secretKey).bytes, network).canonical,
};

export const suiSigner: WalletSigner = {
  // Flag of Ed25519, signature and key.
  sign: ({ message }, secretKey) => {
    const signature = ed25519.sign(suiSignedBytes(message, 'ed25519').bytes, secretKey);
    return { signature: base64.encode(concatBytes(Uint8Array.of(0), signature, keyOf(secretKey).bytes)) };
  },
  addressOf: (secretKey) => suiAccountOf(keyOf(secretKey)).canonical,
};

/** A signer with Ed25519 whose rows need no key beside the address. */
function edwardsSigner(signed: (message: string) => Uint8Array, spell: (key: Uint8Array) => string): WalletSigner {
  return {
    sign: ({ message }, secretKey) => ({ signature: base64.encode(ed25519.sign(signed(message), secretKey)) }),
    addressOf: (secretKey) => spell(ed25519.getPublicKey(secretKey)),
  };
}

/** A signer with Ed25519 whose rows have the key in the column of scripts. */
function edwardsKeySigner(
  signed: (message: string, key: PublicKey) => Uint8Array,
  spell: (key: PublicKey) => string,
): WalletSigner {
  return {
    sign({ message }, secretKey) {
      const key = keyOf(secretKey);
      const signature = ed25519.sign(signed(message, key), secretKey);
      return { signature: bytesToHex(signature), publicKey: bytesToHex(key.bytes) };
    },
    addressOf: (secretKey) => spell(keyOf(secretKey)),
  };
}

export const cardanoSigner = edwardsKeySigner(
  (message) => rawEd25519Bytes(message).bytes,
  (key) => cardanoEnterpriseAddress(key.bytes).canonical,
);

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

export const tezosSigner = edwardsKeySigner(
  (message) => tezosDigests(message)[0].bytes,
  (key) => tezosAccountOf(key).canonical,
);

export const hederaSigner = edwardsKeySigner(
  (message, key) => hederaForms(message, key)[0].bytes,
  (key) => hederaAddressOf(key).canonical,
);

export const icpSigner = edwardsKeySigner(
  (message) => utf8ToBytes(message),
  (key) => icpPrincipalText(icpPrincipalOfKey(key)),
);

export const kaspaSigner: WalletSigner = {
  // Zeros in place of random bytes, which BIP-340 allows: the same message has the same signature.
  sign: ({ message }, secretKey) => ({
    signature: bytesToHex(schnorr.sign(kaspaDigest(message), secretKey, new Uint8Array(32))),
  }),
  addressOf: (secretKey) => kaspaAddressOf(schnorr.getPublicKey(secretKey)).canonical,
};
