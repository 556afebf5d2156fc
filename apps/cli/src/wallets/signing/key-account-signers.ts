/** Signs as chains do whose accounts are hashes of a key of secp256k1 (spec §15). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base64 } from '@scure/base';
import { cosmosAccountOf, cosmosAddressOf } from '@solvent/ownership-verifier/addresses/cosmos-address';
import { filecoinAddressOf } from '@solvent/ownership-verifier/addresses/filecoin-address';
import type { DecodedAddress } from '@solvent/ownership-verifier/claim';
import { adr36Bytes } from '@solvent/ownership-verifier/schemes/adr36';
import { filecoinSignedBytes } from '@solvent/ownership-verifier/schemes/filecoin-message';
import type { CurvePoint } from '@solvent/ownership-verifier/schemes/raw-ecdsa';
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import { signRecoverable } from './recoverable.js';
import type { WalletSigner } from './wallet-signer.js';

function pointOf(secretKey: Uint8Array): CurvePoint {
  return secp256k1.Point.fromBytes(secp256k1.getPublicKey(secretKey));
}

export const cosmosSigner: WalletSigner<DecodedAddress, CosmosNetwork> = {
  sign({ message, address, network }, secretKey) {
    const hash = network.ethereumKeys === true ? keccak_256 : sha256;
    const digest = hash(adr36Bytes(message, address.canonical));
    const signature = secp256k1.sign(digest, secretKey, { prehash: false });
    return { signature: base64.encode(signature), publicKey: base64.encode(secp256k1.getPublicKey(secretKey)) };
  },
  addressOf: (secretKey, network) => cosmosAddressOf(cosmosAccountOf(pointOf(secretKey), network), network).canonical,
};

export const filecoinSigner: WalletSigner = {
  sign({ message }, secretKey) {
    const [{ bytes }] = filecoinSignedBytes(message);
    return { signature: signRecoverable(blake2b(bytes, { dkLen: 32 }), secretKey) };
  },
  addressOf: (secretKey) => filecoinAddressOf(pointOf(secretKey)).canonical,
};
