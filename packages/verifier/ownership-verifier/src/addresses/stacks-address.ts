/** Addresses of Stacks: a version and 20 bytes in c32check, and contracts beside them (SIP-005; spec §15.4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../encodings/binary-text.js';
import { doubleSha256, hash160 } from '../schemes/bitcoin-hashes.js';
import { lockingScripts } from '../schemes/bitcoin-script.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

/** An address of Stacks. */
export interface StacksAddress extends HashedKeyAddress {
  /** The hash of a script, 20 bytes, if it is one. */
  readonly scriptHash?: Uint8Array;
}

/** Crockford's letters. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyVersion = 22;
const scriptVersion = 20;
const testVersions = [26, 21];
/** 24 bytes are up to 39 letters. */
const lettersMax = 41;
/** A name of a contract (SIP-002). */
const contractName = /^[a-zA-Z](?:[a-zA-Z0-9]|[-_]){0,127}$/;

/** The address of a text, or why it is none. */
export function decodeStacksAddress(text: string): StacksAddress | OwnershipVerdict {
  const dot = text.length > 200 ? -1 : text.indexOf('.');
  if (dot < 0) return decodeStandard(text);
  const issuer = decodeStandard(text.slice(0, dot));
  if ('verdict' in issuer) return issuer;
  if (!contractName.test(text.slice(dot + 1))) return failed('W3', 'address', 'expected the name of a contract');
  return { canonical: text, kind: 'contract', evidence: 'the code and the state of the contract' };
}

function decodeStandard(text: string): StacksAddress | OwnershipVerdict {
  const version = alphabet.indexOf(text.charAt(1));
  const bytes = text.length > lettersMax || text[0] !== 'S' ? undefined : c32Bytes(text.slice(2));
  if (version < 0 || bytes?.length !== 24) {
    return failed('W3', 'address', 'expected S, a version and 24 bytes in upper-case letters of c32');
  }
  const hash = bytes.subarray(0, 20);
  if (!sameBytes(checksum(version, hash), bytes.subarray(20))) {
    return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
  }
  if (version === keyVersion) return { canonical: text, kind: 'account' };
  if (version === scriptVersion) return { canonical: text, kind: 'script', scriptHash: hash };
  const found = testVersions.includes(version) ? 'the address is marked for a test network' : `version ${version}`;
  return failed('W3', 'address-network', `expected a version of the main network: ${found}`);
}

/** The bytes of a text; undefined where it has other letters, or is not the one spelling of its bytes. */
function c32Bytes(text: string): Uint8Array | undefined {
  const zeros = /^0*/.exec(text)![0].length;
  let value = 0n;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    value = (value << 5n) | BigInt(digit);
  }
  const digits = value === 0n ? '' : value.toString(16);
  return concatBytes(new Uint8Array(zeros), hexToBytes(digits.length % 2 === 0 ? digits : `0${digits}`));
}

/** Zero bytes at the front are as many zeros; the others are one number. */
function c32Text(bytes: Uint8Array): string {
  const zeros = bytes.findIndex((byte) => byte !== 0);
  let value = BigInt(`0x${bytesToHex(bytes)}`);
  let text = '';
  for (; value > 0n; value >>= 5n) text = alphabet[Number(value & 31n)] + text;
  return '0'.repeat(Math.max(zeros, 0)) + text;
}

function checksum(version: number, hash: Uint8Array): Uint8Array {
  return doubleSha256(concatBytes(Uint8Array.of(version), hash)).subarray(0, 4);
}

function spell(version: number, hash: Uint8Array): string {
  return `S${alphabet[version]}${c32Text(concatBytes(hash, checksum(version, hash)))}`;
}

/** The addresses of a key: of both its spellings, and of the script of its segwit program. */
export function stacksAddressesOf(key: CurvePoint): readonly StacksAddress[] {
  const hash = hash160(key.toBytes(true));
  return [
    { canonical: spell(keyVersion, hash), kind: 'account' },
    { canonical: spell(keyVersion, hash160(key.toBytes(false))), kind: 'account of the uncompressed key' },
    { canonical: spell(scriptVersion, hash160(lockingScripts.P2WPKH(hash))), kind: 'P2SH-P2WPKH' },
  ];
}

/** Whether a multisig script hashes to the 20 bytes, by itself or as a witness script. */
export function isStacksScript(script: Uint8Array, hash: Uint8Array): boolean {
  return [script, lockingScripts.P2WSH(sha256(script))].some((each) => sameBytes(hash160(each), hash));
}
