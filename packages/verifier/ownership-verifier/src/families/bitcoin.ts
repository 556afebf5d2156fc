/** Bitcoin's family: signed messages, published multisig rows and generic signed messages (spec §13.6). */
import { sha256 } from '@noble/hashes/sha2.js';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import {
  type BitcoinAddress,
  type BitcoinAddressKind,
  bitcoinAddress,
  decodeBitcoinAddress,
} from '../addresses/bitcoin-address.js';
import type { FamilySupport, OwnershipClaim, OwnershipFamily } from '../claim.js';
import { decodeHexUpTo, sameBytes } from '../encodings/binary-text.js';
import { type Bip322Signature, decodeBip322, proofOfFunds, verifyBip322 } from '../schemes/bip322.js';
import { hash160 } from '../schemes/bitcoin-hashes.js';
import { bitcoinMessageDigest, decodeBitcoinMessageSignature, type KeyForm } from '../schemes/bitcoin-message.js';
import { checkThreshold, readMultisig } from '../schemes/bitcoin-multisig.js';
import { lockingScripts } from '../schemes/bitcoin-script.js';
import {
  type CurvePoint,
  decodeRawEcdsa,
  type RecoverableSignature,
  rawEcdsaDigest,
  recoverKey,
} from '../schemes/raw-ecdsa.js';
import { pointOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';

export const bitcoinFamily: OwnershipFamily<BitcoinNetwork, BitcoinAddress> = {
  decodeAddress: decodeBitcoinAddress,
  verify(claim, address, network) {
    if (claim.signatures.length === 0) return failed('W5', 'signature-missing', 'expected a signature, found none');
    const generic = decodeGeneric(claim.signatures[0]);
    if (generic !== undefined) return verifyGeneric(generic, claim, address, network);
    const signatures = claim.signatures.map((text) => decodeMessageSignature(text, claim.message, network));
    const wrong = signatures.indexOf(undefined);
    if (wrong !== -1) return unreadable(wrong);
    return verifyMessage(signatures as MessageSignature[], claim, address, network);
  },
  support,
};

function support({ segwitPrefix, taproot, bip322, cashAddrPrefix }: BitcoinNetwork): FamilySupport {
  const segwit = segwitPrefix === undefined ? [] : ['P2WPKH', 'P2SH-P2WPKH', 'P2WSH m of n', 'P2SH-P2WSH m of n'];
  return {
    addressKinds: [
      cashAddrPrefix === undefined ? 'P2PKH' : 'P2PKH (also as CashAddr)',
      'P2SH m of n',
      ...segwit,
      ...(taproot === true && bip322 === true ? ['P2TR by its key'] : []),
    ],
    schemes: ['signed message', 'raw ECDSA', ...(bip322 === true ? ['BIP-322 simple', 'BIP-322 full'] : [])],
    checked: 'the address is the hash of key or script; of scripts, enough distinct keys signed',
    unproven: 'nothing: other scripts are unsupported',
    section: '13.6',
  };
}

function unreadable(index: number): OwnershipVerdict {
  const expected = '65 bytes in Base64 that begin with 27 … 42, R, S and V in hexadecimal, or BIP-322';
  return failed('W5', 'signature-format', `signature ${index + 1}: expected ${expected}`);
}

/** A message signature, taken apart: the keys that can have made it, and the forms of address that it allows them. */
interface MessageSignature {
  readonly scheme: string;
  readonly forms: readonly KeyForm[];
  /** One for each header of the network for which there is one. */
  readonly keys: readonly CurvePoint[];
}

const allForms: readonly KeyForm[] = ['uncompressed P2PKH', 'P2PKH', 'P2SH-P2WPKH', 'P2WPKH'];

function decodeMessageSignature(text: string, message: string, network: BitcoinNetwork): MessageSignature | undefined {
  const signed = decodeBitcoinMessageSignature(text);
  if (signed !== undefined) {
    const digests = network.messageHeaders.map((header) => bitcoinMessageDigest(header, message));
    return { scheme: 'signed message', forms: signed.forms, keys: recoverKeys(signed, digests) };
  }
  const raw = decodeRawEcdsa(text);
  return raw && { scheme: 'raw ECDSA', forms: allForms, keys: recoverKeys(raw, [rawEcdsaDigest(message)]) };
}

function recoverKeys(signature: RecoverableSignature, digests: readonly Uint8Array[]): CurvePoint[] {
  return digests.map((digest) => recoverKey(signature, digest)).filter((key) => key !== undefined);
}

/** BIP-322, where the text is not one of the two forms of signed messages. */
function decodeGeneric(text: string): Bip322Signature | typeof proofOfFunds | undefined {
  const isMessage = decodeBitcoinMessageSignature(text) !== undefined || decodeRawEcdsa(text) !== undefined;
  return isMessage ? undefined : decodeBip322(text);
}

function verifyGeneric(
  signature: Bip322Signature | typeof proofOfFunds,
  claim: OwnershipClaim,
  address: BitcoinAddress,
  network: BitcoinNetwork,
): OwnershipVerdict {
  if (claim.signatures.length > 1) return tooMany(claim);
  if (network.bip322 !== true) return unsupported('W5', 'signature-form', `no rule for BIP-322 on ${network.title}`);
  if (signature === proofOfFunds) return unsupported('W5', 'signature-form', 'no rule for proofs of funds');
  return verifyBip322(signature, claim.message, address);
}

function tooMany(claim: OwnershipClaim): OwnershipVerdict {
  return failed('W5', 'signature-count', `expected one signature, found ${claim.signatures.length}`);
}

function verifyMessage(
  signatures: readonly MessageSignature[],
  claim: OwnershipClaim,
  address: BitcoinAddress,
  network: BitcoinNetwork,
): OwnershipVerdict {
  if (address.kind === 'P2TR') {
    return unsupported('W5', 'signature-form', 'no standard ties a signed message to a taproot address; BIP-322 does');
  }
  const column = claim.script === '' ? undefined : decodeHexUpTo(claim.script, scriptSizeMax);
  if (claim.script !== '' && column === undefined) {
    return failed('W5', 'script-format', 'expected a script or a public key in hexadecimal in the column of scripts');
  }
  const canBeOneKey = address.kind === 'P2SH' ? network.segwitPrefix !== undefined : address.kind !== 'P2WSH';
  if (canBeOneKey && (column === undefined || namesOneKey(column))) {
    return signatures.length > 1 ? tooMany(claim) : verifySigner(signatures[0], column, address, network);
  }
  if (address.kind !== 'P2SH' && address.kind !== 'P2WSH') {
    return failed('W5', 'key-format', 'expected nothing or a public key in the column of scripts');
  }
  if (column === undefined) return failed('W5', 'script-missing', `a ${address.kind} address needs its script`);
  return verifyWithScript(signatures, column, address, network);
}

/** Whether bytes are a public key, or the redeem script of P2SH-P2WPKH. */
function namesOneKey(column: Uint8Array): boolean {
  return pointOf(column) !== undefined || (column.length === 22 && column[0] === 0 && column[1] === 20);
}

/** Longest script worth decoding: that of a witness (BIP-141). */
const scriptSizeMax = 10_000;

/** Steps W6 and W7 for an address of one key. */
function verifySigner(
  signature: MessageSignature,
  column: Uint8Array | undefined,
  address: BitcoinAddress,
  network: BitcoinNetwork,
): OwnershipVerdict {
  if (signature.keys.length === 0) return failed('W6', 'signature', 'no key made this signature');
  const derived = signature.keys.flatMap((key) => addressesOf(key, signature.forms, network));
  const found = derived.find(({ kind, hash }) => kind === address.kind && sameBytes(hash, address.hash));
  if (found === undefined) {
    const spellings = derived.map(({ kind, hash }) => bitcoinAddress(kind, hash, network).canonical);
    const others = spellings.join(' or ') || 'a segwit key, which this network lacks';
    return failed('W7', 'address-mismatch', `expected a signature by ${address.canonical}, found one by ${others}`);
  }
  const { key, form } = found;
  if (column !== undefined && !isKeyOrProgram(column, key)) {
    return failed('W7', 'address-mismatch', 'the column of scripts holds another key than the one that signed');
  }
  return verified(`${signature.scheme}, ${form}`);
}

/** Whether bytes are the key, or the redeem script of its P2SH-P2WPKH address. */
function isKeyOrProgram(bytes: Uint8Array, key: CurvePoint): boolean {
  const compressed = key.toBytes(true);
  const spellings = [compressed, key.toBytes(false), lockingScripts.P2WPKH(hash160(compressed))];
  return spellings.some((spelling) => sameBytes(spelling, bytes));
}

/** What an address of a key holds, in one of the forms that its signature allows. */
interface DerivedAddress {
  readonly kind: BitcoinAddressKind;
  readonly hash: Uint8Array;
  readonly key: CurvePoint;
  readonly form: KeyForm;
}

function addressesOf(key: CurvePoint, forms: readonly KeyForm[], network: BitcoinNetwork): DerivedAddress[] {
  const hash = hash160(key.toBytes(true));
  return forms.flatMap((form): DerivedAddress[] => {
    if (form === 'uncompressed P2PKH') return [{ kind: 'P2PKH', hash: hash160(key.toBytes(false)), key, form }];
    if (form === 'P2PKH') return [{ kind: 'P2PKH', hash, key, form }];
    if (network.segwitPrefix === undefined) return [];
    if (form === 'P2WPKH') return [{ kind: 'P2WPKH', hash, key, form }];
    return [{ kind: 'P2SH', hash: hash160(lockingScripts.P2WPKH(hash)), key, form }];
  });
}

/** Steps W5 to W7 for a row with its redeem or witness script. */
function verifyWithScript(
  signatures: readonly MessageSignature[],
  bytes: Uint8Array,
  address: BitcoinAddress,
  network: BitcoinNetwork,
): OwnershipVerdict {
  const wrapped =
    network.segwitPrefix !== undefined && sameBytes(hash160(lockingScripts.P2WSH(sha256(bytes))), address.hash);
  const segwit = address.kind === 'P2WSH' || wrapped;
  const script = readMultisig(bytes, segwit);
  if ('verdict' in script) return script;
  const problem = checkThreshold(
    script,
    signatures.map(({ keys }) => keys),
  );
  if (problem !== undefined) return problem;
  const derived = address.kind === 'P2WSH' ? sha256(bytes) : hash160(bytes);
  if (!wrapped && !sameBytes(derived, address.hash)) {
    return failed('W7', 'address-mismatch', 'the script belongs to another address');
  }
  const kind = wrapped ? 'P2SH-P2WSH' : address.kind;
  return verified(`${signatures[0].scheme}, ${kind} ${script.threshold} of ${script.keys.length}`);
}
