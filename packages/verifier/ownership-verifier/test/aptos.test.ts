import {
  Account,
  AccountAddress,
  type Ed25519Account,
  Ed25519PrivateKey,
  MultiEd25519PublicKey,
} from '@aptos-labs/ts-sdk';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnershipClaim } from '../src/claim.js';
import { rawEd25519Bytes } from '../src/schemes/raw-ed25519.js';
import { aptosRows, aptosSeveral, signAsAptosSeveral } from './oracles/aptos.js';
import { checksOf } from './row-verdict.js';

function accountOf(byte: string): Ed25519Account {
  return Account.fromPrivateKey({ privateKey: new Ed25519PrivateKey(byte.repeat(32), false), legacy: true });
}
const account = accountOf('11');
const other = accountOf('22');
const address = account.accountAddress.toString();
const message = 'Exchange, report 7: 100 €';
const signature = account.sign(rawEd25519Bytes(message).bytes).toString();
const script = account.publicKey.toString();
const plain: OwnershipClaim = { address, message, signatures: [signature], script, owners: [] };

const { check, code, decode } = checksOf('APT', plain);

describe('Aptos signatures', () => {
  // From the tests of the published list's own checker (common/crypto_test.go).
  const published = {
    address: '0x327dd297dfacf7c2d8207aaa23c0f0e8bcaf4c1612febbf63b9f7376810b8ec8',
    script: '0x61f579fc779146304353027b425a216d8015889c5f3b715ad26135b862f3bf84',
    message: 'hello world',
    signatures: [
      '0xe5eea05d4156e1aef7867739b86f560b3b6a14a9525b53b436b5ff16ce8ca9490d4e5586ddc469b43453cf9796d87a4c4d3ead5d8dd3a2e88026713ae866e30b',
    ],
  };

  test('the published example verifies', () => {
    expect(check(published)).toMatchObject({ verdict: 'verified', detail: 'raw Ed25519, Ed25519 account' });
    expect(code({ ...published, message: 'hello World' })).toBe('failed W6 signature');
    expect(code({ ...published, address })).toBe('failed W7 address-mismatch');
  });

  test('a wallet’s published signature verifies', () => {
    // From the tests of an adapter (Dialect's for Node), which compares itself with a wallet.
    const signer = Account.fromPrivateKey({
      privateKey: new Ed25519PrivateKey('0x8939e0a348c54d6bda2781eaa7e03081c1fed15060f531b88d642fea0ea698e6', false),
      legacy: true,
    });
    const row = {
      address: signer.accountAddress.toString(),
      script: signer.publicKey.toString(),
      message: 'test',
      signatures: [
        'aptos|nonce=encoded_in_message|0x98ec3ab75bb1a180bc9bd396f30705196b020846cb675c2f6ae1f5d9312bb96f7820064d0b48f30aba9a802a064849cc2fb7cfddcbfeb66de24085eea2221a03',
      ],
    };
    expect(check(row)).toMatchObject({ verdict: 'verified', detail: 'Aptos message, Ed25519 account' });
    expect(code({ ...row, message: 'text' })).toBe('failed W6 signature');
    expect(code({ ...row, signatures: [row.signatures[0].replace('encoded', 'decoded')] })).toBe('failed W6 signature');
  });

  test('addresses and signatures of the chain’s library verify', () => {
    expect(code({})).toBe('verified W7 address-proven');
    expect(code({ script: `ed25519-pub-${script}` })).toBe('verified W7 address-proven');
    expect(code({ script: script.slice(2).toUpperCase(), signatures: [signature.slice(2).toUpperCase()] })).toBe(
      'verified W7 address-proven',
    );
  });

  test('all fields that a wallet may state stand before the message', () => {
    const full = `APTOS\naddress: ${address}\napplication: https://exchange.example\nchainId: 1\nmessage: ${message}\nnonce: 7`;
    const signed = account.sign(new TextEncoder().encode(full)).toString();
    const text = `aptos|address=${address}|application=https://exchange.example|chainId=1|nonce=7|${signed}`;
    expect(check({ signatures: [text] })).toMatchObject({
      verdict: 'verified',
      detail: 'Aptos message, Ed25519 account',
    });
    expect(code({ signatures: [text.replace('exchange', 'elsewhere')] })).toBe('failed W6 signature');
    expect(code({ signatures: [text], message: 'other' })).toBe('failed W6 signature');
    expect(code({ signatures: [text.replace('|chainId=1', '')] })).toBe('failed W6 signature');
  });

  test('a wallet that signed for another account fails', () => {
    const stated = other.accountAddress.toString();
    const full = `APTOS\naddress: ${stated}\nmessage: ${message}\nnonce: 7`;
    const signed = account.sign(new TextEncoder().encode(full)).toString();
    expect(code({ signatures: [`aptos|address=${stated}|nonce=7|${signed}`] })).toBe('failed W7 address-mismatch');
  });

  test.each([
    `aptos|${signature}`,
    `aptos|nonce=|${signature}`,
    `aptos|nonce=7|nonce=7|${signature}`,
    `aptos|nonce=7|chainId=1|${signature}`,
    `aptos|chainId=2|nonce=7|${signature}`,
    `aptos|time=2|nonce=7|${signature}`,
    `aptos|nonce=7\n|${signature}`,
    `solana|nonce=7|${signature}`,
    `aptos|nonce=7`,
    signature.slice(0, -2),
    `${signature}00`,
    ` ${signature}`,
    '0x',
    '1'.repeat(100_000),
  ])('%.60s is of no known form', (text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });

  test('another key, another message and another address fail', () => {
    const foreign = other.sign(rawEd25519Bytes(message).bytes).toString();
    expect(code({ signatures: [foreign] })).toBe('failed W6 signature');
    expect(code({ signatures: [foreign], script: other.publicKey.toString() })).toBe('failed W7 address-mismatch');
    expect(code({ message: 'other' })).toBe('failed W6 signature');
    expect(code({ address: other.accountAddress.toString() })).toBe('failed W7 address-mismatch');
    const plainText = account.sign(new TextEncoder().encode(message)).toString();
    expect(code({ signatures: [plainText] })).toBe('failed W6 signature');
  });

  test('an account of the single-key scheme follows from the key too', () => {
    const privateKey = new Ed25519PrivateKey('11'.repeat(32), false);
    const single = Account.fromPrivateKey({ privateKey, legacy: false });
    const row = { address: single.accountAddress.toString() };
    expect(row.address).not.toBe(address);
    expect(check(row)).toMatchObject({ verdict: 'verified', detail: 'raw Ed25519, single-key account' });
    expect(code({ ...row, script: other.publicKey.toString() })).toBe('failed W6 signature');
  });

  test('an account of several keys does not follow from one of them', () => {
    const publicKeys = [account.publicKey, other.publicKey];
    const several = new MultiEd25519PublicKey({ publicKeys, threshold: 1 }).authKey().derivedAddress();
    expect(code({ address: several.toString() })).toBe('failed W7 address-mismatch');
  });

  test('there is one signature and one key, which can sign', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
    expect(code({ script: '' })).toBe('failed W5 key-missing');
    for (const bad of [script.slice(4), `${script}00`, `01${'00'.repeat(31)}`, 'key', `secp256k1-pub-${script}`]) {
      expect(code({ script: bad })).toBe('failed W5 key-format');
    }
  });
});

describe('Aptos accounts of several keys', () => {
  const several = {
    address: aptosSeveral.authKey().derivedAddress().toString(),
    script: Buffer.from(aptosSeveral.toUint8Array()).toString('hex'),
  };
  const bytes = rawEd25519Bytes(message).bytes;
  const signed = (...signers: number[]) => ({ ...several, signatures: [signAsAptosSeveral(bytes, ...signers)] });

  test('enough different keys sign', () => {
    for (const signers of [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ]) {
      expect(code(signed(...signers))).toBe('verified W7 address-proven');
    }
    for (const signer of [0, 1, 2]) expect(code(signed(signer))).toBe('failed W6 threshold');
  });

  test('a signature counts once, for the key that its bit names', () => {
    const [text] = signed(0, 1).signatures;
    const [one, two, bitmap] = [text.slice(0, 128), text.slice(128, 256), text.slice(256)];
    for (const [changed, verdict] of [
      [one + one + bitmap, 'failed W6 signature'],
      [two + one + bitmap, 'failed W6 signature'],
      [`${one}${two}a0000000`, 'failed W6 signature'],
      [`${one}${two}80000000`, 'failed W5 signature-format'],
      [`${one}${two}e0000000`, 'failed W5 signature-format'],
      [`${one}${two}90000000`, 'failed W5 signature-format'],
      [`${one}${two}00000000`, 'failed W5 signature-format'],
      ['00000000', 'failed W5 signature-format'],
      [one, 'failed W5 signature-format'],
    ]) {
      expect(code({ ...several, signatures: [changed] })).toBe(verdict);
    }
  });

  test('keys are different and have a threshold that they reach', () => {
    const keys = several.script.slice(0, -2);
    for (const script of [
      `${keys}00`,
      `${keys}04`,
      keys,
      `${keys.slice(0, 64)}01`,
      `${keys.slice(0, 64).repeat(2)}02`,
    ]) {
      expect(code({ ...signed(0, 1), script })).toBe('failed W5 key-format');
    }
    expect(code({ ...signed(0, 1), script: `${keys}01` })).toBe('failed W7 address-mismatch');
    expect(code({ ...signed(0, 1), address })).toBe('failed W7 address-mismatch');
  });
});

describe('Aptos accounts of secp256k1', () => {
  test('a wallet’s message verifies, and the raw form is Ed25519’s alone', async () => {
    const row = (await aptosRows()).find(({ id }) => id === 'secp256k1')!;
    expect(code({ ...row, script: row.script! })).toBe('verified W7 address-proven');
    expect(code({ ...row, script: row.script!, message: 'other' })).toBe('failed W6 signature');
    expect(code({ ...row, script: row.script!, address })).toBe('failed W7 address-mismatch');
    const alone = row.signatures[0].split('|')[2];
    expect(code({ ...row, script: row.script!, signatures: [alone] })).toBe('failed W5 signature-format');
    for (const script of [
      row.script!.slice(14),
      row.script!.replace('0x04', '0x02'),
      row.script!.slice(0, -2),
      `${row.script!.slice(0, -2)}00`,
    ]) {
      expect(code({ ...row, script })).toBe('failed W5 key-format');
    }
  });
});

describe('Aptos owners', () => {
  const object = `0x${'ab'.repeat(32)}`;

  test('an owner’s signature beside an object or a rotated account proves nothing of it', () => {
    expect(code({ address: object, owners: [address] })).toBe('unproven W7 owner-unproven');
    const stripped = address.replace(/^0x0+/, '0x');
    expect(code({ address: object, owners: [stripped] })).toBe('unproven W7 owner-unproven');
  });

  test('the owner is the signer', () => {
    expect(code({ address: object, owners: [other.accountAddress.toString()] })).toBe('failed W7 address-mismatch');
    expect(code({ address: object, owners: ['nobody'] })).toBe('failed W5 owner-format');
    expect(code({ address: object, owners: [address], message: 'other' })).toBe('failed W6 signature');
    expect(code({ address: object, owners: [address, address], signatures: [signature, signature] })).toBe(
      'unsupported W5 signature-form',
    );
  });

  test('after a rotation a wallet may state the account or its key’s address', () => {
    for (const [stated, verdict] of [
      [object, 'unproven W7 owner-unproven'],
      [address, 'unproven W7 owner-unproven'],
      [other.accountAddress.toString(), 'failed W7 address-mismatch'],
    ]) {
      const signed = account.sign(new TextEncoder().encode(`APTOS\naddress: ${stated}\nmessage: ${message}\nnonce: 7`));
      const signatures = [`aptos|address=${stated}|nonce=7|${signed.toString()}`];
      expect(code({ address: object, owners: [address], signatures })).toBe(verdict);
    }
  });
});

describe('Aptos addresses', () => {
  test('spellings with and without leading zeros are one address', () => {
    const bytes = AccountAddress.fromString('0x00327dd297dfacf7c2d8207aaa23c0f0e8bcaf4c1612febbf63b9f7376810b8e');
    const canonical = bytes.toStringLong();
    for (const text of [
      canonical,
      canonical.slice(2),
      canonical.replace('0x00', '0x'),
      canonical.replace('0x00', '0x0'),
    ]) {
      for (const spelling of [text, text.replace(/[a-f]/g, (letter) => letter.toUpperCase())]) {
        expect(decode(spelling)).toMatchObject({ canonical });
      }
    }
    expect(decode('0x1')).toMatchObject({ canonical: AccountAddress.ONE.toStringLong() });
  });

  test.each([
    ['empty', ''],
    ['of the prefix alone', '0x'],
    ['longer by a digit', `${address}0`],
    ['short without prefix', address.slice(4)],
    ['with a letter too far', address.replace(/.$/, 'g')],
    ['with a space', ` ${address}`],
    ['of Solana', '7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9'],
  ])('an address %s does not decode', (_name, text) => {
    expect(code({ address: text })).toBe('failed W3 address');
  });
});

test('whatever the row holds, there is a verdict', () => {
  const field = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(signature, address, script, ''),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `0x${bytesToHex(bytes)}`),
    fc.tuple(fc.string(), fc.string()).map(([name, value]) => `aptos|${name}=${value}|nonce=1|${signature}`),
  );
  fc.assert(
    fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
      const [text, column, signatures, owners] = fields;
      for (const target of [text, address]) {
        const { verdict } = check({ address: target, script: column, signatures, owners });
        const proven = target === address && owners.length === 0 && column === script;
        expect(verdict === 'verified').toBe(proven && signatures.join() === signature);
      }
    }),
    { numRuns: 60 },
  );
});
