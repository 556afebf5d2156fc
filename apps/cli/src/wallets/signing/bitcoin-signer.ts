/** Signs as Bitcoin's family does: signed messages (BIP-137), and BIP-322 for taproot (spec §13.6). */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, concatBytes, numberToBytesBE } from '@noble/curves/utils.js';
import { base64 } from '@scure/base';
import { type BitcoinAddress, bitcoinAddress } from '@solvent/ownership-verifier/addresses/bitcoin-address';
import { sameBytes } from '@solvent/ownership-verifier/encodings/binary-text';
import { hash160 } from '@solvent/ownership-verifier/schemes/bitcoin-hashes';
import { bitcoinMessageDigest } from '@solvent/ownership-verifier/schemes/bitcoin-message';
import { lockingScripts } from '@solvent/ownership-verifier/schemes/bitcoin-script';
import { taggedHash, taprootDigest, toSpendOutpoint } from '@solvent/ownership-verifier/schemes/bitcoin-transaction';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import type { SigningTask, WalletSigner } from './wallet-signer.js';

/** First bytes of signatures by compressed keys, by kind of address; keys of scripts sign as for P2PKH. */
const firstBytes = { P2PKH: 31, P2SH: 35, P2WPKH: 39, P2WSH: 31 } as const;
const uncompressedFirstByte = 27;

export const bitcoinSigner: WalletSigner<BitcoinAddress, BitcoinNetwork> = {
  sign(task, secretKey) {
    if (task.address.kind === 'P2TR') return { signature: signTaproot(task, secretKey) };
    const digest = bitcoinMessageDigest(task.network.messageHeaders[0], task.message);
    const signed = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
    const first = firstByte(task, task.address.kind, secretKey) + signed[0];
    return { signature: base64.encode(concatBytes(Uint8Array.of(first), signed.subarray(1))) };
  },
  addressOf(secretKey, network) {
    const kind = network.segwitPrefix === undefined ? 'P2PKH' : 'P2WPKH';
    return bitcoinAddress(kind, hash160(secp256k1.getPublicKey(secretKey)), network).canonical;
  },
};

function firstByte(
  { address, script }: SigningTask<BitcoinAddress, BitcoinNetwork>,
  kind: keyof typeof firstBytes,
  secretKey: Uint8Array,
): number {
  if (kind === 'P2PKH' && sameBytes(hash160(secp256k1.getPublicKey(secretKey, false)), address.hash)) {
    return uncompressedFirstByte;
  }
  return script === '' ? firstBytes[kind] : firstBytes.P2WSH;
}

/** The secret key of a taproot output without scripts (BIP-341, BIP-86). */
function taprootKey(secretKey: Uint8Array): Uint8Array {
  const { n } = secp256k1.Point.CURVE();
  const point = secp256k1.getPublicKey(secretKey);
  const secret = bytesToNumberBE(secretKey);
  const even = point[0] === 2 ? secret : n - secret;
  const tweak = bytesToNumberBE(taggedHash('TapTweak', point.subarray(1)));
  return numberToBytesBE((even + tweak) % n, 32);
}

/** The taproot address of a secret key. */
export function taprootAddressOf(secretKey: Uint8Array, network: BitcoinNetwork): string {
  return bitcoinAddress('P2TR', schnorr.getPublicKey(taprootKey(secretKey)), network).canonical;
}

// BIP-322 simple: a witness with one item, the signature.
function signTaproot({ message, address }: SigningTask<BitcoinAddress, BitcoinNetwork>, secretKey: Uint8Array): string {
  const lockingScript = lockingScripts.P2TR(address.hash);
  const toSign = { version: 0, sequence: 0, lockTime: 0, scriptSig: undefined, witness: [] };
  const digest = taprootDigest(toSign, toSpendOutpoint(message, lockingScript), lockingScript, 0);
  const signature = schnorr.sign(digest, taprootKey(secretKey));
  return base64.encode(concatBytes(Uint8Array.of(1, signature.length), signature));
}
