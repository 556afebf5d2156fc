/**
 * Generic signed messages (BIP-322): a witness or a transaction that would spend an output to the address (spec §13.6).
 *
 * Understood without an interpreter of scripts: one key (P2PKH, P2WPKH, also within P2SH), m of n keys (P2SH, P2WSH, also
 * within P2SH), and taproot by its key. The transactions and digests are built here rather than by a library: they are
 * one page, and a library's parsers meet bytes that the list's author chose.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '@scure/base';
import type { BitcoinAddress } from '../addresses/bitcoin-address.js';
import { sameBytes } from '../encodings/binary-text.js';
import { failed, type OwnershipVerdict, unsupported, verified } from '../verdict.js';
import { hash160 } from './bitcoin-hashes.js';
import { readMultisig } from './bitcoin-multisig.js';
import { lockingScripts, type MultisigScript, parsePushes } from './bitcoin-script.js';
import {
  decodeToSign,
  decodeWitness,
  legacyDigest,
  segwitDigest,
  severalInputs,
  type ToSign,
  taprootDigest,
  toSpendOutpoint,
} from './bitcoin-transaction.js';
import { decodeScriptSignature } from './der-signature.js';
import { pointOf } from './secp256k1-key.js';

export interface Bip322Signature {
  readonly variant: 'simple' | 'full';
  readonly toSign: ToSign;
  /** Which output a full signature spends, 36 bytes. */
  readonly outpoint?: Uint8Array;
}

/** A known form for which there is no rule: it also spends outputs that only the chain knows. */
export const proofOfFunds = 'proof of funds';

/** Longest text worth decoding: a witness script may have 10,000 bytes. */
const textLengthMax = 20_000;

/** How a partially signed transaction begins (BIP-174): `psbt` and 0xff. */
const psbtMagic = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff);

/**
 * The signature in a text: canonical Base64 after `smp` (a witness), `ful` (a transaction) or `pof`, or without a prefix, as
 * wallets wrote both before version 1 of the standard; undefined where the text is none.
 */
export function decodeBip322(text: string): Bip322Signature | typeof proofOfFunds | undefined {
  const prefix = /^(?:smp|ful|pof)/.exec(text)?.[0] ?? '';
  const bytes = base64Bytes(text.slice(prefix.length));
  if (bytes === undefined) return undefined;
  if (prefix === 'pof') return sameBytes(bytes.subarray(0, psbtMagic.length), psbtMagic) ? proofOfFunds : undefined;
  const witness = prefix === 'ful' ? undefined : decodeWitness(bytes);
  if (witness !== undefined) {
    return { variant: 'simple', toSign: { version: 0, sequence: 0, lockTime: 0, scriptSig: undefined, witness } };
  }
  const toSign = prefix === 'smp' ? undefined : decodeToSign(bytes);
  if (toSign === severalInputs) return proofOfFunds;
  return toSign && { variant: 'full', toSign, outpoint: toSign.outpoint };
}

function base64Bytes(text: string): Uint8Array | undefined {
  if (text.length > textLengthMax) return undefined;
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

/** What satisfies the address's script, taken apart; `derived` is what the address must hold. */
type Satisfaction = { readonly derived: Uint8Array } & (
  | { readonly by: 'key'; readonly signature: Uint8Array; readonly key: Uint8Array; readonly segwit: boolean }
  | {
      readonly by: 'keys';
      readonly signatures: readonly Uint8Array[];
      readonly script: MultisigScript;
      readonly scriptBytes: Uint8Array;
      readonly segwit: boolean;
    }
  | { readonly by: 'taproot key'; readonly signature: Uint8Array; readonly hashType: number }
);

function isVerdict(value: Satisfaction | MultisigScript | OwnershipVerdict): value is OwnershipVerdict {
  return 'verdict' in value;
}

/** Steps W5 to W7 for a generic signed message of an address. */
export function verifyBip322(signature: Bip322Signature, message: string, address: BitcoinAddress): OwnershipVerdict {
  const { toSign, variant } = signature;
  if (toSign.version !== 0 && toSign.version !== 2) {
    return unsupported('W5', 'signature-form', `expected a transaction of version 0 or 2, found ${toSign.version}`);
  }
  const satisfaction = readSatisfaction(toSign, address);
  if (isVerdict(satisfaction)) return satisfaction;

  const lockingScript = lockingScripts[address.kind](address.hash);
  const outpoint = toSpendOutpoint(message, lockingScript);
  if (signature.outpoint !== undefined && !sameBytes(signature.outpoint, outpoint)) {
    return failed('W6', 'signature', 'the transaction is for another message or another address');
  }
  const problem = checkSignatures(satisfaction, toSign, outpoint, lockingScript);
  if (problem !== undefined) return problem;

  if (!sameBytes(satisfaction.derived, address.hash)) {
    return failed('W7', 'address-mismatch', `the ${satisfaction.by} that signed belongs to another address`);
  }
  return verified(`BIP-322 ${variant}, ${address.kind}${lockDetail(toSign)}`);
}

/** Locks bind the virtual transaction, not the keys; the standard has them told. */
function lockDetail({ lockTime, sequence }: ToSign): string {
  return lockTime === 0 && sequence === 0 ? '' : `, valid at time ${lockTime} and age ${sequence}`;
}

// Step W5: the parts of what satisfies each kind of script.

function readSatisfaction(toSign: ToSign, address: BitcoinAddress): Satisfaction | OwnershipVerdict {
  const { scriptSig, witness } = toSign;
  if (address.kind === 'P2PKH') {
    const pushes = scriptSig && witness.length === 0 ? parsePushes(scriptSig) : undefined;
    return pushes === undefined ? wrongPlace(address) : readKey(pushes, false, hash160);
  }
  if (address.kind === 'P2SH') return readScriptHash(toSign, address);
  if (scriptSig !== undefined && scriptSig.length > 0) return wrongPlace(address);
  if (address.kind === 'P2WPKH') return readKey(witness, true, hash160);
  if (address.kind === 'P2WSH') return readKeys(witness, true, sha256);
  return readTaproot(witness, address);
}

function wrongPlace(address: BitcoinAddress): OwnershipVerdict {
  return failed('W5', 'signature-format', `the signature is not where a ${address.kind} address has it`);
}

/** P2SH: a script of keys in the input's script, or one of segwit's programs there and the rest in the witness. */
function readScriptHash(toSign: ToSign, address: BitcoinAddress): Satisfaction | OwnershipVerdict {
  const { scriptSig, witness } = toSign;
  const pushes = scriptSig && parsePushes(scriptSig);
  if (witness.length === 0) return pushes === undefined ? wrongPlace(address) : readKeys(pushes, false, hash160);
  const byKey = witness.length === 2 && witness[1].length === 33;
  const program = byKey
    ? (key: Uint8Array) => lockingScripts.P2WPKH(hash160(key))
    : (script: Uint8Array) => lockingScripts.P2WSH(sha256(script));
  const expected = program(witness[witness.length - 1]);
  if (scriptSig !== undefined && !(pushes?.length === 1 && sameBytes(pushes[0], expected))) {
    return failed('W5', 'script-format', "the input's script is not a push of the segwit program of the witness");
  }
  const derive = (bytes: Uint8Array) => hash160(program(bytes));
  return byKey ? readKey(witness, true, derive) : readKeys(witness, true, derive);
}

type Derive = (bytes: Uint8Array) => Uint8Array;

function readKey(items: readonly Uint8Array[], segwit: boolean, derive: Derive): Satisfaction | OwnershipVerdict {
  if (items.length !== 2)
    return failed('W5', 'signature-format', `expected signature and key, found ${items.length} items`);
  const [signatureBytes, key] = items;
  const signature = decodeScriptSignature(signatureBytes);
  if (signature === undefined) return notStrict(1);
  if (pointOf(key) === undefined || (segwit && key.length !== 33)) {
    return failed(
      'W5',
      'key-format',
      `expected a public key${segwit ? ' of 33 bytes' : ''}, found ${key.length} bytes`,
    );
  }
  return { by: 'key', signature, key, segwit, derived: derive(key) };
}

function notStrict(number: number): OwnershipVerdict {
  return failed('W5', 'signature-format', `signature ${number} is not strict DER with SIGHASH_ALL`);
}

function readKeys(items: readonly Uint8Array[], segwit: boolean, derive: Derive): Satisfaction | OwnershipVerdict {
  if (items.length < 2) return failed('W5', 'signature-format', 'expected an empty item, signatures and a script');
  const scriptBytes = items[items.length - 1];
  const script = readMultisig(scriptBytes, segwit);
  if (isVerdict(script)) return script;
  const signatures: Uint8Array[] = [];
  for (const [index, item] of items.slice(1, -1).entries()) {
    const signature = decodeScriptSignature(item);
    if (signature === undefined) return notStrict(index + 1);
    signatures.push(signature);
  }
  if (items[0].length !== 0 || signatures.length > script.threshold) {
    return failed('W5', 'signature-format', `expected an empty item, ${script.threshold} signatures and the script`);
  }
  return { by: 'keys', signatures, script, scriptBytes, segwit, derived: derive(scriptBytes) };
}

function readTaproot(witness: readonly Uint8Array[], address: BitcoinAddress): Satisfaction | OwnershipVerdict {
  if (witness.length > 1) return unsupported('W5', 'signature-form', 'no rule for taproot with scripts or an annex');
  const item = witness[0] ?? new Uint8Array();
  const plain = item.length === 64;
  if (!plain && !(item.length === 65 && item[64] === 1)) {
    return failed('W5', 'signature-format', 'expected a signature of 64 bytes, or of 65 with SIGHASH_ALL');
  }
  const signature = item.subarray(0, 64);
  // The key that signs is the address's own: step W7 has nothing left to compare.
  return { by: 'taproot key', signature, hashType: plain ? 0 : 1, derived: address.hash };
}

// Step W6: the signatures.

function checkSignatures(
  satisfaction: Satisfaction,
  toSign: ToSign,
  outpoint: Uint8Array,
  lockingScript: Uint8Array,
): OwnershipVerdict | undefined {
  if (satisfaction.by === 'taproot key') {
    const digest = taprootDigest(toSign, outpoint, lockingScript, satisfaction.hashType);
    if (schnorrHolds(satisfaction.signature, digest, satisfaction.derived)) return undefined;
    return failed('W6', 'signature', 'the signature does not verify for this message and address');
  }
  const digestOf = satisfaction.segwit ? segwitDigest : legacyDigest;
  if (satisfaction.by === 'keys') {
    return checkInOrder(
      satisfaction.script,
      satisfaction.signatures,
      digestOf(toSign, outpoint, satisfaction.scriptBytes),
    );
  }
  const digest = digestOf(toSign, outpoint, lockingScripts.P2PKH(hash160(satisfaction.key)));
  if (ecdsaHolds(satisfaction.signature, digest, satisfaction.key)) return undefined;
  return failed('W6', 'signature', 'the signature does not verify, or its s is in the upper half');
}

/** As CHECKMULTISIG does: exactly the threshold of signatures, in the order of their keys. */
function checkInOrder(
  script: MultisigScript,
  signatures: readonly Uint8Array[],
  digest: Uint8Array,
): OwnershipVerdict | undefined {
  if (signatures.length < script.threshold) {
    return failed('W6', 'threshold', `expected ${script.threshold} signatures, found ${signatures.length}`);
  }
  let next = 0;
  for (const [index, signature] of signatures.entries()) {
    while (next < script.keys.length && !ecdsaHolds(signature, digest, script.keys[next])) next++;
    if (next === script.keys.length) {
      return failed(
        'W6',
        'signature',
        `signature ${index + 1} verifies for no key after those of the signatures before it`,
      );
    }
    next++;
  }
  return undefined;
}

function ecdsaHolds(signature: Uint8Array, digest: Uint8Array, key: Uint8Array): boolean {
  return secp256k1.verify(signature, digest, key, { prehash: false, lowS: true });
}

function schnorrHolds(signature: Uint8Array, digest: Uint8Array, key: Uint8Array): boolean {
  return schnorr.verify(signature, digest, key);
}
