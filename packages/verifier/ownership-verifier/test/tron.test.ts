import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { TronWeb, Trx, utils } from 'tronweb';
import { describe, expect, test } from 'vitest';
import type { OwnershipClaim } from '../src/claim.js';
import { checksOf } from './row-verdict.js';

const key = '11'.repeat(32);
const otherKey = '22'.repeat(32);
const address = TronWeb.address.fromPrivateKey(key) as string;
const otherAddress = TronWeb.address.fromPrivateKey(otherKey) as string;
const message = 'Exchange, report 7: 100 €';
const signature = utils.message.signMessage(message, key);
const plain: OwnershipClaim = { address, message, signatures: [signature], script: '', owners: [] };

const { check, code, decode } = checksOf('TRX', plain);

/** The signature with s on the other half of the order and the other recovery bit: the same key, another text. */
function highS(text: string): string {
  const s = secp256k1.Point.Fn.ORDER - BigInt(`0x${text.slice(66, 130)}`);
  return `${text.slice(0, 66)}${s.toString(16).padStart(64, '0')}${text.endsWith('1b') ? '1c' : '1b'}`;
}

describe('Tron signatures', () => {
  test('the published example of version 1 verifies', () => {
    // From the tests of the published list's own checker (common/crypto_test.go).
    const published = {
      address: 'TEjxQjU3CxkFrSDcPfHwZXSuPpCpdQ27NJ',
      message: 'hello world',
      signatures: [
        '0xcd1e3903dc047ea881f7da1647fa3372f37ee6a1cf0726477a20e267408af43f3f9c3a43f7f15e6bf674c9f0776866b6d6a770ce998b29cc03f11f2cb98df5821c',
      ],
    };
    expect(check(published)).toMatchObject({ verdict: 'verified', detail: 'Tron message v1, account' });
    expect(code({ ...published, message: 'hello World' })).toBe('failed W7 address-mismatch');
  });

  test('signatures of version 2 by the chain’s library verify, also over text outside ASCII', () => {
    expect(check({})).toMatchObject({ verdict: 'verified', detail: 'Tron message v2, account' });
    expect(code({ signatures: [signature.slice(2).toUpperCase()] })).toBe('verified W7 address-proven');
  });

  test('signatures of version 1 by the chain’s library verify', () => {
    const hash = TronWeb.sha3(message);
    const text = Trx.signString(hash, key);
    expect(check({ signatures: [text] })).toMatchObject({ verdict: 'verified', detail: 'Tron message v1, account' });
  });

  test('V of 0 and 1 means 27 and 28', () => {
    const bit = signature.endsWith('1b') ? '00' : '01';
    expect(code({ signatures: [signature.slice(0, 130) + bit] })).toBe('verified W7 address-proven');
  });

  test('another key, another message and another address fail', () => {
    expect(code({ signatures: [utils.message.signMessage(message, otherKey)] })).toBe('failed W7 address-mismatch');
    expect(code({ message: `${message} ` })).toBe('failed W7 address-mismatch');
    expect(code({ address: otherAddress })).toBe('failed W7 address-mismatch');
  });

  test('a signature of an Ethereum message fails', () => {
    const text = Trx.signString(TronWeb.sha3(message), key, false);
    expect(code({ signatures: [text] })).toBe('failed W7 address-mismatch');
  });

  test('a wrong recovery id and s in the upper half fail', () => {
    const flipped = signature.slice(0, 130) + (signature.endsWith('1b') ? '1c' : '1b');
    expect(code({ signatures: [flipped] })).toBe('failed W7 address-mismatch');
    expect(code({ signatures: [highS(signature)] })).toBe('failed W5 signature-format');
  });

  test('r or s of zero, or of the order, fails', () => {
    const order = secp256k1.Point.Fn.ORDER.toString(16);
    for (const bad of ['00'.repeat(32), order]) {
      expect(code({ signatures: [`0x${bad}${signature.slice(66)}`] })).toBe('failed W5 signature-format');
      expect(code({ signatures: [signature.slice(0, 66) + bad + signature.slice(130)] })).toBe(
        'failed W5 signature-format',
      );
    }
  });

  test('an r that is the x of no point fails', () => {
    // x = 5: 5³ + 7 = 132 is no square modulo the prime.
    expect(code({ signatures: [`0x${'5'.padStart(64, '0')}${signature.slice(66)}`] })).toBe('failed W6 signature');
  });

  test.each([
    ['truncated', signature.slice(0, -2)],
    ['with a byte too many', `${signature}00`],
    ['with V of 29', `${signature.slice(0, 130)}1d`],
    ['with V of 37', `${signature.slice(0, 130)}25`],
    ['with half a byte', signature.slice(0, -1)],
    ['not in hexadecimal', `${signature.slice(0, -1)}g`],
    ['with a space', ` ${signature}`],
    ['empty', '0x'],
  ])('a signature %s is of no known form', (_name, text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });

  test('no signature, and two for one account, fail', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });
});

describe('Tron owners', () => {
  const second = utils.message.signMessage(message, otherKey);
  const contract = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
  const owned = { address: contract, owners: [address, otherAddress], signatures: [signature, second] };

  test('owners’ signatures beside an address prove nothing of it', () => {
    expect(code(owned)).toBe('unproven W7 owner-unproven');
    expect(code({ ...owned, owners: [address], signatures: [signature] })).toBe('unproven W7 owner-unproven');
  });

  test('swapped, repeated, missing and foreign signatures fail', () => {
    expect(code({ ...owned, signatures: [second, signature] })).toBe('failed W7 address-mismatch');
    expect(code({ ...owned, owners: [address, address], signatures: [signature, signature] })).toBe(
      'failed W6 repeated-key',
    );
    expect(code({ ...owned, signatures: [signature] })).toBe('failed W5 signature-missing');
    expect(code({ ...owned, owners: [address, 'nobody'] })).toBe('failed W5 owner-format');
    expect(code({ ...owned, signatures: [signature, highS(second)] })).toBe('failed W5 signature-format');
  });
});

describe('Tron addresses', () => {
  test('both spellings are one address', () => {
    const hex = TronWeb.address.toHex(address);
    for (const text of [address, hex, hex.toUpperCase(), `0x${hex}`]) {
      const decoded = decode(text);
      expect(decoded).toMatchObject({ canonical: address, kind: 'account' });
    }
  });

  test('a changed letter breaks the checksum', () => {
    expect(code({ address: `${address.slice(0, -1)}${address.endsWith('2') ? '3' : '2'}` })).toBe(
      'failed W3 address-checksum',
    );
  });

  test('a test network’s address and Bitcoin’s belong to other networks', () => {
    expect(code({ address: `a0${TronWeb.address.toHex(address).slice(2)}` })).toBe('failed W3 address-network');
    expect(code({ address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' })).toBe('failed W3 address-network');
  });

  test.each([
    ['empty', ''],
    ['an Ethereum address', '0x52b311c52436789f3754bd199bf3886b8ccbab4c'],
    ['shorter by two letters', address.slice(0, -2)],
    ['with a letter outside the alphabet', address.replace(/.$/, '0')],
    ['with a space', `${address} `],
    ['very long', 'T'.repeat(100_000)],
  ])('an address %s does not decode', (_name, text) => {
    expect(code({ address: text })).toBe('failed W3 address');
  });
});

test('whatever the row holds, there is a verdict', () => {
  const field = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(signature, address, otherAddress, ''),
    fc.uint8Array({ minLength: 65, maxLength: 65 }).map((bytes) => `0x${utils.bytes.byteArray2hexStr(bytes)}`),
  );
  fc.assert(
    fc.property(field, field, fc.array(field, { maxLength: 3 }), fc.array(field, { maxLength: 2 }), (...fields) => {
      const [text, script, signatures, owners] = fields;
      for (const target of [text, address]) {
        const { verdict } = check({ address: target, script, signatures, owners });
        const proven = target === address && owners.length === 0 && signatures.join() === signature;
        expect(verdict === 'verified').toBe(proven);
      }
    }),
    { numRuns: 60 },
  );
});
