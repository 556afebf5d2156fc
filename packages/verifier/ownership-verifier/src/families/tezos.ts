/** Tezos: accounts that are the hash of a key of one of three curves (spec §17.1). */
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeTezosAddress, type TezosAddress, tezosAccountOf } from '../addresses/tezos-address.js';
import type { FamilySupport, OwnershipClaim } from '../claim.js';
import type { PublicKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { decodeTezosKey, decodeTezosSignature, tezosDigests } from '../schemes/tezos-message.js';
import { failed, type OwnershipVerdict, unproven } from '../verdict.js';
import { type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['tz1 account', 'tz2 account', 'tz3 account'],
  schemes: ['Micheline text', 'Tezos signed message', 'raw Ed25519'],
  checked: 'the address is the hash of the key, under the prefix of its curve',
  unproven: `contracts, KT1; ${ownersAlone}`,
  section: '17.1',
};

export const tezosFamily = keyedFamily<KeyedNetwork, TezosAddress>({
  support,
  decodeAddress: decodeTezosAddress,
  evidence: "the contract's code and storage",
  read: readSignature,
  tie,
  spell: (key) => tezosAccountOf(key).canonical,
});

function readSignature(
  { script, message }: OwnershipClaim,
  text: string,
  address: TezosAddress,
): KeyedSignature | OwnershipVerdict {
  const signed = decodeTezosSignature(text);
  if (signed === undefined) {
    const expected = 'edsig, spsig1, p2sig or sig in Base58Check, or 64 bytes in hexadecimal';
    return failed('W5', 'signature-format', `expected ${expected}`);
  }
  const expected = "edpk, sppk or p2pk in Base58Check, or the key of the address's curve in hexadecimal";
  const key = readKey(script, (column) => decodeTezosKey(column, address.curve), expected);
  if ('verdict' in key) return key;
  const { signature, curve = key.curve } = signed;
  if (curve !== key.curve) return failed('W5', 'key-format', `a key of ${key.curve} beside a signature of ${curve}`);
  const forms = tezosDigests(message);
  if (curve === 'ed25519') return { key, signature, forms: [...forms, rawEd25519Bytes(message)] };
  // The chain takes either half of s under a key of secp256r1.
  return curve === 'secp256r1' ? { key, signature, forms, allowsHighS: true } : { key, signature, forms };
}

function tie(key: PublicKey, address: TezosAddress): string | OwnershipVerdict | undefined {
  const { canonical } = tezosAccountOf(key);
  if (address.curve === undefined) {
    const detail = `signed by the key of ${canonical}; nothing here ties it to the contract: its code and storage would`;
    return unproven('W7', 'account-unproven', detail);
  }
  return canonical === address.canonical ? address.kind : undefined;
}
