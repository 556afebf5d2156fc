import { createRequire } from 'node:module';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classicAddressToXAddress, deriveAddress, deriveKeypair, Wallet } from 'xrpl';
import type { OwnershipClaim } from '../src/claim.js';
import { checksOf } from './row-verdict.js';

// The library signs messages by a package of its own, which it does not export.
const fromLibrary = createRequire(createRequire(import.meta.url).resolve('xrpl'));
const keypairs: { sign(messageHex: string, privateKey: string): string } = fromLibrary('ripple-keypairs');

const message = 'Exchange, report 7: 100 €';
const ecdsa = deriveKeypair('sp5fghtJtpUorTwvof1NpDXAzNwf5');
const eddsa = deriveKeypair('sEdSKaCy2JT7JaM7v95H9SxkhP9wS2r');
const address = deriveAddress(ecdsa.publicKey);
const edAddress = deriveAddress(eddsa.publicKey);
const signature = signWith(ecdsa.privateKey, message);
const edSignature = signWith(eddsa.privateKey, message);
const plain: OwnershipClaim = { address, message, signatures: [signature], script: ecdsa.publicKey, owners: [] };
const edPlain = { address: edAddress, signatures: [edSignature], script: eddsa.publicKey };

function signWith(privateKey: string, text: string): string {
  return keypairs.sign(bytesToHex(utf8ToBytes(text)), privateKey);
}

const { check, code, decode } = checksOf('XRP', plain);

describe('XRP Ledger signatures', () => {
  test.each([
    // test/fixtures/api.json of ripple-keypairs.
    [
      'ECDSA, half of SHA-512, account',
      'rU6K7V3Po4snVhBBaU29sesqs2qTQJWDw1',
      '030D58EB48B4420B1F7B9DF55087E0E29FEF0E8468F9A6825B01CA2C361042D435',
      '30440220583A91C95E54E6A651C47BEC22744E0B101E2C4060E7B08F6341657DAD9BC3EE02207D1489C7395DB0188D3A56A977ECBA54B36FA9371B40319655B1B4429E33EF2D',
    ],
    [
      'Ed25519, account',
      'rLUEXYuLiQptky37CqLcm9USQpPiz5rkpD',
      'ED01FA53FA5A7E77798F882ECE20B1ABC00BB358A9E55A202D0D0676BD0CE37A63',
      'CB199E1BFD4E3DAA105E4832EEDFA36413E1F44205E4EFB9E27E826044C21E3E2E848BBC8195E8959BADF887599B7310AD1B7047EF11B682E0D068F73749750E',
    ],
  ])('published vectors verify: %s', (detail, target, script, signed) => {
    const row = { address: target, script, message: 'test message', signatures: [signed] };
    expect(check(row)).toMatchObject({ verdict: 'verified', detail });
    expect(code({ ...row, script: script.toLowerCase(), signatures: [`0x${signed.toLowerCase()}`] })).toBe(
      'verified W7 address-proven',
    );
    expect(code({ ...row, message: 'test message.' })).toBe('failed W6 signature');
  });

  test('signatures by the chain’s library verify, of keys of both kinds', () => {
    expect(code({})).toBe('verified W7 address-proven');
    expect(code(edPlain)).toBe('verified W7 address-proven');
    for (let index = 1; index <= 8; index++) {
      const wallet = Wallet.fromEntropy(new Uint8Array(16).fill(index));
      const signatures = [signWith(wallet.privateKey, message)];
      const row = { address: wallet.classicAddress, script: wallet.publicKey, signatures };
      expect(code(row)).toBe('verified W7 address-proven');
    }
  });

  test('the raw published bytes may be signed by keys of Ed25519', () => {
    const header = `\x14OKX Signed Message:\n\x0bhello world`;
    const row = { ...edPlain, message: 'hello world', signatures: [signWith(eddsa.privateKey, header)] };
    expect(check(row)).toMatchObject({ verdict: 'verified', detail: 'raw Ed25519, account' });
  });

  test('the raw published scheme gives the key, and a key beside it is the same', () => {
    const secret = hexToBytes(ecdsa.privateKey.slice(2).toLowerCase());
    const digest = keccak_256(utf8ToBytes(`\x14OKX Signed Message:\n\x0bhello world`));
    const recovered = secp256k1.sign(digest, secret, { prehash: false, format: 'recovered' });
    const rsv = (v: number) =>
      `0x${bytesToHex(recovered.subarray(1))}${(v + recovered[0]).toString(16).padStart(2, '0')}`;
    const row = { message: 'hello world', signatures: [rsv(27)], script: '' };
    expect(check(row)).toMatchObject({ verdict: 'verified', detail: 'raw ECDSA, account' });
    expect(code({ ...row, signatures: [rsv(0)], script: ecdsa.publicKey })).toBe('verified W7 address-proven');
    expect(code({ ...row, script: Wallet.fromSeed('snAdZ43KgWZsNdDdbWqUDvAudLvNj').publicKey })).toBe(
      'failed W6 signature',
    );
    expect(code({ ...row, script: eddsa.publicKey })).toBe('failed W5 signature-format');
    const high = (secp256k1.Point.Fn.ORDER - BigInt(`0x${rsv(27).slice(66, 130)}`)).toString(16).padStart(64, '0');
    const malleated = `${rsv(27).slice(0, 66)}${high}${recovered[0] === 0 ? '1c' : '1b'}`;
    expect(code({ ...row, signatures: [malleated] })).toBe('failed W6 signature');
    expect(code({ ...row, script: 'key' })).toBe('failed W5 key-format');
    expect(code({ ...row, message: 'hello' })).toBe('failed W7 address-mismatch');
    expect(code({ ...row, address: edAddress })).toBe('failed W7 address-mismatch');
    const wrongId = rsv(27).slice(0, -2) + (recovered[0] === 0 ? '1c' : '1b');
    expect(code({ ...row, signatures: [wrongId] })).toBe('failed W7 address-mismatch');
    expect(code({ ...row, signatures: [`0x${'00'.repeat(64)}1b`] })).toBe('failed W6 signature');
    expect(code({ ...row, signatures: [`${rsv(27).slice(0, -2)}1d`] })).toBe('failed W5 key-missing');
  });

  test('another key, another message and another address fail', () => {
    const other = Wallet.fromSeed('snAdZ43KgWZsNdDdbWqUDvAudLvNj');
    const foreign = signWith(other.privateKey, message);
    expect(code({ signatures: [foreign] })).toBe('failed W6 signature');
    expect(code({ signatures: [foreign], script: other.publicKey })).toBe('failed W7 address-mismatch');
    expect(code({ message: 'other' })).toBe('failed W6 signature');
    expect(code({ address: edAddress })).toBe('failed W7 address-mismatch');
    expect(code({ ...edPlain, address })).toBe('failed W7 address-mismatch');
    expect(code({ ...edPlain, message: 'other' })).toBe('failed W6 signature');
  });

  test('s in the upper half, which the ledger refuses, fails', () => {
    const parsed = secp256k1.Signature.fromHex(signature.toLowerCase(), 'der');
    const high = new secp256k1.Signature(parsed.r, secp256k1.Point.Fn.ORDER - parsed.s);
    expect(code({ signatures: [high.toHex('der')] })).toBe('failed W6 signature');
  });

  test('DER in another than its shortest form does not decode', () => {
    const body = signature.slice(4);
    const length = (bytes: number) => bytes.toString(16).padStart(2, '0');
    const size = body.length / 2;
    for (const changed of [
      `3081${length(size)}${body}`,
      `30${length(size + 1)}${body}00`,
      `${signature}00`,
      signature.slice(0, -2),
      `30${length(size + 1)}02${length(Number.parseInt(body.slice(2, 4), 16) + 1)}00${body.slice(4)}`,
      `31${signature.slice(2)}`,
      `30${length(size)}02`,
    ]) {
      expect(code({ signatures: [changed] })).toBe('failed W5 signature-format');
    }
  });

  test.each([
    ['empty', '0x'],
    ['with half a byte', signature.slice(0, -1)],
    ['not in hexadecimal', `${signature.slice(0, -2)}zz`],
    ['with a space', ` ${signature}`],
    ['of Ed25519 for a key of secp256k1', edSignature],
    ['very long', '30'.repeat(100_000)],
  ])('a signature %s is of no known form', (_name, text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });

  test('a signature of Ed25519 has 64 bytes', () => {
    for (const text of [signature, edSignature.slice(2), `${edSignature}00`]) {
      expect(code({ ...edPlain, signatures: [text] })).toBe('failed W5 signature-format');
    }
  });

  test('there is one signature and one key, which can sign', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
    expect(code({ script: '' })).toBe('failed W5 key-missing');
    const uncompressed = secp256k1.Point.fromHex(ecdsa.publicKey.toLowerCase()).toHex(false);
    const smallOrder = `ed01${'00'.repeat(31)}`;
    const noPoint = `02${'ff'.repeat(32)}`;
    for (const script of [uncompressed, noPoint, ecdsa.publicKey.slice(2), `05${'11'.repeat(32)}`, 'key']) {
      expect(code({ script })).toBe('failed W5 key-format');
    }
    expect(code({ ...edPlain, script: smallOrder })).toBe('failed W5 key-format');
  });

  test('compressed keys of the two signs are two accounts', () => {
    const mirrored = `02${ecdsa.publicKey.slice(2)}`;
    expect(code({ script: mirrored })).toBe('failed W6 signature');
  });

  test('a regular key’s owner beside an account proves nothing of it', () => {
    const owned = { ...edPlain, address, owners: [edAddress] };
    expect(code(owned)).toBe('unproven W7 owner-unproven');
    expect(code({ ...owned, owners: [address] })).toBe('failed W7 address-mismatch');
    expect(code({ ...owned, owners: ['nobody'] })).toBe('failed W5 owner-format');
    expect(code({ ...owned, owners: [edAddress, address], signatures: [edSignature, signature] })).toBe(
      'unsupported W5 signature-form',
    );
  });
});

describe('XRP Ledger addresses', () => {
  test('X-addresses are the account, whatever their tags', () => {
    for (const tag of [false, 0, 1, 4294967295] as const) {
      const text = classicAddressToXAddress(address, tag, false);
      expect(decode(text)).toMatchObject({ canonical: address, kind: 'account' });
      expect(code({ address: text })).toBe('verified W7 address-proven');
    }
  });

  test('X-addresses of the test network belong to another network', () => {
    expect(code({ address: classicAddressToXAddress(address, 5, true) })).toBe('failed W3 address-network');
  });

  test('a changed letter breaks the checksum', () => {
    const xAddress = classicAddressToXAddress(address, 5, false);
    for (const text of [address, xAddress]) {
      const last = text.endsWith('p') ? 'q' : 'p';
      expect(code({ address: text.slice(0, -1) + last })).toBe('failed W3 address-checksum');
    }
  });

  test.each([
    ['empty', ''],
    ['shorter by three letters', address.slice(0, -3)],
    ['in the alphabet of Bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['of Ethereum', '0x52b311c52436789f3754bd199bf3886b8ccbab4c'],
    ['with a space', `${address} `],
    ['that is a seed', 'sp5fghtJtpUorTwvof1NpDXAzNwf5'],
    ['very long', 'r'.repeat(100_000)],
  ])('an address %s does not decode', (_name, text) => {
    const { verdict, step, code } = check({ address: text });
    expect([verdict, step]).toEqual(['failed', 'W3']);
    expect(['address', 'address-checksum']).toContain(code);
  });
});

test('whatever the row holds, there is a verdict', () => {
  const field = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(signature, edSignature, address, ecdsa.publicKey, eddsa.publicKey, ''),
    fc.uint8Array({ minLength: 33, maxLength: 33 }).map((bytes) => bytesToHex(bytes)),
    fc.tuple(fc.nat(signature.length / 2 - 1), fc.nat(255)).map(([at, byte]) => {
      const bytes = hexToBytes(signature.toLowerCase());
      bytes[at] = byte;
      return bytesToHex(bytes).toUpperCase();
    }),
  );
  fc.assert(
    fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
      const [text, script, signatures, owners] = fields;
      for (const target of [text, address]) {
        const { verdict } = check({ address: target, script, signatures, owners });
        const proven = target === address && owners.length === 0 && script === ecdsa.publicKey;
        expect(verdict === 'verified').toBe(proven && signatures.join() === signature);
      }
    }),
    { numRuns: 60 },
  );
});
