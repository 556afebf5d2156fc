import { Address, beginCell, Cell, contractAddress, storeStateInit } from '@ton/core';
import { keyPairFromSeed, sha256_sync, sign } from '@ton/crypto';
import {
  WalletContractV1R1,
  WalletContractV1R2,
  WalletContractV1R3,
  WalletContractV2R1,
  WalletContractV2R2,
  WalletContractV3R1,
  WalletContractV3R2,
  WalletContractV4,
  WalletContractV5R1,
} from '@ton/ton';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnershipClaim } from '../src/claim.js';
import { decodeBagOfCells } from '../src/encodings/ton-bag-of-cells.js';
import { rawEd25519Bytes } from '../src/schemes/raw-ed25519.js';
import { checksOf } from './row-verdict.js';

const pair = keyPairFromSeed(Buffer.alloc(32, 1));
const other = keyPairFromSeed(Buffer.alloc(32, 2));
const publicKey = pair.publicKey;
const script = publicKey.toString('hex');
const message = 'Exchange, report 7: 100 €';
const wallet = WalletContractV4.create({ workchain: 0, publicKey });
const address = wallet.address.toString({ bounceable: false });
const signature = sign(Buffer.from(rawEd25519Bytes(message).bytes), pair.secretKey).toString('hex');
const plain: OwnershipClaim = { address, message, signatures: [signature], script, owners: [] };

const { check, code, decode } = checksOf('TON', plain);

function stateInitOf(init: { code: Cell; data: Cell }, options?: { idx?: boolean; crc32?: boolean }): string {
  return beginCell().store(storeStateInit(init)).endCell().toBoc(options).toString('base64');
}

const usual = { workchain: 0, publicKey };
const master = { workchain: -1, publicKey };

describe('TON wallets', () => {
  test.each([
    ['v1r1', WalletContractV1R1.create(usual), WalletContractV1R1.create(master)],
    ['v1r2', WalletContractV1R2.create(usual), WalletContractV1R2.create(master)],
    ['v1r3', WalletContractV1R3.create(usual), WalletContractV1R3.create(master)],
    ['v2r1', WalletContractV2R1.create(usual), WalletContractV2R1.create(master)],
    ['v2r2', WalletContractV2R2.create(usual), WalletContractV2R2.create(master)],
    ['v3r1', WalletContractV3R1.create(usual), WalletContractV3R1.create(master)],
    ['v3r2', WalletContractV3R2.create(usual), WalletContractV3R2.create(master)],
    ['v4r2', WalletContractV4.create(usual), WalletContractV4.create(master)],
    [
      'v5r1',
      WalletContractV5R1.create(usual),
      WalletContractV5R1.create({
        publicKey,
        walletId: { networkGlobalId: -239, context: { walletVersion: 'v5r1', workchain: -1, subwalletNumber: 0 } },
      }),
    ],
  ])('the addresses of the chain’s library follow from the key: %s', (name, base, masterchain) => {
    for (const contract of [base, masterchain]) {
      const found = check({ address: contract.address.toString() });
      expect(found).toMatchObject({ verdict: 'verified', detail: `raw Ed25519, wallet ${name}` });
      expect(code({ address: contract.address.toString(), script: stateInitOf(contract.init) })).toBe(
        'verified W7 address-proven',
      );
    }
  });

  test.each([
    // From the tests and the example list of the published list's own checker.
    [
      'v3r2',
      'EQA5rifVSCc8qQfpCXvq4zJGJPsA0EPCDoWdtg234INftsWj',
      '0x3d2696e3d5cbc9047b338e6a56552db1d43ca6e063bc7aa667b18005984372d2',
      'hello world',
      '0xaa406900fdf658e793850d7d47798fa501098db4a6697ac460c1d2800152f40174d2705f1ec87b1a0b34434647b0efed2b7b70569bc00e8bbc3561c372aacc0b',
    ],
    [
      'highload v3',
      'UQB1CKrUWm7qf41Z1GeEE6AgVVj5cH6y6x1aRmWe6q4mj1fn',
      '6711ba8eaa47855b01d73e3849cd93861b1c11d7a86ae5fb8f96bb63d9be5a6b',
      'I am an OKX address',
      '0x6c5b3b11b8d4a7b356cb4e4e4a960e476d05b52824a62ef961054617b401f157ef6c01c537f3751c22ba018f97b067d508b455f6cbdf757a64ca2571e76dc004',
    ],
  ])('published examples verify: %s', (name, target, key, text, signed) => {
    const row = { address: target, script: key, message: text, signatures: [signed] };
    expect(check(row)).toMatchObject({ verdict: 'verified', detail: `raw Ed25519, wallet ${name}` });
    expect(code({ ...row, message: `${text}.` })).toBe('failed W6 signature');
    expect(code({ ...row, address })).toBe('failed W7 address-mismatch');
  });

  test('another wallet id needs the StateInit', () => {
    const contract = WalletContractV4.create({ workchain: 0, publicKey, walletId: 7 });
    const target = contract.address.toString();
    expect(code({ address: target })).toBe('failed W7 address-mismatch');
    for (const options of [{}, { idx: false, crc32: false }, { idx: false, crc32: true }, { idx: true, crc32: true }]) {
      expect(check({ address: target, script: stateInitOf(contract.init, options) }).detail).toBe(
        'raw Ed25519, wallet v4r2',
      );
    }
  });

  test('a test network’s wallet of version 5 is not the usual one of the main network', () => {
    const contract = WalletContractV5R1.create({
      publicKey,
      walletId: { networkGlobalId: -3, context: { walletVersion: 'v5r1', workchain: 0, subwalletNumber: 0 } },
    });
    expect(code({ address: contract.address.toString() })).toBe('failed W7 address-mismatch');
  });

  test('the StateInit that the documentation of TON Connect shows hashes to its address', () => {
    const documented =
      'te6ccsEBAwEAoAAFcSoCATQBAgDe/wAg3SCCAUyXuiGCATOcurGfcbDtRNDTH9MfMdcL/+ME4KTyYIMI1xgg0x/TH9Mf+CMTu/Jj7UTQ0x/TH9P/0VEyuvKhUUS68qIE+QFUEFX5EPKj+ACTINdKltMH1AL7AOjRAaTIyx/LH8v/ye1UAFAAAAAAKamjF3LJ7WtipuLroUqTuQRi56Nnd3vrijj7FbnzOETSLOL/HqR30Q==';
    const root = decodeBagOfCells(Buffer.from(documented, 'base64'));
    expect(Buffer.from(root?.hash ?? []).toString('hex')).toBe(
      '83dfd552e63729b472fcbcc8c45ebcc6691702558b68ec7527e1ba403a0f31a8',
    );
  });
});

describe('TON state inits', () => {
  const stateInit = stateInitOf(wallet.init);

  test('a StateInit of another address, key or code proves nothing', () => {
    const foreign = WalletContractV4.create({ workchain: 0, publicKey: other.publicKey });
    expect(code({ script: stateInitOf(foreign.init) })).toBe('failed W6 signature');
    expect(code({ address: foreign.address.toString(), script: stateInit })).toBe('failed W7 address-mismatch');
    const noWallet = { code: beginCell().storeUint(1, 8).endCell(), data: wallet.init.data };
    expect(code({ script: stateInitOf(noWallet), address: contractAddress(0, noWallet).toString() })).toBe(
      'unsupported W5 wallet-code',
    );
  });

  test('a wallet of version 5 that does not take signatures is none of a key', () => {
    const { code: walletCode, data } = WalletContractV5R1.create(usual).init;
    const bits = data.beginParse();
    bits.skip(1);
    const locked = { code: walletCode, data: beginCell().storeUint(0, 1).storeSlice(bits).endCell() };
    const target = contractAddress(0, locked).toString();
    expect(code({ address: target, script: stateInitOf(locked) })).toBe('unsupported W5 wallet-code');
  });

  test('data that is too short for a key is none of a wallet', () => {
    const short = { code: wallet.init.code, data: beginCell().storeUint(0, 300).endCell() };
    expect(code({ address: contractAddress(0, short).toString(), script: stateInitOf(short) })).toBe(
      'unsupported W5 wallet-code',
    );
  });

  test('a StateInit with other fields does not decode', () => {
    const library = beginCell()
      .store(storeStateInit({ ...wallet.init, splitDepth: 3 }))
      .endCell();
    expect(code({ script: library.toBoc().toString('base64') })).toBe('failed W5 key-format');
    expect(code({ script: wallet.init.code.toBoc().toString('base64') })).toBe('failed W5 key-format');
  });

  test('a StateInit without its data, or with a cell after it, does not decode', () => {
    const { code: walletCode, data } = wallet.init;
    for (const refs of [[], [walletCode], [walletCode, data, data]]) {
      // The five bits say code and data, and nothing else.
      const cell = refs.reduce((builder, ref) => builder.storeRef(ref), beginCell().storeUint(0b00110, 5)).endCell();
      expect(code({ script: cell.toBoc().toString('base64') })).toBe('failed W5 key-format');
    }
  });

  test('a changed, truncated or lengthened bag does not decode', () => {
    const bytes = Buffer.from(stateInit, 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] ^= 1 << (index % 8);
      expect(decodeBagOfCells(changed), `byte ${index}`).toBeUndefined();
    }
    for (let size = 0; size < bytes.length; size++) expect(decodeBagOfCells(bytes.subarray(0, size))).toBeUndefined();
    expect(decodeBagOfCells(Buffer.concat([bytes, Buffer.alloc(1)]))).toBeUndefined();
  });

  test('hashes of cells agree with the chain’s library', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.integer({ min: 0, max: 1023 })),
        fc.integer({ min: 0, max: 5 }),
        (sizes, levels) => {
          let cell = beginCell().endCell();
          for (let level = 0; level < levels; level++) {
            const size = sizes.next().value;
            const builder = beginCell();
            for (let bit = 0; bit < size; bit++) builder.storeBit((bit * 7 + size) % 3 === 0);
            for (let ref = 0; ref < size % 5; ref++)
              builder.storeRef(ref % 2 === 0 ? cell : beginCell().storeUint(ref, 5).endCell());
            cell = builder.endCell();
          }
          const read = decodeBagOfCells(cell.toBoc());
          expect(Buffer.from(read?.hash ?? []).equals(cell.hash())).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('TON Connect', () => {
  // The vector of verify_text in the tests of an implementation in Rust (defuse ton-connect).
  const published = {
    address: '0:f4809e5ffac9dc42a6b1d94c5e74ad5fd86378de675c805f2274d0055cbc9378',
    script: '22e795a07e832fc9084ca35a488a711f1dbedef637d4e886a6997d93ee2c2e37',
    message: 'Hello, TON!'.repeat(100),
    signatures: [
      'ton_sign_data|ton-connect.github.io|1747759882|7bc628f6d634ab6ddaf10463742b13f0ede3cb828737d9ce1962cc808fbfe7035e77c1a3d0b682acf02d645cc1a244992b276552c0e1c57d30b03c2820d73d01',
    ],
  };

  test('a published signature of a text verifies', () => {
    expect(check(published)).toMatchObject({ verdict: 'verified' });
    expect(code({ ...published, message: 'Hello, TON!' })).toBe('failed W6 signature');
    expect(code({ ...published, address })).toBe('failed W6 signature');
    const later = published.signatures[0].replace('1747759882', '1747759883');
    expect(code({ ...published, signatures: [later] })).toBe('failed W6 signature');
    const elsewhere = published.signatures[0].replace('github.io', 'github.com');
    expect(code({ ...published, signatures: [elsewhere] })).toBe('failed W6 signature');
  });

  /** As the protocol's documentation computes it. */
  function proofOf(target: Address, domain: string, timestamp: number, payload: string): string {
    const workchain = Buffer.alloc(4);
    workchain.writeInt32BE(target.workChain);
    const domainLength = Buffer.alloc(4);
    domainLength.writeUInt32LE(Buffer.byteLength(domain));
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(BigInt(timestamp));
    const inner = Buffer.concat([
      Buffer.from('ton-proof-item-v2/'),
      workchain,
      target.hash,
      domainLength,
      Buffer.from(domain),
      time,
      Buffer.from(payload),
    ]);
    const full = Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.from('ton-connect'), sha256_sync(inner)]);
    return sign(sha256_sync(full), pair.secretKey).toString('base64');
  }

  test('a ton_proof is over domain, time, address and payload, and proves no will: wallets do not show the payload', () => {
    const proof = proofOf(wallet.address, 'exchange.example', 1764000000, message);
    const signatures = [`ton_proof|exchange.example|1764000000|${proof}`];
    expect(check({ signatures })).toMatchObject({
      verdict: 'unproven',
      step: 'W7',
      code: 'payload-unseen',
      detail: expect.stringContaining('ton_proof for exchange.example'),
    });
    expect(code({ signatures, message: `${message} ` })).toBe('failed W6 signature');
    expect(code({ signatures: [signatures[0].replace('exchange', 'elsewhere')] })).toBe('failed W6 signature');
    expect(code({ signatures: [signatures[0].replace('1764', '1765')] })).toBe('failed W6 signature');
    expect(code({ signatures: [signatures[0].replace('ton_proof', 'ton_sign_data')] })).toBe('failed W6 signature');
    expect(code({ signatures, address: WalletContractV3R2.create(usual).address.toString() })).toBe(
      'failed W6 signature',
    );
    expect(code({ signatures: [proof] })).toBe('failed W6 signature');
  });

  test('a ton_proof for a wallet of another key is no doubt, but wrong', () => {
    const { address } = WalletContractV4.create({ workchain: 0, publicKey: other.publicKey });
    const signatures = [`ton_proof|exchange.example|0|${proofOf(address, 'exchange.example', 0, message)}`];
    expect(code({ address: address.toString(), signatures })).toBe('failed W7 address-mismatch');
  });

  test('a masterchain wallet’s proof has its workchain', () => {
    const contract = WalletContractV4.create(master);
    const proof = proofOf(contract.address, 'exchange.example', 0, message);
    expect(code({ address: contract.address.toString(), signatures: [`ton_proof|exchange.example|0|${proof}`] })).toBe(
      'unproven W7 payload-unseen',
    );
  });

  test.each([
    `ton_proof|exchange.example|1764000000`,
    `ton_proof|exchange.example|01|${signature}`,
    `ton_proof|exchange.example|1e3|${signature}`,
    `ton_proof|exchange.example|-1|${signature}`,
    `ton_proof|exchange.example|9999999999999999|${signature}`,
    `ton_proof||1|${signature}`,
    `ton_proof|a b|1|${signature}`,
    `ton_proof|a|1|1|${signature}`,
    `ton_poof|a|1|${signature}`,
    `|${signature}`,
  ])('%s is of no known form', (text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });
});

describe('TON rows', () => {
  test('another key and another message fail', () => {
    const foreign = sign(Buffer.from(rawEd25519Bytes(message).bytes), other.secretKey).toString('hex');
    expect(code({ signatures: [foreign] })).toBe('failed W6 signature');
    expect(code({ signatures: [foreign], script: other.publicKey.toString('hex') })).toBe('failed W7 address-mismatch');
    expect(code({ message: 'other' })).toBe('failed W6 signature');
    const unhashed = sign(Buffer.from(message), pair.secretKey).toString('hex');
    expect(code({ signatures: [unhashed] })).toBe('failed W6 signature');
  });

  test('the key is there, in its format and able to sign', () => {
    expect(code({ script: '' })).toBe('failed W5 key-missing');
    for (const bad of [script.slice(2), `${script}00`, 'te6cc', address, `01${'00'.repeat(31)}`, 'A'.repeat(10_000)]) {
      expect(code({ script: bad })).toBe('failed W5 key-format');
    }
  });

  test('there is one signature', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
    expect(code({ signatures: [signature.slice(2)] })).toBe('failed W5 signature-format');
    expect(code({ signatures: [Buffer.from(signature, 'hex').toString('base64')] })).toBe('verified W7 address-proven');
  });

  test('an owner’s signature beside a contract proves nothing of it', () => {
    const contract = `0:${'ab'.repeat(32)}`;
    expect(code({ address: contract })).toBe('failed W7 address-mismatch');
    expect(code({ address: contract, owners: [address] })).toBe('unproven W7 owner-unproven');
    expect(code({ address: contract, owners: [`0:${'cd'.repeat(32)}`] })).toBe('failed W7 address-mismatch');
    expect(code({ address: contract, owners: ['nobody'] })).toBe('failed W5 owner-format');
    expect(code({ address: contract, owners: [address, address], signatures: [signature, signature] })).toBe(
      'unsupported W5 signature-form',
    );
  });
});

describe('TON addresses', () => {
  test('all spellings are one address', () => {
    const { address: contract } = wallet;
    const raw = contract.toRawString();
    for (const text of [
      raw,
      raw.toUpperCase(),
      ...[true, false].flatMap((bounceable) =>
        [true, false].map((urlSafe) => contract.toString({ bounceable, urlSafe })),
      ),
    ]) {
      expect(decode(text)).toMatchObject({ canonical: raw });
    }
  });

  test('the test network’s flag belongs to another network', () => {
    expect(code({ address: wallet.address.toString({ testOnly: true }) })).toBe('failed W3 address-network');
  });

  test('a changed letter breaks the checksum', () => {
    for (const at of [0, 1, 5, 20, 47]) {
      const changed = `${address.slice(0, at)}${address[at] === 'A' ? 'B' : 'A'}${address.slice(at + 1)}`;
      expect(code({ address: changed })).toBe('failed W3 address-checksum');
    }
  });

  test.each([
    ['empty', ''],
    ['shorter by a letter', address.slice(0, -1)],
    ['longer by a letter', `${address}A`],
    ['with letters of both alphabets', `${address.slice(0, 20)}-/${address.slice(22)}`],
    ['of a workchain that is not there', `1:${'ab'.repeat(32)}`],
    ['with a short hash', `0:${'ab'.repeat(31)}`],
    ['with a signed zero', `-0:${'ab'.repeat(32)}`],
    ['of Ethereum', '0x52b311c52436789f3754bd199bf3886b8ccbab4c'],
  ])('an address %s does not decode', (_name, text) => {
    expect(code({ address: text })).toBe('failed W3 address');
  });

  test('a friendly address of another workchain does not decode', () => {
    expect(code({ address: new Address(3, wallet.address.hash).toString() })).toBe('failed W3 address');
  });
});

test('whatever the row holds, there is a verdict', () => {
  const stateInit = stateInitOf(wallet.init);
  const field = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(signature, address, script, stateInit, ''),
    fc
      .uint8Array({ minLength: 10, maxLength: 200 })
      .map((bytes) => Buffer.from([0xb5, 0xee, 0x9c, 0x72, ...bytes]).toString('base64')),
    fc.tuple(fc.string(), fc.string()).map(([domain, time]) => `ton_proof|${domain}|${time}|${signature}`),
  );
  fc.assert(
    fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
      const [text, column, signatures, owners] = fields;
      for (const target of [text, address]) {
        const { verdict } = check({ address: target, script: column, signatures, owners });
        const proven = target === address && owners.length === 0 && signatures.join() === signature;
        expect(verdict === 'verified').toBe(proven && (column === script || column === stateInit));
      }
    }),
    { numRuns: 60 },
  );
});

test('bags of cells never throw', () => {
  const bytes = Buffer.from(stateInitOf(wallet.init, { idx: false, crc32: false }), 'base64');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      const read = decodeBagOfCells(changed);
      if (read === undefined || byte === bytes[at]) return;
      // What still decodes is what the chain's library reads, or more strict than it.
      const reference = Cell.fromBoc(changed)[0];
      expect(Buffer.from(read.hash).equals(reference.hash())).toBe(true);
    }),
    { numRuns: 300 },
  );
});
