import { readFileSync } from 'node:fs';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import * as btc from '@scure/btc-signer';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBitcoinAddress } from '../src/addresses/bitcoin-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { bitcoinFamily } from '../src/families/bitcoin.js';
import { lockingScripts } from '../src/schemes/bitcoin-script.js';
import { taggedHash, toSpendId } from '../src/schemes/bitcoin-transaction.js';

const bitcoin = networkOf('BTC');

function networkOf(name: string): BitcoinNetwork {
  const network = findNetwork(name);
  if (network?.family !== 'bitcoin') throw new Error(`${name}: expected a network of Bitcoin's family`);
  return network;
}

function check(claim: Partial<OwnershipClaim> & { address: string }, network = bitcoin) {
  const full = { message: '', signatures: [], script: '', owners: [], ...claim };
  const address = bitcoinFamily.decodeAddress(full.address, network);
  return isVerdict(address) ? address : bitcoinFamily.verify(full, address, network);
}

function code(claim: Partial<OwnershipClaim> & { address: string }, network = bitcoin): string {
  const verdict = check(claim, network);
  return `${verdict.verdict} ${verdict.step} ${verdict.code}`;
}

interface Vector {
  readonly type: string;
  readonly message: string;
  readonly address: string;
  readonly signature: string;
  readonly code: string;
}
interface Vectors {
  readonly transactions: readonly { message: string; address: string; messageHash: string; toSpendId: string }[];
  readonly valid: readonly Vector[];
  readonly unsupported: readonly Vector[];
  readonly failing: readonly Vector[];
}
const vectors = JSON.parse(readFileSync(new URL('vectors/bip-322.json', import.meta.url), 'utf8')) as Vectors;

function lockingScriptOf(text: string): Uint8Array {
  const address = decodeBitcoinAddress(text, bitcoin);
  if (isVerdict(address)) throw new Error(`${text}: ${address.detail}`);
  return lockingScripts[address.kind](address.hash);
}

describe('vectors of BIP-322', () => {
  test.each(vectors.transactions)('message hash and to_spend of "$message"', ({ message, address, ...expected }) => {
    expect(bytesToHex(taggedHash('BIP0322-signed-message', utf8ToBytes(message)))).toBe(expected.messageHash);
    expect(bytesToHex(toSpendId(message, lockingScriptOf(address)).reverse())).toBe(expected.toSpendId);
  });

  test.each(vectors.valid)('$type verifies, and for no other message', ({ message, address, signature }) => {
    expect(check({ address, message, signatures: [signature] })).toMatchObject({ verdict: 'verified' });
    expect(code({ address, message: `${message}.`, signatures: [signature] })).toBe('failed W6 signature');
  });

  test.each(vectors.unsupported)('$type is unsupported', ({ message, address, signature, code: expected }) => {
    expect(code({ address, message, signatures: [signature] })).toBe(`unsupported W5 ${expected}`);
  });

  test.each(vectors.failing)('$type does not verify', ({ message, address, signature, code: expected }) => {
    const verdict = code({ address, message, signatures: [signature] });
    expect(verdict.slice(verdict.indexOf(' ') + 1)).toBe(expected);
    expect(verdict).not.toContain('verified');
  });

  test('the locks of a full signature are told', () => {
    const { message, address, signature } = vectors.valid.find(({ type }) => type === 'full p2wpkh') as Vector;
    expect(check({ address, message, signatures: [signature] }).detail).toContain('valid at time 2016 and age 2016');
  });
});

// Signatures by an independent library, for every kind of address that is understood.

const message = 'Exchange, report 7: 100 €';
const privateKeys = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const publicKeys = privateKeys.map((key) => secp256k1.getPublicKey(key, true));
const schnorrKey = schnorr.getPublicKey(privateKeys[0]);

interface Output {
  readonly address?: string;
  readonly script: Uint8Array;
}

const multisig = btc.p2ms(2, publicKeys);
/** A kind of address, which keys sign, and whether its input is of the old kind. */
const outputs: Record<string, { output: Output; signers: readonly number[]; legacy?: boolean }> = {
  P2PKH: { output: btc.p2pkh(publicKeys[0]), signers: [0], legacy: true },
  P2WPKH: { output: btc.p2wpkh(publicKeys[0]), signers: [0] },
  'P2SH-P2WPKH': { output: btc.p2sh(btc.p2wpkh(publicKeys[0])), signers: [0] },
  P2TR: { output: btc.p2tr(schnorrKey) as unknown as Output, signers: [0] },
  'P2SH 2 of 3': { output: btc.p2sh(multisig), signers: [2, 0], legacy: true },
  'P2WSH 2 of 3': { output: btc.p2wsh(multisig), signers: [2, 0] },
  'P2SH-P2WSH 2 of 3': { output: btc.p2sh(btc.p2wsh(multisig)), signers: [2, 0] },
};

interface Choices {
  readonly version?: number;
  readonly lockTime?: number;
  readonly sequence?: number;
  readonly sighashType?: number;
}

/** `to_sign` as the library builds, signs and finalizes it. */
function toSignFor(kind: string, { version = 0, lockTime = 0, sequence = 0, sighashType }: Choices = {}) {
  const { output, signers, legacy } = outputs[kind];
  const options = { allowUnknownOutputs: true, allowUnknownInputs: true, allowUnknownVersion: true };
  const toSpend = new btc.Transaction({ version: 0, lockTime: 0, ...options, disableScriptCheck: true });
  const hash = taggedHash('BIP0322-signed-message', utf8ToBytes(message));
  const finalScriptSig = concatBytes(Uint8Array.of(0, 32), hash);
  toSpend.addOutput({ script: output.script, amount: 0n });
  toSpend.addInput({ txid: new Uint8Array(32), index: 0xffffffff, sequence: 0, finalScriptSig });
  const toSign = new btc.Transaction({ version, lockTime, ...options });
  const parts = Object.entries(output).filter(([name]) =>
    ['redeemScript', 'witnessScript', 'tapInternalKey'].includes(name),
  );
  const spent = legacy
    ? { nonWitnessUtxo: toSpend.toBytes(true, false) }
    : { witnessUtxo: { script: output.script, amount: 0n } };
  const types = sighashType === undefined ? {} : { sighashType };
  toSign.addInput({ txid: toSpend.id, index: 0, sequence, ...Object.fromEntries(parts), ...spent, ...types });
  toSign.addOutput({ script: Uint8Array.of(0x6a), amount: 0n });
  const allowed = sighashType === undefined ? undefined : [sighashType];
  for (const signer of signers) toSign.signIdx(privateKeys[signer], 0, allowed);
  toSign.finalize();
  return toSign;
}

function full(kind: string, choices?: Choices): string {
  return `ful${base64.encode(toSignFor(kind, choices).toBytes(true, true))}`;
}

function witnessOf(kind: string, choices?: Choices): Uint8Array[] {
  return [...(toSignFor(kind, choices).getInput(0).finalScriptWitness ?? [])];
}

function simple(witness: readonly Uint8Array[], prefix = 'smp'): string {
  const items = witness.map((item) => concatBytes(Uint8Array.of(item.length), item));
  return `${prefix}${base64.encode(concatBytes(Uint8Array.of(witness.length), ...items))}`;
}

function addressOf(kind: string): string {
  return outputs[kind].output.address as string;
}

function codeOf(kind: string, signature: string): string {
  return code({ address: addressOf(kind), message, signatures: [signature] });
}

const kinds = Object.keys(outputs);
const simpleKinds = kinds.filter((kind) => outputs[kind].legacy !== true);

describe('BIP-322 by an independent library', () => {
  test.each(kinds)('%s in the full form', (kind) => {
    expect(codeOf(kind, full(kind))).toBe('verified W7 address-proven');
    expect(codeOf(kind, full(kind).slice(3))).toBe('verified W7 address-proven');
    expect(codeOf(kind, full(kind, { version: 2, lockTime: 5, sequence: 6 }))).toBe('verified W7 address-proven');
    expect(codeOf(kind, full(kind, { version: 1 }))).toBe('unsupported W5 signature-form');
    const other = { address: addressOf(kind), message: 'another', signatures: [full(kind)] };
    expect(code(other)).toBe('failed W6 signature');
  });

  test.each(simpleKinds)('%s in the simple form', (kind) => {
    expect(codeOf(kind, simple(witnessOf(kind)))).toBe('verified W7 address-proven');
    expect(codeOf(kind, simple(witnessOf(kind), ''))).toBe('verified W7 address-proven');
    // The simple form has no place for version and locks: signatures made with others do not verify.
    expect(codeOf(kind, simple(witnessOf(kind, { version: 2 })))).toBe('failed W6 signature');
    expect(codeOf(kind, simple(witnessOf(kind, { sequence: 1 })))).toBe('failed W6 signature');
  });

  test('a signature for one kind of address is none for another kind with the same key', () => {
    for (const kind of kinds) {
      for (const other of kinds.filter((name) => name !== kind)) {
        expect(codeOf(other, full(kind)), `${kind} for ${other}`).toMatch(/^(failed|unsupported) W/);
        if (!simpleKinds.includes(kind)) continue;
        expect(codeOf(other, simple(witnessOf(kind))), `${kind} for ${other}`).toMatch(/^(failed|unsupported) W/);
      }
    }
  });

  test('hash types other than ALL are refused', () => {
    expect(codeOf('P2TR', simple(witnessOf('P2TR', { sighashType: 1 })))).toBe('verified W7 address-proven');
    for (const sighashType of [btc.SigHash.NONE, btc.SigHash.SINGLE, btc.SigHash.ALL_ANYONECANPAY]) {
      expect(codeOf('P2TR', simple(witnessOf('P2TR', { sighashType })))).toBe('failed W5 signature-format');
      expect(codeOf('P2WPKH', simple(witnessOf('P2WPKH', { sighashType })))).toBe('failed W5 signature-format');
    }
  });

  test('on chains without segwit or with other digests there is no rule', () => {
    const signature = full('P2PKH');
    for (const name of ['BCH', 'BSV', 'BCD', 'XEC']) {
      const claim = { address: addressOf('P2PKH'), message, signatures: [signature] };
      expect(code(claim, networkOf(name))).toBe('unsupported W5 signature-form');
    }
  });

  test('two signatures beside one address are one too many', () => {
    const signatures = [simple(witnessOf('P2WPKH')), simple(witnessOf('P2WPKH'))];
    expect(code({ address: addressOf('P2WPKH'), message, signatures })).toBe('failed W5 signature-count');
  });
});

describe('witnesses that the chain refuses', () => {
  const [signature, key] = witnessOf('P2WPKH');
  const [empty, first, second, script] = witnessOf('P2WSH 2 of 3');
  const otherScript = btc.p2ms(2, [publicKeys[0], publicKeys[2]]).script;

  function highS(der: Uint8Array): Uint8Array {
    const { r, s } = secp256k1.Signature.fromBytes(der.subarray(0, -1), 'der');
    const high = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s);
    return concatBytes(high.toBytes('der'), der.subarray(-1));
  }

  test.each([
    ['s in the upper half', [highS(signature), key], 'W6 signature'],
    ['a signature without its hash type', [signature.subarray(0, -1), key], 'W5 signature-format'],
    ['a byte after the signature', [concatBytes(signature, Uint8Array.of(1)), key], 'W5 signature-format'],
    ['an uncompressed key', [signature, secp256k1.Point.fromBytes(key).toBytes(false)], 'W5 key-format'],
    ['a key off the curve', [signature, new Uint8Array(33).fill(5)], 'W5 key-format'],
    ['another key', [signature, publicKeys[1]], 'W6 signature'],
    ['a third item', [signature, key, key], 'W5 signature-format'],
  ])('P2WPKH: %s', (_what, witness, expected) => {
    expect(codeOf('P2WPKH', simple(witness))).toBe(`failed ${expected}`);
  });

  test.each([
    ['one signature', [empty, first, script], 'W6 threshold'],
    ['the same signature twice', [empty, first, first, script], 'W6 signature'],
    ['the later key first', [empty, second, first, script], 'W6 signature'],
    ['three signatures', [empty, first, second, second, script], 'W5 signature-format'],
    ['an empty signature', [empty, first, new Uint8Array(), script], 'W5 signature-format'],
    ['no empty item', [Uint8Array.of(1), first, second, script], 'W5 signature-format'],
    ['a script of other keys', [empty, first, second, otherScript], 'W6 signature'],
  ])('P2WSH 2 of 3: %s', (_what, witness, expected) => {
    expect(codeOf('P2WSH 2 of 3', simple(witness))).toBe(`failed ${expected}`);
  });

  test('valid signatures under a script that is not the address are of another address', () => {
    const own = btc.p2ms(1, [publicKeys[0]]).script;
    const digest = toSignFor('P2WSH 2 of 3').preimageWitnessV0(0, own, 1, 0n);
    const der = secp256k1.sign(digest, privateKeys[0], { prehash: false, format: 'der' });
    const witness = [empty, concatBytes(der, Uint8Array.of(1)), own];
    expect(codeOf('P2WSH 2 of 3', simple(witness))).toBe('failed W7 address-mismatch');
  });

  test('a valid signature under a key that is not the address is of another address', () => {
    const scriptCode = btc.p2pkh(publicKeys[1]).script;
    const digest = toSignFor('P2WPKH').preimageWitnessV0(0, scriptCode, 1, 0n);
    const der = secp256k1.sign(digest, privateKeys[1], { prehash: false, format: 'der' });
    const witness = [concatBytes(der, Uint8Array.of(1)), publicKeys[1]];
    expect(codeOf('P2WPKH', simple(witness))).toBe('failed W7 address-mismatch');
  });

  test('the scripts of inputs hold what their kind asks for', () => {
    const bytes = base64.decode(full('P2SH-P2WPKH').slice(3));
    const at = bytesToHex(bytes).indexOf('160014') / 2;
    bytes[at + 4] ^= 1;
    expect(codeOf('P2SH-P2WPKH', `ful${base64.encode(bytes)}`)).toBe('failed W5 script-format');
    expect(codeOf('P2PKH', simple(witnessOf('P2WPKH')))).toBe('failed W5 signature-format');
  });
});

describe('hostile signatures', () => {
  test('proofs of funds are told from what is no signature', () => {
    const input = `${'aa'.repeat(36)}0000000000`;
    const funds = `0000000002${input}${input}010000000000000000016a00000000`;
    expect(codeOf('P2WPKH', base64.encode(hexToBytes(funds)))).toBe('unsupported W5 signature-form');
    expect(codeOf('P2WPKH', base64.encode(hexToBytes(funds.slice(2))))).toBe('failed W5 signature-format');
    expect(codeOf('P2WPKH', `pof${base64.encode(utf8ToBytes('psbt'))}`)).toBe('failed W5 signature-format');
    expect(codeOf('P2WPKH', `pof${base64.encode(hexToBytes('70736274ff'))}`)).toBe('unsupported W5 signature-form');
  });

  test('every truncation and every byte after the end is refused', () => {
    const bytes = base64.decode(full('P2SH 2 of 3').slice(3));
    for (let length = 0; length < bytes.length; length += 7) {
      expect(codeOf('P2SH 2 of 3', `ful${base64.encode(bytes.subarray(0, length))}`)).toBe(
        'failed W5 signature-format',
      );
    }
    const longer = concatBytes(bytes, Uint8Array.of(0));
    expect(codeOf('P2SH 2 of 3', `ful${base64.encode(longer)}`)).toBe('failed W5 signature-format');
  });

  test('changed bytes never verify and never throw', () => {
    const originals = kinds.map((kind) => ({ kind, bytes: base64.decode(full(kind).slice(3)) }));
    const change = fc.tuple(fc.constantFrom(...originals), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(change, ([{ kind, bytes }, at, flip]) => {
        const changed = Uint8Array.from(bytes);
        changed[at % changed.length] ^= flip;
        expect(codeOf(kind, `ful${base64.encode(changed)}`)).not.toContain('verified');
      }),
      { numRuns: 60 },
    );
  });

  test('any stack of items gives a verdict', () => {
    const item = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.constantFrom(...witnessOf('P2WSH 2 of 3'), publicKeys[0]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(item, { maxLength: 6 }), (kind, items) => {
        expect(code({ address: addressOf(kind), message: 'x', signatures: [simple(items)] })).not.toContain('verified');
      }),
      { numRuns: 100 },
    );
  });
});
