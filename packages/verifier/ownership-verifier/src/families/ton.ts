/** TON: wallets whose address is the hash of a known code and of data with the key (spec §13.10). */

import { base64 } from '@scure/base';
import type { PlainNetwork } from '@solvent/report-format/networks/network';
import { decodeTonAddress, friendlyTonAddress, type TonAddress } from '../addresses/ton-address.js';
import { findTonWallet, readTonWallet } from '../addresses/ton-wallets.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex, sameBytes } from '../encodings/binary-text.js';
import { type CellTree, decodeBagOfCells } from '../encodings/ton-bag-of-cells.js';
import { verifyEd25519 } from '../schemes/ed25519.js';
import { edwardsKey, whyInvalidKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { decodeTonSignature } from '../schemes/ton-connect.js';
import { failed, type OwnershipVerdict, unproven, unsupported, verified } from '../verdict.js';
import { ownersAlone, verifyOneSigner } from './owner-signatures.js';

/** A StateInit of the largest known wallet takes about 1,000 letters. */
const stateInitLettersMax = 8192;

const support: FamilySupport = {
  addressKinds: ['wallets v1 to v5', 'highload v3'],
  schemes: ['raw Ed25519', 'TON Connect text'],
  checked: 'the address is the hash of a known wallet contract with the key in it',
  unproven: ownersAlone,
  section: '13.10',
};

export const tonFamily: OwnershipFamily<PlainNetwork, TonAddress> = {
  decodeAddress: decodeTonAddress,
  verify: (claim, address) =>
    verifyOneSigner(claim, address, {
      decode: decodeTonAddress,
      verifySigner: (signature, signer) => verifyWallet(claim, signature, signer),
      evidence: "the contract's state",
    }),
  support: () => support,
};

/** Who holds a wallet, by the column of scripts: the key, and how the address follows from it. */
interface Holder {
  readonly key: Uint8Array;
  /** The name of the wallet whose address this is, or undefined if it is another's. */
  readonly walletAt: (address: TonAddress) => string | undefined;
}

function verifyWallet({ script, message }: OwnershipClaim, text: string, address: TonAddress): OwnershipVerdict {
  const holder = readHolder(script);
  if ('verdict' in holder) return holder;
  const decoded = decodeTonSignature(text, message, address, rawEd25519Bytes(message));
  if (decoded === undefined) {
    return failed(
      'W5',
      'signature-format',
      'expected 64 bytes in hexadecimal or Base64, alone or after ton_proof|domain|timestamp| or ton_sign_data|…',
    );
  }
  const { signature, signed } = decoded;
  if (!verifyEd25519(signature, signed.bytes, holder.key)) {
    return (
      whyInvalidKey(edwardsKey(holder.key)) ??
      failed('W6', 'signature', `the key did not sign the message as ${signed.scheme}`)
    );
  }
  const wallet = holder.walletAt(address);
  if (wallet !== undefined && signed.isUnseen) {
    const settles = 'a signature of the raw published bytes, or by ton_sign_data, would settle it';
    return unproven('W7', 'payload-unseen', `${signed.scheme}: wallets do not show what it signs; ${settles}`);
  }
  if (wallet !== undefined) return verified(`${signed.scheme}, wallet ${wallet}`);
  return failed(
    'W7',
    'address-mismatch',
    `no known wallet of this key has the address ${friendlyTonAddress(address)}; for another wallet id, give its StateInit`,
  );
}

function readHolder(script: string): Holder | OwnershipVerdict {
  if (script === '') return failed('W5', 'key-missing', 'expected the public key, or the StateInit, of the wallet');
  const key = decodeHex(script, 32);
  if (key !== undefined) {
    return { key, walletAt: (address) => findTonWallet(address.hash, address.workchain, key)?.name };
  }
  const stateInit = decodeStateInit(script);
  if (stateInit === undefined) {
    return failed(
      'W5',
      'key-format',
      'expected a key of 32 bytes in hexadecimal, or a StateInit as a bag of cells in Base64',
    );
  }
  const [code, data] = stateInit.refs;
  const found = readTonWallet(code, data);
  if (found === undefined)
    return unsupported('W5', 'wallet-code', 'the StateInit is that of no known wallet of one key');
  const { key: held, wallet } = found;
  return { key: held, walletAt: ({ hash }) => (sameBytes(stateInit.hash, hash) ? wallet.name : undefined) };
}

/** The root of a StateInit that has code and data, and neither libraries nor special flags. */
function decodeStateInit(text: string): CellTree | undefined {
  if (text.length > stateInitLettersMax) return undefined;
  try {
    const root = decodeBagOfCells(base64.decode(text));
    return root?.bitCount === 5 && root.data[0] === 0b0011_0100 && root.refs.length === 2 ? root : undefined;
  } catch {
    return undefined;
  }
}
