import { readFileSync } from 'node:fs';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import * as btc from '@scure/btc-signer';
import { bitcoinNetworks } from '@solvent/report-format/networks/bitcoin-networks';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import bitcoinjs from 'bitcoinjs-message';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitcoinAddress } from '../src/addresses/bitcoin-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { bitcoinFamily } from '../src/families/bitcoin.js';
import { hash160 } from '../src/schemes/bitcoin-hashes.js';
import { lockingScripts } from '../src/schemes/bitcoin-script.js';
import { rawEcdsaDigest } from '../src/schemes/raw-ecdsa.js';

interface Row {
  readonly coin: string;
  readonly address: string;
  readonly message: string;
  readonly signatures: readonly string[];
  readonly script: string;
}
interface Vectors {
  readonly published: { readonly rows: readonly Row[] };
  readonly wallets: {
    readonly rows: readonly { address: string; message: string; signature: string }[];
    readonly segwit: Record<'key' | 'message' | 'P2PKH' | 'P2SH-P2WPKH' | 'P2WPKH', string>;
  };
}
const vectors = JSON.parse(readFileSync(new URL('vectors/bitcoin-messages.json', import.meta.url), 'utf8')) as Vectors;

function networkOf(name: string): BitcoinNetwork {
  const network = findNetwork(name);
  if (network?.family !== 'bitcoin') throw new Error(`${name}: expected a network of Bitcoin's family`);
  return network;
}

type Changes = Partial<OwnershipClaim> & { readonly address: string; readonly coin?: string };

function check({ coin = 'BTC', ...changes }: Changes) {
  const claim = { message: '', signatures: [], script: '', owners: [], ...changes };
  const network = networkOf(coin);
  const address = bitcoinFamily.decodeAddress(claim.address, network);
  return isVerdict(address) ? address : bitcoinFamily.verify(claim, address, network);
}

function code(claim: Changes): string {
  const verdict = check(claim);
  return `${verdict.verdict} ${verdict.step} ${verdict.code}`;
}

const proven = 'verified W7 address-proven';
const mismatch = 'failed W7 address-mismatch';

describe('published rows', () => {
  test.each(vectors.published.rows)('$coin $address', (row) => {
    expect(code(row)).toBe(proven);
    const other = code({ ...row, message: `${row.message}!` });
    expect(other).toBe(row.script === '' ? mismatch : 'failed W6 signature');
  });

  const multisig = vectors.published.rows.filter(({ script }) => script !== '');
  test.each(multisig)('$coin $address: the threshold is that of the script, by different keys', (row) => {
    const [first, second] = row.signatures;
    expect(code({ ...row, signatures: [second, first] })).toBe(proven);
    expect(code({ ...row, signatures: [first] })).toBe('failed W6 threshold');
    expect(code({ ...row, signatures: [first, first] })).toBe('failed W6 repeated-key');
    expect(code({ ...row, signatures: [first, otherHalf(first)] })).toBe('failed W6 repeated-key');
    expect(code({ ...row, signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ ...row, signatures: [first, 'null'] })).toBe('failed W5 signature-format');
  });

  test.each(multisig)('$coin $address: the script is the address’s, whole', (row) => {
    const { script } = row;
    expect(code({ ...row, script: '' })).toMatch(/^failed (W5 script-missing|W5 signature-count)$/);
    expect(code({ ...row, script: `0x${script.toUpperCase()}` })).toBe(proven);
    expect(code({ ...row, script: `51${script.slice(2)}` })).toBe(mismatch);
    expect(code({ ...row, script: script.slice(2) })).toBe('failed W5 script-format');
    expect(code({ ...row, script: script.slice(0, -2) })).toBe('unsupported W5 script-kind');
    expect(code({ ...row, script: `${script}ac` })).toBe('unsupported W5 script-kind');
    expect(code({ ...row, script: `${script}ae` })).toBe('failed W5 script-format');
    expect(code({ ...row, script: 'zz' })).toBe('failed W5 script-format');
    const [, ...keys] = /^52(21.{66})(21.{66})(21.{66})53ae$/.exec(script) as string[];
    expect(code({ ...row, script: `52${keys[1]}${keys[0]}${keys[2]}53ae` })).toBe(mismatch);
    expect(code({ ...row, script: `52${keys[0]}${keys[0]}${keys[1]}53ae` })).toBe('failed W5 script-format');
    expect(code({ ...row, script: `54${keys.join('')}53ae` })).toBe('failed W5 script-format');
    expect(code({ ...row, script: `00${keys.join('')}53ae` })).toBe('failed W5 script-format');
  });
});

/** The same signature with s on the other half of the order, and so another first byte; the same key made it. */
function otherHalf(text: string): string {
  const bytes = base64.decode(text);
  const { r, s } = secp256k1.Signature.fromBytes(bytes.subarray(1), 'compact');
  const other = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes('compact');
  return base64.encode(concatBytes(Uint8Array.of(((bytes[0] - 27) ^ 1) + 27), other));
}

describe('signatures by wallets', () => {
  test.each(vectors.wallets.rows)('$address', ({ address, message, signature }) => {
    const claim = { address, message, signatures: [signature] };
    expect(code(claim)).toBe(proven);
    expect(code({ ...claim, message: `${message} ` })).toBe(mismatch);
    // Nodes take either half of s in messages: neither helps whoever has no key.
    expect(code({ ...claim, signatures: [otherHalf(signature)] })).toBe(proven);
    expect(code({ ...claim, signatures: [withFirstByte(signature, (distance) => distance ^ 1)] })).toBe(mismatch);
    // Compressed against uncompressed.
    expect(code({ ...claim, signatures: [withFirstByte(signature, (distance) => distance ^ 4)] })).toBe(mismatch);
  });

  const { segwit } = vectors.wallets;
  const network = networkOf('BTC');
  const key = btc.WIF().decode(segwit.key);
  const hash = hash160(secp256k1.getPublicKey(key, true));
  const addresses = {
    P2PKH: bitcoinAddress('P2PKH', hash, network).canonical,
    'P2SH-P2WPKH': bitcoinAddress('P2SH', hash160(lockingScripts.P2WPKH(hash)), network).canonical,
    P2WPKH: bitcoinAddress('P2WPKH', hash, network).canonical,
  };
  const forms = ['P2PKH', 'P2SH-P2WPKH', 'P2WPKH'] as const;

  test.each(forms)('the first byte for P2PKH beside %s, as many wallets write it', (form) => {
    const claim = { address: addresses[form], message: segwit.message, signatures: [segwit.P2PKH] };
    expect(check(claim)).toMatchObject({ verdict: 'verified', detail: `signed message, ${form}` });
  });

  test.each(['P2SH-P2WPKH', 'P2WPKH'] as const)('the first byte for %s, beside that kind of address alone', (form) => {
    for (const other of forms) {
      const claim = { address: addresses[other], message: segwit.message, signatures: [segwit[form]] };
      expect(code(claim)).toBe(other === form ? proven : mismatch);
    }
  });

  test('segwit’s first bytes count only where there is segwit', () => {
    for (const coin of ['BCH', 'DOGE', 'ZEC', 'BSV']) {
      const wrapped = bitcoinAddress('P2SH', hash160(lockingScripts.P2WPKH(hash)), networkOf(coin)).canonical;
      for (const form of forms) {
        const claim = { coin, address: wrapped, message: segwit.message, signatures: [segwit[form]] };
        expect(code(claim)).toBe('failed W5 script-missing');
      }
      const plain = bitcoinAddress('P2PKH', hash, networkOf(coin)).canonical;
      const claim = { coin, address: plain, message: segwit.message, signatures: [segwit.P2WPKH] };
      expect(code(claim)).toBe(mismatch);
    }
  });

  test('an address of another kind with the same hash', () => {
    const claim = { message: segwit.message, signatures: [segwit.P2PKH] };
    expect(code({ ...claim, address: bitcoinAddress('P2SH', hash, network).canonical })).toBe(mismatch);
    const program = concatBytes(hash, new Uint8Array(12));
    expect(code({ ...claim, address: bitcoinAddress('P2WSH', program, network).canonical })).toBe(
      'failed W5 script-missing',
    );
  });

  test('taproot has no signed messages of this form', () => {
    const address = btc.p2tr(schnorr.getPublicKey(key)).address as string;
    for (const form of forms) {
      const claim = { address, message: segwit.message, signatures: [segwit[form]] };
      expect(code(claim)).toBe('unsupported W5 signature-form');
    }
  });

  test('the column of scripts may name the key, and then the right one', () => {
    const claim = { address: addresses['P2SH-P2WPKH'], message: segwit.message, signatures: [segwit.P2PKH] };
    const program = bytesToHex(lockingScripts.P2WPKH(hash));
    const other = bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(5), true));
    expect(code({ ...claim, script: bytesToHex(secp256k1.getPublicKey(key, true)) })).toBe(proven);
    expect(code({ ...claim, script: program })).toBe(proven);
    expect(code({ ...claim, script: other })).toBe(mismatch);
    expect(code({ ...claim, script: `${program.slice(0, -2)}00` })).toBe(mismatch);
    expect(code({ ...claim, address: addresses.P2PKH, script: other })).toBe(mismatch);
    expect(code({ ...claim, address: addresses.P2PKH, script: '5151ae' })).toBe('failed W5 key-format');
    expect(code({ ...claim, address: addresses.P2PKH, script: '05' })).toBe('failed W5 key-format');
  });

  test('spellings of Base64 other than the one', () => {
    const text = segwit.P2PKH;
    for (const other of [text.slice(0, -1), ` ${text}`, `${text}\n`, `${text.slice(0, 4)} ${text.slice(4)}`]) {
      const claim = { address: addresses.P2PKH, message: segwit.message, signatures: [other] };
      expect(code(claim)).toBe('failed W5 signature-format');
    }
    // The last digit before the padding has two unused bits: U is 010100, V sets one of them.
    const loose = { address: addresses.P2PKH, message: segwit.message, signatures: [text.replace('U=', 'V=')] };
    expect(code(loose)).toBe('failed W5 signature-format');
  });

  test('first bytes out of range, numbers out of range, and two signatures of one key', () => {
    const claim = { address: addresses.P2PKH, message: segwit.message };
    for (const byte of [0, 26, 43, 255]) {
      expect(code({ ...claim, signatures: [withFirstByte(segwit.P2PKH, () => byte - 27)] })).toBe(
        'failed W5 signature-format',
      );
    }
    const zero = base64.encode(concatBytes(Uint8Array.of(31), new Uint8Array(64)));
    expect(code({ ...claim, signatures: [zero] })).toBe('failed W6 signature');
    const high = base64.encode(concatBytes(Uint8Array.of(33), base64.decode(segwit.P2PKH).subarray(1)));
    expect(code({ ...claim, signatures: [high] })).toBe('failed W6 signature');
    expect(code({ ...claim, signatures: [segwit.P2PKH, segwit.P2PKH] })).toBe('failed W5 signature-count');
  });
});

/** The signature with its first byte changed; what changes is the byte's distance from 27. */
function withFirstByte(text: string, change: (distance: number) => number): string {
  const bytes = base64.decode(text);
  bytes[0] = change(bytes[0] - 27) + 27;
  return base64.encode(bytes);
}

describe('signatures by an independent library, on every network', () => {
  const key = Buffer.alloc(32, 7);
  const points = { uncompressed: secp256k1.getPublicKey(key, false), compressed: secp256k1.getPublicKey(key, true) };
  const message = 'Exchange, report 7: 100 € '.repeat(12);

  test.each(bitcoinNetworks)('$title', (network) => {
    const coin = network.id;
    for (const header of network.messageHeaders) {
      const prefix = `${String.fromCharCode(header.length)}${header}`;
      for (const form of ['compressed', 'uncompressed'] as const) {
        const signature = bitcoinjs.sign(message, key, form === 'compressed', prefix).toString('base64');
        const address = bitcoinAddress('P2PKH', hash160(points[form]), network).canonical;
        const claim = { coin, address, message, signatures: [signature] };
        expect(code(claim)).toBe(proven);
        const other = bitcoinAddress('P2SH', hash160(points[form]), network).canonical;
        expect(code({ ...claim, address: other })).toMatch(/^failed W/);
      }
    }
    const foreign = bitcoinjs.sign(message, key, true, '\x18Other Signed Messages:\n').toString('base64');
    const address = bitcoinAddress('P2PKH', hash160(points.compressed), network).canonical;
    expect(code({ coin, address, message, signatures: [foreign] })).toBe(mismatch);
  });

  test('segwit addresses', () => {
    const network = networkOf('BTC');
    const hash = hash160(points.compressed);
    const wrapped = bitcoinAddress('P2SH', hash160(lockingScripts.P2WPKH(hash)), network).canonical;
    const native = bitcoinAddress('P2WPKH', hash, network).canonical;
    const sign = (segwitType: 'p2wpkh' | 'p2sh(p2wpkh)') =>
      bitcoinjs.sign(message, key, true, { segwitType }).toString('base64');
    expect(code({ address: native, message, signatures: [sign('p2wpkh')] })).toBe(proven);
    expect(code({ address: wrapped, message, signatures: [sign('p2sh(p2wpkh)')] })).toBe(proven);
    expect(code({ address: wrapped, message, signatures: [sign('p2wpkh')] })).toBe(mismatch);
  });
});

describe('multisig rows of other scripts', () => {
  const message = 'I am an address';
  const keys = Array.from({ length: 16 }, (_, i) => Buffer.alloc(32, i + 1));
  const publicKeys = keys.map((key) => secp256k1.getPublicKey(key, true));
  const sign = (index: number) => bitcoinjs.sign(message, keys[index], true).toString('base64');

  test('P2SH-P2WSH, and on chains without segwit no such thing', () => {
    const output = btc.p2sh(btc.p2wsh(btc.p2ms(2, publicKeys.slice(0, 3))));
    const script = bytesToHex((output as unknown as { witnessScript: Uint8Array }).witnessScript);
    const claim = { address: output.address as string, message, signatures: [sign(0), sign(2)], script };
    expect(check(claim)).toMatchObject({ verdict: 'verified', detail: 'signed message, P2SH-P2WSH 2 of 3' });
    expect(code({ ...claim, coin: 'BCH' })).toBe(mismatch);
  });

  test('all of 15 keys and 16 keys, as long as the script can be redeemed', () => {
    const fifteen = btc.p2ms(15, publicKeys.slice(0, 15)).script;
    const sixteen = btc.p2ms(1, publicKeys).script;
    const network = networkOf('BTC');
    const p2sh = (script: Uint8Array) => bitcoinAddress('P2SH', hash160(script), network).canonical;
    const all = Array.from({ length: 15 }, (_, i) => sign(i));
    expect(code({ address: p2sh(fifteen), message, signatures: all, script: bytesToHex(fifteen) })).toBe(proven);
    const tooLong = { address: p2sh(sixteen), message, signatures: [sign(0)], script: bytesToHex(sixteen) };
    expect(code(tooLong)).toBe('failed W5 script-format');
    const witness = btc.p2wsh({ type: 'ms', script: sixteen } as never).address as string;
    expect(code({ ...tooLong, address: witness })).toBe(proven);
  });

  test('uncompressed keys in scripts: before segwit only', () => {
    const long = secp256k1.getPublicKey(keys[0], false);
    const script = concatBytes(Uint8Array.of(0x51, 65), long, Uint8Array.of(0x51, 0xae));
    const network = networkOf('BTC');
    const claim = { message, signatures: [sign(0)], script: bytesToHex(script) };
    expect(code({ ...claim, address: bitcoinAddress('P2SH', hash160(script), network).canonical })).toBe(proven);
    const witness = btc.p2wsh({ type: 'ms', script } as never).address as string;
    expect(code({ ...claim, address: witness })).toBe('failed W5 script-format');
    // The same x and parity, but not on the curve: nobody's signature spends this.
    const offCurve = Uint8Array.from(long);
    offCurve[40] ^= 1;
    const dead = concatBytes(Uint8Array.of(0x51, 65), offCurve, Uint8Array.of(0x51, 0xae));
    const deadAddress = bitcoinAddress('P2SH', hash160(dead), network).canonical;
    expect(code({ ...claim, script: bytesToHex(dead), address: deadAddress })).toBe('failed W5 script-format');
    const twice = concatBytes(
      Uint8Array.of(0x52, 65),
      long,
      Uint8Array.of(33),
      publicKeys[0],
      Uint8Array.of(0x52, 0xae),
    );
    const doubled = { ...claim, script: bytesToHex(twice), signatures: [sign(0), sign(0)] };
    const address = bitcoinAddress('P2SH', hash160(twice), network).canonical;
    expect(code({ ...doubled, address })).toBe('failed W5 script-format');
  });
});

describe('raw ECDSA rows', () => {
  const message = 'I am an address';
  const key = new Uint8Array(32).fill(3);
  const point = secp256k1.getPublicKey(key, true);
  const recovered = secp256k1.sign(rawEcdsaDigest(message), key, { prehash: false, format: 'recovered' });
  const vrs = (v: number) => `0x${bytesToHex(recovered.subarray(1))}${v.toString(16).padStart(2, '0')}`;
  const signature = vrs(recovered[0]);

  test('R, S and V over the published digest, for one key', () => {
    const network = networkOf('BTC');
    for (const hash of [hash160(point), hash160(secp256k1.getPublicKey(key, false))]) {
      const address = bitcoinAddress('P2PKH', hash, network).canonical;
      expect(code({ address, message, signatures: [signature] })).toBe(proven);
      expect(code({ address, message, signatures: [vrs(recovered[0] + 27)] })).toBe(proven);
      expect(code({ address, message, signatures: [vrs(1 - recovered[0])] })).toBe(mismatch);
      expect(code({ address, message, signatures: [vrs(recovered[0] + 2)] })).toBe('failed W5 signature-format');
      expect(code({ address, message, signatures: [signature.slice(0, -2)] })).toBe('failed W5 signature-format');
      expect(code({ address, message: 'another', signatures: [signature] })).toBe(mismatch);
    }
    const native = bitcoinAddress('P2WPKH', hash160(point), network).canonical;
    expect(code({ address: native, message, signatures: [signature] })).toBe(proven);
  });

  test('beside a signed message of another key, for a script', () => {
    const other = Buffer.alloc(32, 4);
    const output = btc.p2wsh(btc.p2ms(2, [point, secp256k1.getPublicKey(other, true)]));
    const script = bytesToHex((output as unknown as { witnessScript: Uint8Array }).witnessScript);
    const signatures = [signature, bitcoinjs.sign(message, other, true).toString('base64')];
    expect(code({ address: output.address as string, message, signatures, script })).toBe(proven);
  });

  test('the published vector of the digest', () => {
    // keccak256(varstr("OKX Signed Message:\n") ‖ varstr("hello world")): the key recovered is that of the EVM row of
    // the published lists' own checker (common/crypto_test.go).
    const published =
      '0dc53fbecb12f7e14e6eabcb5c9c4e03373318a271d984d56d984ab6b7b9494a73544be662c164490d1d958ae20caf309f0d8003847f1b68c14ead516dfaa83b01';
    const bytes = hexToBytes(published);
    const key = secp256k1.Signature.fromBytes(bytes.subarray(0, 64), 'compact')
      .addRecoveryBit(bytes[64])
      .recoverPublicKey(rawEcdsaDigest('hello world'));
    const account = keccakAddress(key.toBytes(false));
    expect(account).toBe('07e47ed3c5a8ff59fb5d1df4051c34da67fc5547');
  });
});

function keccakAddress(key: Uint8Array): string {
  return bytesToHex(keccak_256(key.subarray(1)).subarray(12));
}

describe('hostile rows', () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.base64String({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 120 }).map((bytes) => bytesToHex(bytes)),
    fc.constantFrom(...vectors.published.rows.flatMap(({ signatures, script }) => [...signatures, script])),
  );

  test('any fields give a verdict that is not verified', () => {
    const rows = fc.constantFrom(...vectors.published.rows);
    fc.assert(
      fc.property(rows, fc.array(hostile, { maxLength: 3 }), hostile, (row, signatures, script) => {
        expect(check({ ...row, message: 'never signed', signatures, script }).verdict).not.toBe('verified');
      }),
      { numRuns: 100 },
    );
  });

  test('messages of any text', () => {
    const { address, signatures } = vectors.published.rows[0];
    // Code units of UTF-16 in any order, halves of surrogate pairs among them.
    const unit = fc.integer({ min: 0, max: 0xffff });
    const text = fc.array(unit, { maxLength: 300 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, (message) => {
        expect(code({ address, message, signatures })).toBe(mismatch);
      }),
      { numRuns: 8 },
    );
  });
});
