/** The Internet Computer: principals and accounts that are the hash of a key (spec §17.4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  decodeIcpAddress,
  type IcpAddress,
  icpAccountText,
  icpPrincipalBytes,
  icpPrincipalText,
} from '../addresses/icp-address.js';
import type { FamilySupport, OwnershipClaim } from '../claim.js';
import { decodeHex } from '../encodings/binary-text.js';
import { edwardsKey, type PublicKey } from '../schemes/public-key.js';
import { rawEd25519Bytes } from '../schemes/raw-ed25519.js';
import { decodeSecp256k1Key, pointOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unproven } from '../verdict.js';
import { type KeyedSignature, keyedFamily, readKey } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['principal', 'account without a subaccount'],
  schemes: ['bytes of the message', 'raw Ed25519'],
  checked: 'the principal is the hash of the key in DER, the account that of the principal',
  unproven: `canisters; ${ownersAlone}`,
  section: '17.4',
};

export const icpFamily = keyedFamily<KeyedNetwork, IcpAddress>({
  support,
  decodeAddress: decodeIcpAddress,
  evidence: "the canister's controllers",
  read: readSignature,
  tie,
  spell: (key) => icpAccountText(icpPrincipalOfKey(key)),
});

const edwardsHead = hexToBytes('302a300506032b6570032100');
const secp256k1Head = hexToBytes('3056301006072a8648ce3d020106052b8104000a034200');

/** A key in DER (RFC 8410; RFC 5480 uncompressed), as the chain hashes it. */
function derOf({ curve, bytes }: PublicKey): Uint8Array {
  if (curve === 'ed25519') return concatBytes(edwardsHead, bytes);
  return concatBytes(secp256k1Head, pointOf(bytes)!.toBytes(false));
}

/** The principal of a key, 29 bytes. */
export function icpPrincipalOfKey(key: PublicKey): Uint8Array {
  return icpPrincipalBytes(derOf(key));
}

/** A key in hexadecimal, alone or in DER; undefined for other texts. */
function decodeKey(text: string): PublicKey | undefined {
  const plain = decodeHex(text, 32) ?? afterHead(decodeHex(text, edwardsHead.length + 32), edwardsHead);
  if (plain !== undefined) return edwardsKey(plain);
  const coordinates = afterHead(decodeHex(text, secp256k1Head.length + 65), secp256k1Head);
  const point = coordinates === undefined ? decodeSecp256k1Key(text) : pointOf(coordinates);
  return point && { curve: 'secp256k1', bytes: point.toBytes(true) };
}

function afterHead(bytes: Uint8Array | undefined, head: Uint8Array): Uint8Array | undefined {
  return bytes !== undefined && head.every((byte, i) => bytes[i] === byte) ? bytes.subarray(head.length) : undefined;
}

function readSignature({ script, message }: OwnershipClaim, text: string): KeyedSignature | OwnershipVerdict {
  const signature = decodeHex(text, 64);
  if (signature === undefined) return failed('W5', 'signature-format', 'expected 64 bytes in hexadecimal');
  const key = readKey(script, decodeKey, 'a key of Ed25519 or secp256k1 in hexadecimal, alone or in DER');
  if ('verdict' in key) return key;
  const scheme = 'bytes of the message';
  const bytes = utf8ToBytes(message);
  if (key.curve === 'secp256k1') return { key, signature, forms: [{ scheme, bytes: sha256(bytes) }] };
  return { key, signature, forms: [{ scheme, bytes }, rawEd25519Bytes(message)] };
}

function tie(key: PublicKey, address: IcpAddress): string | OwnershipVerdict | undefined {
  const principal = icpPrincipalOfKey(key);
  if (address.kind === 'canister') {
    const signer = icpPrincipalText(principal);
    const detail = `signed by the key of ${signer}; nothing here ties it to the canister: its controllers would`;
    return unproven('W7', 'account-unproven', detail);
  }
  return icpAccountText(principal) === address.canonical ? address.kind : undefined;
}
