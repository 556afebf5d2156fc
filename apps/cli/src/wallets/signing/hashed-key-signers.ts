/** Signs as chains do whose accounts are hashes of a key of secp256k1 (spec §15). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { aelfAddressOf } from '@solvent/ownership-verifier/addresses/aelf-address';
import { confluxAddressOf } from '@solvent/ownership-verifier/addresses/conflux-address';
import { cosmosAccountOf, cosmosAddressOf } from '@solvent/ownership-verifier/addresses/cosmos-address';
import { decredAddressOf } from '@solvent/ownership-verifier/addresses/decred-address';
import { filecoinAddressOf } from '@solvent/ownership-verifier/addresses/filecoin-address';
import { iconAddressOf } from '@solvent/ownership-verifier/addresses/icon-address';
import { stacksAddressesOf } from '@solvent/ownership-verifier/addresses/stacks-address';
import { zilliqaAccountOf, zilliqaAddressOf } from '@solvent/ownership-verifier/addresses/zilliqa-address';
import type { DecodedAddress } from '@solvent/ownership-verifier/claim';
import { adr36Bytes } from '@solvent/ownership-verifier/schemes/adr36';
import { encodeAntelopeKey, encodeAntelopeSignature } from '@solvent/ownership-verifier/schemes/antelope-text';
import { confluxMessageDigest } from '@solvent/ownership-verifier/schemes/conflux-message';
import { decredMessageDigest } from '@solvent/ownership-verifier/schemes/decred-message';
import { filecoinSignedBytes } from '@solvent/ownership-verifier/schemes/filecoin-message';
import { publishedMessageBytes } from '@solvent/ownership-verifier/schemes/published-message';
import { type CurvePoint, rawEcdsaDigest } from '@solvent/ownership-verifier/schemes/raw-ecdsa';
import { stacksMessageDigest } from '@solvent/ownership-verifier/schemes/stacks-message';
import { zilliqaChallenge } from '@solvent/ownership-verifier/schemes/zilliqa-schnorr';
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import { InputError } from '../../input-error.js';
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

export const stacksSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(stacksMessageDigest(message), secretKey) }),
  addressOf: (secretKey) => stacksAddressesOf(pointOf(secretKey))[0].canonical,
};

export const confluxSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(confluxMessageDigest(message), secretKey) }),
  addressOf: (secretKey) => confluxAddressOf(pointOf(secretKey)).canonical,
};

export const iconSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(rawEcdsaDigest(message), secretKey) }),
  addressOf: (secretKey) => iconAddressOf(pointOf(secretKey)).canonical,
};

export const aelfSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(rawEcdsaDigest(message), secretKey) }),
  addressOf: (secretKey) => aelfAddressOf(pointOf(secretKey)).canonical,
};

export const antelopeSigner: WalletSigner = {
  sign({ message }, secretKey) {
    const digest = sha256(publishedMessageBytes(message));
    const [recoveryId, ...rs] = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
    const signature = encodeAntelopeSignature({ rs: Uint8Array.from(rs), recoveryId });
    return { signature, publicKey: encodeAntelopeKey(pointOf(secretKey)) };
  },
  addressOf() {
    throw new InputError('accounts of this network have names or numbers, which follow from no key');
  },
};

export const decredSigner: WalletSigner = {
  sign({ message }, secretKey) {
    const digest = decredMessageDigest(message);
    const [recovery, ...rs] = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
    return { signature: base64.encode(Uint8Array.of(31 + recovery, ...rs)) };
  },
  addressOf: (secretKey) => decredAddressOf(pointOf(secretKey), true).canonical,
};

export const zilliqaSigner: WalletSigner = {
  sign({ message }, secretKey) {
    const digest = sha256(utf8ToBytes(message));
    const { Fn, BASE } = secp256k1.Point;
    const key = pointOf(secretKey);
    const secret = Fn.create(bytesToNumberBE(secretKey));
    // The nonce follows from key and message, so that no two messages share one.
    const nonce = Fn.create(bytesToNumberBE(sha256(concatBytes(secretKey, digest))));
    const r = zilliqaChallenge(BASE.multiply(nonce), key, digest);
    const s = Fn.create(nonce - r * secret);
    const signature = bytesToHex(concatBytes(numberToBytesBE(r, 32), numberToBytesBE(s, 32)));
    return { signature, publicKey: key.toHex(true) };
  },
  addressOf: (secretKey) => zilliqaAddressOf(zilliqaAccountOf(secp256k1.getPublicKey(secretKey))).canonical,
};

/** Accounts have numbers, and their keys are on the chain; a key that an account has signs in the published form. */
export const flowSigner: WalletSigner = { ...antelopeSigner, sign: iconSigner.sign };

function signElsewhere(): never {
  throw new InputError('accounts of Starknet sign by their own wallets: take their signatures from files');
}

export const starknetSigner: WalletSigner = { sign: signElsewhere, addressOf: signElsewhere };
