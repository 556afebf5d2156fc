/** Substrate's chains, Polkadot's family: accounts that are a key, or the hash of one (spec §16.3). */
import type { Ss58Network } from '@solvent/report-format/networks/network';
import {
  decodeSs58Address,
  type Ss58Address,
  ss58AccountOf,
  ss58AccountOfMembers,
  ss58AddressOf,
} from '../addresses/ss58-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHex, sameBytes } from '../encodings/binary-text.js';
import { listsMembers, verifyMembers } from '../schemes/member-signatures.js';
import { isSameKey, type KeyedForm, type PublicKey } from '../schemes/public-key.js';
import { recoverKey } from '../schemes/raw-ecdsa.js';
import { decodeSs58Signature, type Ss58Signature, ss58Digests, ss58Forms } from '../schemes/ss58-message.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { findScheme, type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account of sr25519, Ed25519 or secp256k1', 'account of m of n members'],
  schemes: ['wrapped message', 'message', 'raw Ed25519'],
  checked: 'the address is the key, or its hash, or that of members and threshold, of whom enough distinct ones signed',
  unproven: `${ownersAlone} of an account with proxies`,
  section: '16.3',
};

const signatureTexts = '64 bytes in hexadecimal, also after 00 or 01, or 02 and 65 bytes of secp256k1';

const keyed = keyedFamily<Ss58Network, Ss58Address>({
  support,
  decodeAddress: decodeSs58Address,
  evidence: "the account's proxies",
  read: readSignature,
  tie: (key, address) => (sameBytes(ss58AccountOf(key), address.account) ? 'account' : undefined),
  spell: (key, network) => ss58AddressOf(ss58AccountOf(key), network).canonical,
});

export const ss58Family: OwnershipFamily<Ss58Network, Ss58Address> = {
  ...keyed,
  verify(claim, address, network) {
    if (!listsMembers(claim)) return keyed.verify(claim, address, network);
    return verifyMembers(claim, address, {
      decodeMember: (text) => decodeSs58Address(text, network),
      decodeSignature: decodeSs58Signature,
      signatureTexts,
      isBy: (signature, { account }) => isByAccount(signature, claim.message, account),
      addressOf: (members) => ss58AddressOf(ss58AccountOfMembers(members), network),
    });
  },
};

function isByAccount({ curves, signature, recoveryId }: Ss58Signature, message: string, account: Uint8Array): boolean {
  const [curve] = curves;
  if (curve !== 'secp256k1') {
    const key: PublicKey = { curve, bytes: account };
    return findScheme({ key, signature, forms: ss58Forms(message, account, curves) }) !== undefined;
  }
  return ss58Digests(message).some((form) => {
    const bytes = recoverKey({ rs: signature, recoveryId }, form.bytes)?.toBytes(true);
    if (bytes === undefined) return false;
    const key: PublicKey = { curve, bytes };
    // Recovery takes s of either half.
    const isLow = findScheme({ key, signature, forms: [form] }) !== undefined;
    return isLow && sameBytes(ss58AccountOf(key), account);
  });
}

function readSignature(claim: OwnershipClaim, text: string, address: Ss58Address): KeyedSignature | OwnershipVerdict {
  const decoded = decodeSs58Signature(text);
  if (decoded === undefined) return failed('W5', 'signature-format', `expected ${signatureTexts}`);
  if (decoded.curves.includes('secp256k1')) return readEcdsa(claim, decoded, address);
  const [curve] = decoded.curves;
  const decodeKey = (script: string): PublicKey | undefined => {
    const bytes = decodeHex(script, 32);
    return bytes && { curve, bytes };
  };
  const key = readKey(claim.script, decodeKey, 'a key of 32 bytes in hexadecimal', { curve, bytes: address.account });
  if ('verdict' in key) return key;
  return { key, signature: decoded.signature, forms: ss58Forms(claim.message, key.bytes, decoded.curves) };
}

/** The signature gives its key, one for each form; a key beside it has to be one of them. */
function readEcdsa(
  { script, message }: OwnershipClaim,
  { signature, recoveryId }: Ss58Signature,
  address: Ss58Address,
): KeyedSignature | OwnershipVerdict {
  const stated = script === '' ? undefined : decodeHex(script, 33);
  if (script !== '' && stated === undefined) return failed('W5', 'key-format', 'expected 33 bytes in hexadecimal');
  const found: { key: PublicKey; form: KeyedForm }[] = [];
  for (const form of ss58Digests(message)) {
    const bytes = recoverKey({ rs: signature, recoveryId }, form.bytes)?.toBytes(true);
    if (bytes !== undefined) found.push({ key: { curve: 'secp256k1', bytes }, form });
  }
  const wanted = ({ key }: { key: PublicKey }) =>
    stated === undefined
      ? sameBytes(ss58AccountOf(key), address.account)
      : isSameKey(key, { curve: 'secp256k1', bytes: stated });
  const signer = found.find(wanted) ?? (stated === undefined ? found[0] : undefined);
  if (signer === undefined) return failed('W6', 'signature', 'no such key made this signature of the message');
  return { key: signer.key, signature, forms: [signer.form] };
}
