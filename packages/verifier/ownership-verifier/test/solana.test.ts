import { createPrivateKey, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base58, base64 } from '@scure/base';
import {
  type Address,
  compileOffchainMessageV0Envelope,
  compileOffchainMessageV1Envelope,
  createKeyPairFromPrivateKeyBytes,
  getAddressEncoder,
  getAddressFromPublicKey,
  getProgramDerivedAddress,
  type OffchainMessageV0,
  offchainMessageApplicationDomain,
  signBytes,
} from '@solana/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { associatedTokenAddresses } from '../src/addresses/solana-address.js';
import type { OwnershipClaim } from '../src/claim.js';
import { rawEd25519Bytes } from '../src/schemes/raw-ed25519.js';
import { checksOf } from './row-verdict.js';

const secret = new Uint8Array(32).fill(1);
const otherSecret = new Uint8Array(32).fill(2);
const address = base58.encode(ed25519.getPublicKey(secret));
const otherAddress = base58.encode(ed25519.getPublicKey(otherSecret));
const message = 'Exchange, report 7: 100 €';

/** Signs with the runtime's own Ed25519. */
function signWith(seed: Uint8Array, bytes: Uint8Array): Uint8Array {
  const der = concatBytes(hexToBytes('302e020100300506032b657004220420'), seed);
  return new Uint8Array(sign(null, bytes, createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })));
}

const raw = signWith(secret, rawEd25519Bytes(message).bytes);
const signature = bytesToHex(raw);
const plain: OwnershipClaim = { address, message, signatures: [signature], script: '', owners: [] };

const { check, code, decode } = checksOf('SOL', plain);

describe('Solana signatures', () => {
  // From the tests of the published list's own checker (common/crypto_test.go).
  const published = {
    address: '7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9',
    script: '0x621d398b19304995ee140c21afc544d62382d387b5c08dfd096b475a304339ea',
    message: 'hello world',
    signatures: [
      '0x282c737229f72d03275ac7bc5955da027d693d90dd9e6d4c2aafcc4f272de3be0be08637552027abb68e4d2818e060846b002e490d8bbe36e6dae8b2508fd40a',
    ],
  };

  test('the published example verifies', () => {
    expect(check(published)).toMatchObject({ verdict: 'verified', detail: 'raw Ed25519, account' });
    expect(code({ ...published, script: '' })).toBe('verified W7 address-proven');
    expect(code({ ...published, message: 'hello World' })).toBe('failed W6 signature');
    expect(code({ ...published, address })).toBe('failed W7 address-mismatch');
  });

  test('hexadecimal, Base58 and Base64 are spellings of one signature', () => {
    for (const text of [signature, `0x${signature.toUpperCase()}`, base58.encode(raw), base64.encode(raw)]) {
      expect(code({ signatures: [text] })).toBe('verified W7 address-proven');
    }
  });

  test('a message signed by the chain’s library verifies', async () => {
    const pair = await createKeyPairFromPrivateKeyBytes(secret);
    expect(await getAddressFromPublicKey(pair.publicKey)).toBe(address);
    const bytes = await signBytes(pair.privateKey, utf8ToBytes(message));
    expect(check({ signatures: [base58.encode(bytes)] })).toMatchObject({
      verdict: 'verified',
      detail: 'Solana message, account',
    });
  });

  test.each([
    ['ASCII', 'I control this address', 0],
    ['UTF-8', message, 1],
    ['ASCII of the longest size for hardware', 'a'.repeat(1147), 0],
    ['a long text', 'a'.repeat(1148), 2],
  ])('off-chain messages of version 0 by the chain’s library verify: %s', (_name, text, format) => {
    const { content } = compileOffchainMessageV0Envelope({
      version: 0,
      applicationDomain: offchainMessageApplicationDomain('11111111111111111111111111111111'),
      requiredSignatories: [{ address: address as Address }],
      content: { format, text },
    } as unknown as OffchainMessageV0);
    const signatures = [bytesToHex(signWith(secret, new Uint8Array(content)))];
    expect(check({ message: text, signatures })).toMatchObject({
      verdict: 'verified',
      detail: 'Solana off-chain message v0, account',
    });
    expect(code({ message: `${text}.`, signatures })).toBe('failed W6 signature');
  });

  test('an off-chain message of version 1 by the chain’s library verifies', () => {
    const requiredSignatories = [{ address: address as Address }];
    const { content } = compileOffchainMessageV1Envelope({ version: 1, requiredSignatories, content: message });
    const signatures = [bytesToHex(signWith(secret, new Uint8Array(content)))];
    expect(check({ signatures })).toMatchObject({ detail: 'Solana off-chain message v1, account' });
  });

  test('the short preamble of version 0 is that of the command line', () => {
    // Bytes from the tests of the chain's own library (solana-offchain-message, test_offchain_message_ascii and _utf8).
    const domain = [255, 115, 111, 108, 97, 110, 97, 32, 111, 102, 102, 99, 104, 97, 105, 110];
    for (const [text, preamble] of [
      ['Test Message', [0, 0, 12, 0]],
      ['Тестовое сообщение', [0, 1, 35, 0]],
    ] as const) {
      const bytes = Uint8Array.from([...domain, ...preamble, ...utf8ToBytes(text)]);
      const signatures = [bytesToHex(signWith(secret, bytes))];
      expect(check({ message: text, signatures })).toMatchObject({
        verdict: 'verified',
        detail: 'Solana off-chain message v0, short preamble, account',
      });
    }
  });

  test('an off-chain message for another signer fails', () => {
    const requiredSignatories = [{ address: otherAddress as Address }];
    const { content } = compileOffchainMessageV1Envelope({ version: 1, requiredSignatories, content: message });
    expect(code({ signatures: [bytesToHex(signWith(secret, new Uint8Array(content)))] })).toBe('failed W6 signature');
  });

  test('another key and another address fail', () => {
    const foreign = bytesToHex(signWith(otherSecret, rawEd25519Bytes(message).bytes));
    expect(code({ signatures: [foreign] })).toBe('failed W6 signature');
    expect(code({ signatures: [foreign], script: otherAddress })).toBe('failed W7 address-mismatch');
    expect(code({ address: otherAddress })).toBe('failed W6 signature');
  });

  test('s plus the order fails', () => {
    let s = BigInt(`0x${bytesToHex(raw.slice(32).reverse())}`) + ed25519.Point.Fn.ORDER;
    const malleated = raw.slice();
    for (let index = 32; index < 64; index++, s >>= 8n) malleated[index] = Number(s & 0xffn);
    expect(code({ signatures: [bytesToHex(malleated)] })).toBe('failed W6 signature');
  });

  test('a key of small order signs nothing', () => {
    const identity = concatBytes(Uint8Array.of(1), new Uint8Array(31));
    const forged = bytesToHex(concatBytes(identity, new Uint8Array(32)));
    expect(code({ address: base58.encode(identity), signatures: [forged] })).toBe('failed W5 key-format');
    expect(code({ script: bytesToHex(identity), signatures: [forged] })).toBe('failed W5 key-format');
  });

  test.each([
    ['truncated', signature.slice(0, -2)],
    ['with a byte too many', `${signature}00`],
    ['with half a byte', signature.slice(0, -1)],
    ['in Base64 without padding', base64.encode(raw).replace(/=+$/, '')],
    ['in Base64 of the web', base64.encode(raw).replaceAll('+', '-').replaceAll('/', '_').replace(/==$/, '_=')],
    ['with a space', `${signature} `],
    ['empty', '0x'],
    ['very long', '1'.repeat(100_000)],
  ])('a signature %s is of no known form', (_name, text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });

  test('no signature, and two for one account, fail', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });
});

describe('Solana token accounts', () => {
  async function tokenAccount(owner: string, mint: string, program: string): Promise<string> {
    const encoder = getAddressEncoder();
    const [derived] = await getProgramDerivedAddress({
      programAddress: 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address,
      seeds: [owner, program, mint].map((seed) => encoder.encode(seed as Address)),
    });
    return derived;
  }
  const usdt = 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB';
  const pyusd = '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo';
  const token = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
  const token2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';

  test('an owner’s associated token account of a known mint is tied to the key', async () => {
    const account = await tokenAccount(address, usdt, token);
    for (const tie of [
      { script: address },
      { script: `0x${bytesToHex(base58.decode(address))}` },
      { owners: [address] },
    ]) {
      expect(check({ address: account, ...tie })).toMatchObject({
        verdict: 'verified',
        detail: 'raw Ed25519, associated token account of USDT',
      });
    }
    const newer = await tokenAccount(address, pyusd, token2022);
    expect(check({ address: newer, script: address }).detail).toBe('raw Ed25519, associated token account of PYUSD');
  });

  test('an owner has one associated token account for a mint under each program', async () => {
    const accounts = [await tokenAccount(address, usdt, token), await tokenAccount(address, usdt, token2022)];
    expect(associatedTokenAddresses(address, usdt)).toEqual(accounts);
  });

  test('an account of another owner, mint or program is unproven', async () => {
    for (const account of [
      await tokenAccount(otherAddress, usdt, token),
      await tokenAccount(address, otherAddress, token),
      await tokenAccount(address, usdt, token2022),
    ]) {
      expect(code({ address: account, script: address })).toBe('unproven W7 owner-unproven');
      expect(code({ address: account, owners: [address] })).toBe('unproven W7 owner-unproven');
    }
  });

  test('without the owner’s key a derived address has none', async () => {
    const account = await tokenAccount(address, usdt, token);
    expect(code({ address: account })).toBe('failed W5 key-missing');
    expect(code({ script: account })).toBe('failed W5 key-format');
    expect(code({ address: account, owners: [account] })).toBe('failed W5 key-format');
  });

  test('the owner and the key beside it are the same', () => {
    expect(code({ owners: [address], script: address })).toBe('verified W7 address-proven');
    expect(code({ owners: [otherAddress], script: address })).toBe('failed W5 key-format');
    expect(code({ owners: ['nobody'] })).toBe('failed W5 owner-format');
  });

  test('several owners prove nothing of an address', async () => {
    const second = bytesToHex(signWith(otherSecret, rawEd25519Bytes(message).bytes));
    const account = await tokenAccount(address, usdt, token);
    const owned = { address: account, owners: [address, otherAddress], signatures: [signature, second] };
    expect(code(owned)).toBe('unproven W7 owner-unproven');
    expect(code({ ...owned, signatures: [second, signature] })).toBe('failed W6 signature');
    expect(code({ ...owned, owners: [address, address] })).toBe('failed W6 repeated-key');
    expect(code({ ...owned, owners: [address, account] })).toBe('failed W5 key-missing');
  });

  test('a key that is no account’s address owns nothing by itself', () => {
    expect(code({ address: otherAddress, owners: [address] })).toBe('unproven W7 owner-unproven');
  });
});

describe('Solana addresses', () => {
  test('the text is the canonical spelling', () => {
    expect(decode(address)).toMatchObject({ canonical: address });
  });

  test.each([
    ['empty', ''],
    ['of 31 bytes', base58.encode(new Uint8Array(31).fill(9))],
    ['of 33 bytes', base58.encode(new Uint8Array(33).fill(9))],
    ['with a letter outside the alphabet', `${address.slice(0, -1)}0`],
    ['with a space', ` ${address}`],
    ['of Tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    ['of Ethereum', '0x52b311c52436789f3754bd199bf3886b8ccbab4c'],
    ['very long', '2'.repeat(100_000)],
  ])('an address %s does not decode', (_name, text) => {
    expect(code({ address: text })).toBe('failed W3 address');
  });
});

test('whatever the row holds, there is a verdict', () => {
  const field = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(signature, address, otherAddress, ''),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => base58.encode(bytes)),
    fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => bytesToHex(bytes)),
  );
  fc.assert(
    fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
      const [text, script, signatures, owners] = fields;
      for (const target of [text, address]) {
        const { verdict } = check({ address: target, script, signatures, owners });
        const tied = target === address && (owners.length === 0 || owners.join() === address);
        const proven = tied && (script === '' || script === address) && signatures.join() === signature;
        expect(verdict === 'verified').toBe(proven);
      }
    }),
    { numRuns: 60 },
  );
});
