/** Signs for rehearsals: goes to `apps/cli/src/wallets/signing`, with a line in `signers.ts`. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { WalletSigner } from '@solvent/cli/wallets/signing/wallet-signer';
import { templateAccountOf, templateAddressOf } from './address.js';
import { templateForm } from './family.js';

export const templateSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({
    signature: bytesToHex(ed25519.sign(templateForm(message).bytes, secretKey)),
    publicKey: bytesToHex(ed25519.getPublicKey(secretKey)),
  }),
  addressOf: (secretKey) => templateAddressOf(templateAccountOf(ed25519.getPublicKey(secretKey))).canonical,
};
