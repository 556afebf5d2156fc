/** Signs as the accounts of EVM networks, Tron, Solana, TON, the XRP Ledger and Aptos do, and validators (spec §13.7 to §13.13). */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base58, base64 } from '@scure/base';
import { aptosAddressOf, aptosAuthenticationKeys } from '@solvent/ownership-verifier/addresses/aptos-address';
import { evmAddressOf } from '@solvent/ownership-verifier/addresses/evm-address';
import { friendlyTonAddress, tonAddressOf } from '@solvent/ownership-verifier/addresses/ton-address';
import { tonWallets } from '@solvent/ownership-verifier/addresses/ton-wallets';
import { tronAddressOf } from '@solvent/ownership-verifier/addresses/tron-address';
import { xrpAccountOf, xrpAddressOf } from '@solvent/ownership-verifier/addresses/xrp-address';
import { makeCell, stateInitHash } from '@solvent/ownership-verifier/encodings/ton-cell';
import { personalDigest, publishedDigest } from '@solvent/ownership-verifier/schemes/eip191';
import { rawEd25519Bytes } from '@solvent/ownership-verifier/schemes/raw-ed25519';
import { signRecoverable } from './recoverable.js';
import type { WalletSigner } from './wallet-signer.js';

/** The last 20 bytes of the Keccak-256 of the key's coordinates. */
function accountOf(secretKey: Uint8Array): Uint8Array {
  return keccak_256(secp256k1.getPublicKey(secretKey, false).subarray(1)).subarray(12);
}

export const evmSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(personalDigest(message), secretKey) }),
  addressOf: (secretKey) => evmAddressOf(accountOf(secretKey)).canonical,
};

/** The digest of a message of version 2 (TIP-191). */
function tronDigest(message: string): Uint8Array {
  const bytes = utf8ToBytes(message);
  return keccak_256(concatBytes(utf8ToBytes(`\x19TRON Signed Message:\n${bytes.length}`), bytes));
}

export const tronSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: signRecoverable(tronDigest(message), secretKey) }),
  addressOf: (secretKey) => tronAddressOf(accountOf(secretKey)).canonical,
};

export const solanaSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({ signature: base58.encode(ed25519.sign(utf8ToBytes(message), secretKey)) }),
  addressOf: (secretKey) => base58.encode(ed25519.getPublicKey(secretKey)),
};

export const tonSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({
    signature: base64.encode(ed25519.sign(rawEd25519Bytes(message).bytes, secretKey)),
    publicKey: bytesToHex(ed25519.getPublicKey(secretKey)),
  }),
  addressOf: (secretKey) => friendlyTonAddress(tonAddressOf(0, tonWalletHash(ed25519.getPublicKey(secretKey)))),
};

/** The hash of the StateInit of a new wallet v3r2 of the main workchain. */
function tonWalletHash(publicKey: Uint8Array): Uint8Array {
  const wallet = tonWallets.find(({ name }) => name === 'v3r2')!;
  const { before } = wallet.newData(0);
  const head = Uint8Array.from(before.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  const data = concatBytes(head, publicKey);
  return stateInitHash(wallet.code, makeCell(data, 8 * data.length, []));
}

export const xrpSigner: WalletSigner = {
  sign: ({ message }, secretKey) => {
    const digest = sha512(utf8ToBytes(message)).subarray(0, 32);
    const signature = secp256k1.sign(digest, secretKey, { prehash: false, format: 'der' });
    return { signature: bytesToHex(signature), publicKey: bytesToHex(secp256k1.getPublicKey(secretKey)) };
  },
  addressOf: (secretKey) => xrpAddressOf(xrpAccountOf(secp256k1.getPublicKey(secretKey))).canonical,
};

export const aptosSigner: WalletSigner = {
  sign: ({ message }, secretKey) => ({
    signature: bytesToHex(ed25519.sign(rawEd25519Bytes(message).bytes, secretKey)),
    publicKey: bytesToHex(ed25519.getPublicKey(secretKey)),
  }),
  addressOf: (secretKey) =>
    aptosAddressOf(aptosAuthenticationKeys({ curve: 'ed25519', bytes: ed25519.getPublicKey(secretKey) })[0].bytes)
      .canonical,
};

const { longSignatures } = bls12_381;
/** The suite in which validators prove that they possess their keys. */
const blsSuite = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

export const validatorSigner: WalletSigner = {
  sign: ({ message }, secretKey) => {
    const point = longSignatures.hash(publishedDigest(message), blsSuite);
    return { signature: `0x${bytesToHex(longSignatures.sign(point, secretKey).toBytes())}` };
  },
  addressOf: (secretKey) => `0x${bytesToHex(longSignatures.getPublicKey(secretKey).toBytes())}`,
};
