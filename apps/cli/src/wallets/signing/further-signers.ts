/** Signs as the accounts of further networks do (spec §17). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { schnorr } from '@noble/curves/secp256k1.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { hederaAddressOf } from '@solvent/ownership-verifier/addresses/hedera-address';
import { icpPrincipalText } from '@solvent/ownership-verifier/addresses/icp-address';
import { kaspaAddressOf } from '@solvent/ownership-verifier/addresses/kaspa-address';
import { tezosAccountOf } from '@solvent/ownership-verifier/addresses/tezos-address';
import { hederaForms } from '@solvent/ownership-verifier/families/hedera';
import { icpPrincipalOfKey } from '@solvent/ownership-verifier/families/icp';
import { kaspaDigest } from '@solvent/ownership-verifier/families/kaspa';
import type { PublicKey } from '@solvent/ownership-verifier/schemes/public-key';
import { tezosDigests } from '@solvent/ownership-verifier/schemes/tezos-message';
import type { WalletSigner } from './wallet-signer.js';

/** The Ed25519 key of a secret key. */
function edwardsKey(secretKey: Uint8Array): PublicKey {
  return { curve: 'ed25519', bytes: ed25519.getPublicKey(secretKey) };
}

/** A signer with Ed25519, whose rows have the key in the column of scripts. */
function edwardsSigner(
  signedBytes: (message: string, key: PublicKey) => Uint8Array,
  addressOf: (key: PublicKey) => string,
): WalletSigner {
  return {
    sign({ message }, secretKey) {
      const key = edwardsKey(secretKey);
      const signature = ed25519.sign(signedBytes(message, key), secretKey);
      return { signature: bytesToHex(signature), publicKey: bytesToHex(key.bytes) };
    },
    addressOf: (secretKey) => addressOf(edwardsKey(secretKey)),
  };
}

export const tezosSigner = edwardsSigner(
  (message) => tezosDigests(message)[0].bytes,
  (key) => tezosAccountOf(key).canonical,
);

export const hederaSigner = edwardsSigner(
  (message, key) => hederaForms(message, key)[0].bytes,
  (key) => hederaAddressOf(key).canonical,
);

export const icpSigner = edwardsSigner(
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
