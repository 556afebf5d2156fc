import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bech32 } from '@scure/base';
import { evmNetworks } from '@solvent/report-format/networks/evm-networks';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { bytesToHex, getAddress, hashMessage, hexToBytes, keccak256, recoverAddress, stringToBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import * as chains from 'viem/chains';
import { describe, expect, test } from 'vitest';
import { decodeEvmAddress } from '../src/addresses/evm-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { evmFamily } from '../src/families/evm.js';
import { decodeEvmSignatures, recoverEvmSigner } from '../src/schemes/evm-signature.js';

function evmNetwork(name: string) {
  const network = findNetwork(name);
  if (network?.family !== 'evm') throw new Error(`${name}: expected an EVM network`);
  return network;
}

const ethereum = evmNetwork('ETH');
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const contract = `0x${'c0'.repeat(20)}`;
const message = 'Exchange, report 7: 100 €';
const signature = await account.signMessage({ message });
const plain: OwnershipClaim = { address: account.address, message, signatures: [signature], script: '', owners: [] };

function check(changes: Partial<OwnershipClaim>, network = ethereum) {
  const claim = { ...plain, ...changes };
  const decoded = evmFamily.decodeAddress(claim.address, network);
  return isVerdict(decoded) ? decoded : evmFamily.verify(claim, decoded, network);
}

function code(changes: Partial<OwnershipClaim>, network = ethereum): string {
  const { verdict, step, code } = check(changes, network);
  return `${verdict} ${step} ${code}`;
}

const proven = 'verified W7 address-proven';

/** The signature with s on the other half of the order and the other parity: the same key, another text. */
function highS(text: string): string {
  const s = secp256k1.Point.Fn.ORDER - BigInt(`0x${text.slice(66, 130)}`);
  return `${text.slice(0, 66)}${s.toString(16).padStart(64, '0')}${text.endsWith('1b') ? '1c' : '1b'}`;
}

describe('EVM addresses', () => {
  // EIP-55, section "Test Cases".
  const vectors = [
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ];
  test.each(vectors)('%s of EIP-55, in both cases and mixed', (text) => {
    for (const spelling of [text, text.toLowerCase(), `0x${text.slice(2).toUpperCase()}`]) {
      expect(decodeEvmAddress(spelling, ethereum)).toMatchObject({ canonical: text.toLowerCase(), kind: 'account' });
    }
  });

  // EIP-1191, test cases of chain 30.
  test.each(['0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD', '0xFb6916095cA1Df60bb79ce92cE3EA74c37c5d359'])(
    '%s of EIP-1191 is one of Rootstock alone',
    (text) => {
      expect(decodeEvmAddress(text, evmNetwork('RSK'))).toHaveProperty('canonical', text.toLowerCase());
      expect(decodeEvmAddress(text, ethereum)).toMatchObject({ step: 'W3', code: 'address-checksum' });
    },
  );

  test('any one letter of the wrong case is a wrong checksum', () => {
    const text = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    for (let index = 2; index < text.length; index++) {
      const digit = text[index];
      const flipped = digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase();
      if (flipped === digit) continue;
      const changed = text.slice(0, index) + flipped + text.slice(index + 1);
      expect(decodeEvmAddress(changed, ethereum)).toMatchObject({ verdict: 'failed', code: 'address-checksum' });
    }
  });

  test('the chain’s own spellings are taken on that chain and refused elsewhere', () => {
    const bytes = hexToBytes(account.address);
    const spellings = [
      ['OKTC', bech32.encodeFromBytes('ex', bytes)],
      ['ONE', bech32.encodeFromBytes('one', bytes)],
      ['XDC', account.address.toLowerCase().replace('0x', 'xdc')],
      ['XDC', account.address.replace('0x', 'xdc')],
    ];
    for (const [name, address] of spellings) {
      expect(decodeEvmAddress(address, evmNetwork(name))).toHaveProperty('canonical', account.address.toLowerCase());
      expect(code({ address }, evmNetwork(name))).toBe(proven);
      expect(code({ address })).toBe('failed W3 address-network');
    }
    const [, ex] = spellings[0];
    const last = ex.endsWith('q') ? 'p' : 'q';
    expect(code({ address: ex.slice(0, -1) + last }, evmNetwork('OKTC'))).toBe('failed W3 address-checksum');
    const short = bech32.encodeFromBytes('ex', bytes.subarray(1));
    expect(code({ address: short }, evmNetwork('OKTC'))).toBe('failed W3 address');
  });

  test.each([
    '',
    '0x',
    account.address.slice(2),
    account.address.slice(0, -1),
    `${account.address}0`,
    account.address.replace('0x', '0X'),
    ` ${account.address}`,
    'XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS', // ICAP
    'TEjxQjU3CxkFrSDcPfHwZXSuPpCpdQ27NJ',
    '1DcT5Wij5tfb3oVViF8mA8p4WrG98ahZPT',
    `0x${'ab'.repeat(48)}`,
  ])('%j is none', (address) => {
    expect(code({ address })).toBe('failed W3 address');
  });
});

test('accounts of Filecoin EVM have its spelling there alone', () => {
  const text = 'f410fdht6g5xhyij3pz7h4rwmocs52cdnv7zknv774ti';
  const filecoin = evmNetwork('FIL-EVM');
  const decoded = evmFamily.decodeAddress(text, filecoin);
  expect(decoded).toMatchObject({ canonical: '0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a' });
  expect(evmFamily.decodeAddress(text, evmNetwork('ETH'))).toMatchObject({
    verdict: 'failed',
    code: 'address-network',
  });
});

describe('the table of EVM networks', () => {
  // Not in that library; chain ids of the public register of chains.
  const others: Record<string, number> = {
    'ethereum-pow': 10001,
    endurance: 648,
    heco: 128,
    'oasis-emerald': 42262,
    platon: 210425,
  };
  const known = Object.values(chains).flatMap((chain) => ('nativeCurrency' in chain ? [chain] : []));

  test('has each chain id once, and the ids, symbols and decimals of an independent table', () => {
    expect(new Set(evmNetworks.map(({ chainId }) => chainId)).size).toBe(evmNetworks.length);
    for (const network of evmNetworks) {
      // Some ids have several entries there, such as a test network of the same id.
      const found = known.filter(({ id }) => id === network.chainId).map(({ nativeCurrency }) => nativeCurrency);
      if (found.length === 0) expect(others[network.id], network.id).toBe(network.chainId);
      else
        expect(
          found.map(({ decimals }) => decimals),
          network.id,
        ).toContain(network.nativeDecimals);
      // That table gives Story the currency of a later chain.
      if (found.length === 0 || network.id === 'story') continue;
      expect(
        found.map(({ symbol }) => symbol.toUpperCase()),
        network.id,
      ).toContain(network.nativeAsset.toUpperCase());
    }
  });

  test('names in published lists lead to their chain ids', () => {
    const expected = {
      ETH: 1,
      ARBITRUM: 42161,
      OPTIMISM: 10,
      BASE: 8453,
      LINEA: 59144,
      ZKSYNC2: 324,
      POLY: 137,
      POLYGON: 137,
      BSC: 56,
      AVAXC: 43114,
      OKC: 66,
      OKT: 66,
      OKC20: 66,
      X1: 196,
      XLAYER: 196,
      ETC: 61,
      ETHW: 10001,
      FTM: 250,
      CORE: 1116,
      BERA: 80094,
      UNICHAIN: 130,
      CFX_EVM: 1030,
      STORY: 1514,
      MERLIN_BTC: 4200,
      FEVM: 314,
    };
    for (const [name, chainId] of Object.entries(expected)) expect(evmNetwork(name).chainId, name).toBe(chainId);
  });
});

describe('EVM signatures', () => {
  // Signatures that an exchange has published, and those in the tests of the tool that checks them.
  test.each([
    [
      'ETH',
      '0x52b311c52436789f3754bd199bf3886b8ccbab4c',
      'I am an OKX address',
      '0x98767aedf0ed8bad7413e7c2e6b134ae6baaf5d913c9a8e2659b93922edfbca90cf5fc97e6385aec280a2b7dcdf7d2a95e91f0d99632ab7ed0c167e5628d3d841c',
      'published EIP-191, account',
    ],
    [
      'ETH',
      '0x0cdcdb19a857c2ac24818ca4fdfe38cce071483e',
      'I am an OKX address',
      '0x07f19879aa28d51c97cddfdfecffe7ed96525545d041aee4f4386b0bf4c1a26924b637fb02ccbb97305c13daa51a0f50b8896fb25ecbaf60020cde920d227a221b',
      'published EIP-191, account',
    ],
    [
      'BSC',
      '0x07e47ed3c5a8ff59fb5d1df4051c34da67fc5547',
      'hello world',
      '0x9c271461e5876fac4e5a02aee7a877831a91cee6a24b75cafd8650ac72b2a5e5147e2e90558d4e38d113ff54e734f041687f41268d55ff7850791e1e2833dc061b',
      'published EIP-191, account',
    ],
    [
      'OKT',
      'ex1a0ugda5r0hc3vrzu9wyfkx22vz3g2y2paegqvc',
      'hello world',
      '0xf4d27cc1407e186ae8cf5c3c4ac8c4bb7d20dda7b5de2b1b212e660cb1115f0b5c8a545ee4b18da7e8e78a6d03e094411ff82f0421dc96e364febdd4bd8b86d41c',
      'raw ECDSA, account',
    ],
    [
      'OKT',
      '0x4ce08ffc090f5c54013c62efe30d62e6578e738d',
      'I am an OKX address',
      '0xa181d622f9a1d1aac327c026a46d11c95a44fb8994a07d232a15b79c12d225a7059db547c0a79b67605f68930d8d0f93a9939589c4fc70041e66322efc61a2421b',
      'raw ECDSA, account',
    ],
  ])('published on %s by %s', (name, address, message, signature, detail) => {
    expect(check({ address, message, signatures: [signature] }, evmNetwork(name))).toMatchObject({
      verdict: 'verified',
      detail,
    });
  });

  test('made by an independent library, in each form', async () => {
    expect(check({})).toMatchObject({ verdict: 'verified', detail: 'EIP-191, account' });
    const published = await account.signMessage({ message: { raw: keccak256(stringToBytes(message)) } });
    expect(check({ signatures: [published] })).toMatchObject({ detail: 'published EIP-191, account' });
    const typed = await account.signTypedData(typedData(1));
    expect(check({ signatures: [typed] })).toMatchObject({ verdict: 'verified', detail: 'EIP-712, account' });
    const header = stringToBytes('OKX Signed Message:\n');
    const body = stringToBytes(message);
    const raw = await account.sign({
      hash: keccak256(Uint8Array.of(header.length, ...header, body.length, ...body)),
    });
    expect(check({ signatures: [raw] })).toMatchObject({ verdict: 'verified', detail: 'raw ECDSA, account' });
  });

  function typedData(chainId: number) {
    return {
      domain: { name: 'Solvent wallet ownership', version: '1', chainId },
      types: {
        WalletOwnership: [
          { name: 'wallet', type: 'address' },
          { name: 'message', type: 'string' },
        ],
      },
      primaryType: 'WalletOwnership',
      message: { wallet: account.address, message },
    } as const;
  }

  test('typed data is of one chain and one address', async () => {
    const typed = await account.signTypedData(typedData(56));
    expect(code({ signatures: [typed] })).toBe('failed W7 address-mismatch');
    expect(code({ signatures: [typed] }, evmNetwork('BSC'))).toBe(proven);
    const elsewhere = { ...typedData(1), message: { wallet: other.address, message } };
    expect(code({ signatures: [await account.signTypedData(elsewhere)] })).toBe('failed W7 address-mismatch');
  });

  test('V is 0, 1, 27 or 28, with 0x or without, in either case', () => {
    const v = signature.endsWith('1b') ? '00' : '01';
    for (const text of [signature.slice(0, 130) + v, signature.slice(2), `0x${signature.slice(2).toUpperCase()}`]) {
      expect(code({ signatures: [text] })).toBe(proven);
    }
  });

  test('another key, message, address or recovery id is a mismatch', () => {
    expect(code({ address: other.address })).toBe('failed W7 address-mismatch');
    expect(code({ message: `${message} ` })).toBe('failed W7 address-mismatch');
    const wrongId = signature.slice(0, 130) + (signature.endsWith('1b') ? '1c' : '1b');
    expect(code({ signatures: [wrongId] })).toBe('failed W7 address-mismatch');
  });

  test.each([
    ['truncated', signature.slice(0, -4)],
    ['one byte more', `${signature}00`],
    ['V of a chain id', `${signature.slice(0, 130)}25`],
    ['V of 2', `${signature.slice(0, 130)}02`],
    ['no hexadecimal', signature.replace(/.$/, 'g')],
    ['with a line end', `${signature}\n`],
    ['two joined', signature + signature.slice(2)],
    ['S in the upper half', highS(signature)],
    ['R of 0', `0x${'00'.repeat(32)}${signature.slice(66)}`],
    ['S of 0', `${signature.slice(0, 66)}${'00'.repeat(32)}1b`],
    ['R of the order', `0x${secp256k1.Point.Fn.ORDER.toString(16)}${signature.slice(66)}`],
    ['empty after 0x', '0x'],
  ])('%s is not in the format', (_, text) => {
    expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
  });

  test('R that is no x coordinate is a signature of nobody', () => {
    const r = '5'.padStart(64, '0');
    expect(() => secp256k1.Point.fromHex(`02${r}`)).toThrow();
    expect(code({ signatures: [`0x${r}${signature.slice(66)}`] })).toBe('failed W6 signature');
  });

  test('known forms without a rule are unsupported', () => {
    expect(code({ signatures: [signature.slice(0, 130)] })).toBe('unsupported W5 signature-form');
    const wrapped = signature + '00'.repeat(96) + '6492'.repeat(16);
    expect(code({ signatures: [wrapped] })).toBe('unsupported W5 signature-form');
  });

  test('one signature is needed and no more', () => {
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });
});

describe('owners beside an address', async () => {
  const second = await other.signMessage({ message });
  const both = { address: contract, owners: [account.address, other.address], signatures: [signature, second] };

  test('valid signatures of owners leave a contract unproven', () => {
    expect(code({ address: contract, owners: [account.address] })).toBe('unproven W7 owner-unproven');
    expect(code(both)).toBe('unproven W7 owner-unproven');
  });

  test('rows of a contract in a published list', () => {
    const row = {
      address: '0x57e2dcd253527a0f70c6a3de3556f6e6e163f19c',
      message: 'I am an OKX address',
      signatures: [
        '0x07f19879aa28d51c97cddfdfecffe7ed96525545d041aee4f4386b0bf4c1a26924b637fb02ccbb97305c13daa51a0f50b8896fb25ecbaf60020cde920d227a221b',
        '0xf6e60fd5d2692eaf813cbb38369c160781a063e39dbadde9a88998a4c8019e08488f83a6e7ee5e5b3fbdd50f25db631150070e8bb470d1474eb0e6d9a1fd0c561c',
      ],
      owners: ['0x0cdcdb19a857c2ac24818ca4fdfe38cce071483e', '0x16f01cfc16b0b8c3400fb8e5099b0974fcc9fc12'],
    };
    expect(code(row)).toBe('unproven W7 owner-unproven');
    expect(code({ ...row, signatures: row.signatures.toReversed() })).toBe('failed W7 address-mismatch');
  });

  test('a signature that is not the owner’s fails', () => {
    expect(code({ ...both, signatures: [second, signature] })).toBe('failed W7 address-mismatch');
    expect(code({ ...both, signatures: [signature, signature] })).toBe('failed W7 address-mismatch');
    expect(code({ ...both, message: 'another' })).toBe('failed W7 address-mismatch');
    expect(code({ ...both, signatures: [signature] })).toBe('failed W5 signature-missing');
    expect(code({ ...both, signatures: [signature, second, second] })).toBe('failed W5 signature-count');
    const twice = { owners: [account.address, account.address.toLowerCase()], signatures: [signature, signature] };
    expect(code({ ...both, ...twice })).toBe('failed W6 repeated-key');
    expect(code({ ...both, owners: [account.address, 'nobody'] })).toBe('failed W5 owner-format');
  });

  test('an owner that is the address itself proves it, if all signatures hold', () => {
    const row = { ...both, address: account.address };
    expect(code(row)).toBe(proven);
    expect(code({ ...row, signatures: [signature, signature] })).toBe('failed W7 address-mismatch');
    expect(code({ ...row, signatures: [second, second] })).toBe('failed W7 address-mismatch');
  });
});

describe('key recovery', () => {
  test('gives the accounts that an independent library gives', async () => {
    const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(32), fc.boolean(), async (digest, r, odd) => {
        const s = keccak_256(r);
        s[0] &= 0x3f;
        const text = bytesToHex(Uint8Array.of(...r, ...s, odd ? 28 : 27));
        const expected = await recoverAddress({ hash: bytesToHex(digest), signature: text }).catch(() => undefined);
        const decoded = decodeEvmSignatures(text, 1);
        if ('verdict' in decoded) return expect(expected).toBeUndefined();
        const found = recoverEvmSigner(decoded[0], [{ scheme: '', digest: () => digest }], () => true);
        expect(found.ok ? getAddress(found.account) : undefined).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('tries digests in their order and stops at the accepted one', () => {
    const decoded = decodeEvmSignatures(signature, 1);
    if ('verdict' in decoded) throw new Error(decoded.detail);
    const digests = ['a', message, 'b'].map((text) => ({ scheme: text, digest: () => hexToBytes(hashMessage(text)) }));
    const last = { scheme: 'never', digest: () => expect.unreachable() };
    const expected = account.address.toLowerCase();
    const found = recoverEvmSigner(decoded[0], [...digests.slice(0, 2), last], (found) => found === expected);
    expect(found).toEqual({ ok: true, scheme: message, account: expected });
  });
});

test('a verdict for any texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(account.address, contract, signature, 'ex1', 'one1qq', 'xdc', ''),
  );
  const claims = fc.record({
    address: text,
    message: text,
    signatures: fc.array(text, { maxLength: 3 }),
    script: text,
    owners: fc.array(text, { maxLength: 3 }),
    evidence: fc.option(fc.jsonValue(), { nil: undefined }),
  });
  fc.assert(
    fc.property(claims, fc.constantFrom(ethereum, evmNetwork('OKT'), evmNetwork('RSK')), (claim, network) => {
      const decoded = evmFamily.decodeAddress(claim.address, network);
      const verdict = isVerdict(decoded) ? decoded : evmFamily.verify(claim, decoded, network);
      expect(['verified', 'failed', 'unproven', 'unsupported']).toContain(verdict.verdict);
    }),
    { numRuns: 200 },
  );
});
