import { readFileSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bech32, bech32m } from '@scure/base';
import * as btc from '@scure/btc-signer';
import { bitcoinNetworks } from '@solvent/report-format/networks/bitcoin-networks';
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BitcoinAddressKind,
  bitcoinAddress,
  decodeBitcoinAddress as decode,
} from '../src/addresses/bitcoin-address.js';
import { isVerdict } from '../src/claim.js';
import { decodeCashAddr } from '../src/encodings/cash-addr.js';

const vectors = JSON.parse(readFileSync(new URL('vectors/bitcoin-messages.json', import.meta.url), 'utf8'));

function networkOf(name: string): BitcoinNetwork {
  const network = findNetwork(name);
  if (network?.family !== 'bitcoin') throw new Error(`${name}: expected a network of Bitcoin's family`);
  return network;
}

/** Kind and canonical spelling, or the verdict. */
function read(text: string, name: string): string {
  const address = decode(text, networkOf(name));
  return isVerdict(address) ? `${address.verdict} ${address.code}` : `${address.kind} ${address.canonical}`;
}

const keyHash = new Uint8Array(20).fill(7);
const program = new Uint8Array(32).fill(9);
const kinds: readonly BitcoinAddressKind[] = ['P2PKH', 'P2SH', 'P2WPKH', 'P2WSH', 'P2TR'];

function kindsOf(network: BitcoinNetwork): readonly BitcoinAddressKind[] {
  return kinds.filter((kind) => {
    if (kind === 'P2TR') return network.taproot === true;
    return kind === 'P2PKH' || kind === 'P2SH' || network.segwitPrefix !== undefined;
  });
}

function hashFor(kind: BitcoinAddressKind): Uint8Array {
  return kind === 'P2WSH' || kind === 'P2TR' ? program : keyHash;
}

describe('addresses of all networks', () => {
  test.each(bitcoinNetworks)('$title: every kind is read back from its one spelling', (network) => {
    for (const kind of kindsOf(network)) {
      const made = bitcoinAddress(kind, hashFor(kind), network);
      expect(decode(made.canonical, network)).toEqual(made);
    }
  });

  // First letters that the chains' own documentation gives.
  test.each([
    ['BTC', '1', '3'],
    ['BSV', '1', '3'],
    ['BCD', '1', '3'],
    ['LTC', 'L', 'M'],
    ['DOGE', 'D', '9A'],
    ['DASH', 'X', '7'],
    ['ZEC', 't1', 't3'],
    ['DGB', 'D', 'S'],
    ['QTUM', 'Q', 'M'],
    ['RVN', 'R', 'r'],
    ['BTG', 'G', 'A'],
    ['ZEN', 'zn', 'zs'],
    ['BCH', 'bitcoincash:q', 'bitcoincash:p'],
    ['XEC', 'ecash:q', 'ecash:p'],
  ])('%s: keys begin with %s, scripts with %s', (name, key, script) => {
    expect(bitcoinAddress('P2PKH', keyHash, networkOf(name)).canonical.startsWith(key)).toBe(true);
    const first = bitcoinAddress('P2SH', keyHash, networkOf(name)).canonical;
    expect(script === '9A' ? /^[9A]/.test(first) : first.startsWith(script)).toBe(true);
  });

  test('an independent library derives the same addresses', () => {
    const key = secp256k1.getPublicKey(new Uint8Array(32).fill(1), true);
    const made: [string, string][] = [
      ['P2PKH', btc.p2pkh(key).address as string],
      ['P2WPKH', btc.p2wpkh(key).address as string],
      ['P2SH', btc.p2sh(btc.p2wpkh(key)).address as string],
      ['P2WSH', btc.p2wsh(btc.p2ms(1, [key])).address as string],
      ['P2TR', btc.p2tr(key.slice(1)).address as string],
    ];
    for (const [kind, text] of made) expect(read(text, 'BTC')).toBe(`${kind} ${text}`);
  });
});

describe('one address, several spellings', () => {
  test.each(vectors.cashAddr.pairs as [string, string][])('Bitcoin Cash: %s is %s', (legacy, cash) => {
    const kind = legacy.startsWith('3') ? 'P2SH' : 'P2PKH';
    for (const text of [legacy, cash, cash.toUpperCase(), cash.slice(12), cash.slice(12).toUpperCase()]) {
      expect(read(text, 'BCH')).toBe(`${kind} ${cash}`);
    }
    expect(read(cash, 'BTC')).toBe('failed address-network');
    expect(read(cash, 'XEC')).toBe('failed address-network');
    expect(read(cash.slice(12), 'XEC')).toBe('failed address-checksum');
    expect(read(`${cash.slice(0, 13)}${cash.slice(13).toUpperCase()}`, 'BCH')).toBe('failed address');
  });

  test('checksums of the specification of CashAddr', () => {
    for (const text of ['prefix:x64nx6hz', 'p:gpf8m4h7', 'bitcoincash:qpzry9x8gf2tvdw0s3jn54khce6mua7lcw20ayyn']) {
      const [prefix, letters] = text.split(':');
      expect(decodeCashAddr(prefix, letters), text).toBeDefined();
      expect(decodeCashAddr(prefix, `${letters.slice(0, -1)}q`), text).toBeUndefined();
    }
  });

  test('scripts of Litecoin, DigiByte and Horizen under their old versions', () => {
    const bitcoin = networkOf('BTC');
    const old = bitcoinAddress('P2SH', keyHash, bitcoin).canonical;
    for (const name of ['LTC', 'DGB']) {
      const { canonical } = bitcoinAddress('P2SH', keyHash, networkOf(name));
      expect(canonical).not.toBe(old);
      expect(read(old, name)).toBe(`P2SH ${canonical}`);
    }
    const transparent = bitcoinAddress('P2PKH', keyHash, networkOf('ZEC')).canonical;
    expect(read(transparent, 'ZEN')).toBe(`P2PKH ${bitcoinAddress('P2PKH', keyHash, networkOf('ZEN')).canonical}`);
  });

  test('segwit in upper case', () => {
    const text = bitcoinAddress('P2WPKH', keyHash, networkOf('BTC')).canonical;
    expect(read(text.toUpperCase(), 'BTC')).toBe(`P2WPKH ${text}`);
    expect(read(`${text.slice(0, 5)}${text.slice(5).toUpperCase()}`, 'BTC')).toBe('failed address');
  });
});

describe('what is no address of the network', () => {
  test.each([
    ['mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', 'BTC', 'failed address-network'],
    ['2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc', 'BTC', 'failed address-network'],
    ['tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'BTC', 'failed address-network'],
    ['bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t', 'BCH', 'failed address-network'],
    ['LectSLekhkxEQBHofNFHa3pVHndnb4Z9fN', 'BTC', 'failed address-network'],
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'LTC', 'failed address-network'],
    ['1DcT5Wij5tfb3oVViF8mA8p4WrG98ahZPU', 'BTC', 'failed address-checksum'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'BTC', 'failed address-checksum'],
    ['bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q', 'BCH', 'failed address-checksum'],
    ['', 'BTC', 'failed address'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'BTC', 'failed address'],
    ['KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn', 'BTC', 'failed address'],
    ['a:b:c', 'BTC', 'failed address'],
  ])('%s on %s: %s', (text, name, expected) => {
    expect(read(text, name)).toBe(expected);
  });

  // The invalid segwit addresses of BIP-350.
  test.each([
    ['bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4', 'failed address-checksum'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', 'failed address-checksum'],
    ['BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL', 'failed address-checksum'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh', 'failed address-checksum'],
    ['BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R', 'failed address'],
    ['bc1pw5dgrnzv', 'failed address'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav', 'failed address'],
    ['BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', 'failed address'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf', 'failed address'],
    ['bc1gmk9yu', 'failed address'],
  ])('%s: %s', (text, expected) => {
    expect(read(text, 'BTC')).toBe(expected);
  });

  test('versions and lengths of segwit without a rule', () => {
    const words = bech32.toWords(program);
    expect(read(bech32m.encode('bc', [2, ...words]), 'BTC')).toBe('unsupported address-kind');
    expect(read(bech32m.encode('bc', [1, ...bech32.toWords(keyHash)]), 'BTC')).toBe('unsupported address-kind');
    expect(read(bech32m.encode('dgb', [1, ...words]), 'DGB')).toBe('unsupported address-kind');
    expect(read(bech32.encode('bc', [0, ...bech32.toWords(new Uint8Array(24))]), 'BTC')).toBe('failed address');
  });

  test('shielded, unified and hidden addresses have no rule', () => {
    expect(read(bech32.encode('zs', bech32.toWords(new Uint8Array(43)), false), 'ZEC')).toBe(
      'unsupported address-kind',
    );
    expect(read(bech32m.encode('u', bech32.toWords(new Uint8Array(106)), false), 'ZEC')).toBe(
      'unsupported address-kind',
    );
    expect(read(bech32m.encode('tex', bech32.toWords(keyHash)), 'ZEC')).toBe('unsupported address-kind');
    expect(read(bech32.encode('ltcmweb', [0, ...bech32.toWords(new Uint8Array(66))], false), 'LTC')).toBe(
      'unsupported address-kind',
    );
    expect(read(bech32.encode('zs', bech32.toWords(new Uint8Array(43)), false), 'BTC')).toBe('failed address-network');
  });
});

describe('hostile addresses', () => {
  test('any text gives an address or a verdict', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'1bcqpzry9x8:tz3LM0OIl \u00e9'), maxLength: 120 });
    fc.assert(
      fc.property(
        fc.constantFrom(...bitcoinNetworks),
        fc.oneof(fc.string({ maxLength: 1200 }), letters),
        (network, text) => {
          const found = decode(text, network);
          expect(isVerdict(found) || found.canonical.length > 0).toBe(true);
        },
      ),
    );
  });

  test('a changed letter is never another address', () => {
    const texts = bitcoinNetworks.flatMap((network) =>
      kindsOf(network).map((kind) => ({ network, text: bitcoinAddress(kind, hashFor(kind), network).canonical })),
    );
    const letters = fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7lABCDEFGH');
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), letters, ({ network, text }, at, letter) => {
        const index = at % text.length;
        if (text[index] === letter) return;
        const found = decode(`${text.slice(0, index)}${letter}${text.slice(index + 1)}`, network);
        expect(isVerdict(found)).toBe(true);
      }),
    );
  });
});
