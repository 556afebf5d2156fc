import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import { findNetwork } from '@solvent/report-format/networks/networks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosmosAddressOf, cosmosMultisigAccountOf } from '../src/addresses/cosmos-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { familyOf } from '../src/families.js';
import { adr36Bytes } from '../src/schemes/adr36.js';
import { checksOf } from './row-verdict.js';

/** Accounts of the key 11…11 by the chains' own libraries, and of 22…22; and an address of the first key elsewhere. */
const chains = [
  {
    id: 'cosmos-hub',
    address: 'cosmos1l3e9pgs3mmwuwrh95fecme0s0qtn2880f2jmfe',
    other: 'cosmos12vfxp232rx0z9rzn0hay9jptagk8c86dn5t56m',
    elsewhere: 'osmo1l3e9pgs3mmwuwrh95fecme0s0qtn2880p3ptlt',
  },
  {
    id: 'filecoin',
    address: 'f1ghrejg5rcic6csaduor6ak4wcgj7ikrrxxo72my',
    other: 'f1cssiz7qm7ektt6n5ihlgpnu6aznvvj5firjzpoy',
    elsewhere: 't1ghrejg5rcic6csaduor6ak4wcgj7ikrrxxo72my',
  },
  {
    id: 'stacks',
    address: 'SP3Y74M5227FDVHREWPH773F5Y1W1ED8WXY3RAVG4',
    other: 'SP19H4R5A58CSW8MCADYZMGP85FN2RZ0Z9Q7AQ9Y1',
    elsewhere: 'ST000000000000000000002AMW42H',
  },
  {
    id: 'conflux',
    address: 'cfx:aap8t25069bbhr9h69wg3v2mn1jjr019fjucrkvx55',
    other: 'cfx:aam0hem8dfg2387bwu41a2b9s2dmgemzbatm0n6hhv',
    elsewhere: 'cfxtest:aap8t25069bbhr9h69wg3v2mn1jjr019fj4k83139v',
  },
  {
    id: 'icon',
    address: 'hx396031be52ec56955bd7bf15eacdfa1a1c1fe19e',
    other: 'hx9e6acec2aa287504fd022f562683b6201a16e94c',
    elsewhere: '0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a',
  },
  {
    id: 'aelf',
    address: 'W1ptWN5n5mfdVvh3khTRm9KMJCAUdge9txNyVtyvZaYRYcqc1',
    other: '5i8gir5PhkkGr6a7RWdxzPf5ns3Sd9cp9jQF7maVQUwi6kc4U',
    elsewhere: 'ELF_W1ptWN5n5mfdVvh3khTRm9KMJCAUdge9txNyVtyvZaYRYcqc1_tDVV',
  },
  {
    id: 'decred',
    address: 'Dsmu1dLdsDwJrWwPwuCXYTLgcE9MbduhbWJ',
    other: 'DsVSuR4v8b4ykwPvcCL7AgL9ypEciK8FWH3',
    elsewhere: 'TsRfHdBK2EXjR83LJC6tEZ5faaXHM5TwYjr',
  },
];

const key = hexToBytes('11'.repeat(32));
const message = 'Exchange, report 7: 100 €';

/** The published raw form, written here from its description: nothing of the verifier signs. */
function signRaw(text: string, secretKey: Uint8Array): string {
  const header = 'OKX Signed Message:\n';
  const [head, body] = [utf8ToBytes(header), utf8ToBytes(text)];
  const digest = keccak_256(concatBytes(Uint8Array.of(head.length), head, Uint8Array.of(body.length), body));
  const [recovery, ...rs] = secp256k1.sign(digest, secretKey, { prehash: false, format: 'recovered' });
  return `0x${bytesToHex(Uint8Array.of(...rs, 27 + recovery))}`;
}

function highS(text: string): string {
  const s = secp256k1.Point.Fn.ORDER - BigInt(`0x${text.slice(66, 130)}`);
  return `${text.slice(0, 66)}${s.toString(16).padStart(64, '0')}${text.endsWith('1b') ? '1c' : '1b'}`;
}

describe.each(chains)('accounts of $id', ({ id, address, other, elsewhere }) => {
  const signature = signRaw(message, key);
  const plain: OwnershipClaim = { address, message, signatures: [signature], script: '', owners: [] };
  const { check, code } = checksOf(id, plain);

  test('the published raw form verifies, alone and beside the key in each of its spellings', () => {
    expect(check({})).toMatchObject({ verdict: 'verified', detail: expect.stringContaining('raw ECDSA') });
    expect(code({ signatures: [signature.slice(2).toUpperCase()] })).toBe('verified W7 address-proven');
    const point = secp256k1.Point.fromBytes(secp256k1.getPublicKey(key));
    for (const script of [
      point.toHex(true),
      point.toHex(false),
      point.toHex(false).slice(2),
      `0x${point.toHex(true)}`,
    ]) {
      expect(code({ script })).toBe('verified W7 address-proven');
    }
  });

  test('another key, message, address and network fail', () => {
    expect(code({ signatures: [signRaw(message, hexToBytes('22'.repeat(32)))] })).toBe('failed W7 address-mismatch');
    expect(code({ message: `${message} ` })).toBe('failed W7 address-mismatch');
    expect(code({ address: other })).toBe('failed W7 address-mismatch');
    expect(check({ address: elsewhere }).verdict).toBe('failed');
    expect(code({ script: secp256k1.Point.BASE.toHex(true) })).toBe('failed W6 signature');
  });

  test('malleated, truncated and lengthened signatures fail', () => {
    const flipped = signature.slice(0, 130) + (signature.endsWith('1b') ? '1c' : '1b');
    expect(code({ signatures: [flipped] })).toBe('failed W7 address-mismatch');
    expect(code({ signatures: [highS(signature)] })).toBe('failed W6 signature');
    for (const text of [signature.slice(0, -2), `${signature}00`, signature.slice(0, -1), ` ${signature}`, '0x', 'é']) {
      const { verdict, step } = check({ signatures: [text] });
      expect([verdict, step]).toEqual(['failed', 'W5']);
    }
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });

  test('an owner beside an address proves nothing of it', () => {
    expect(code({ address: other, owners: [address] })).toBe('unproven W7 owner-unproven');
    expect(code({ owners: [other] })).toBe('failed W7 address-mismatch');
    expect(code({ owners: ['nobody'] })).toBe('failed W5 owner-format');
  });

  test('addresses with a changed letter, cut, in mixed case or very long do not decode', () => {
    // ICON's addresses have no checksum: a changed digit is another account's.
    if (id === 'icon') expect(code({ address: `${address.slice(0, -1)}0` })).toBe('failed W7 address-mismatch');
    const changed =
      id === 'icon' ? 'hx' : address.slice(0, -2) + (address.at(-2) === '2' ? '3' : '2') + address.slice(-1);
    for (const text of [changed, address.slice(0, -1), `${address} `, '', address.repeat(5_000), `${address}é`]) {
      const { verdict, step } = check({ address: text });
      expect([verdict, step]).toEqual(['failed', 'W3']);
    }
  });

  test('whatever the row holds, there is a verdict, and only the whole row verifies', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 60, maxLength: 70 }).map((each) => `0x${bytesToHex(each)}`),
      fc.tuple(fc.nat(64), fc.nat(255)).map(([at, byte]) => {
        const changed = hexToBytes(signature.slice(2));
        changed[at] = byte;
        return `0x${bytesToHex(changed)}`;
      }),
    );
    const field = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(signature, address, other, elsewhere, '', secp256k1.Point.BASE.toHex(true)),
      bytes,
      fc.tuple(fc.nat(address.length), fc.string()).map(([at, text]) => address.slice(0, at) + text),
    );
    // V of 0 and 1 means 27 and 28.
    const spells = (text: string) => text.slice(0, 130) === signature.slice(0, 130) && isSameV(text, signature);
    fc.assert(
      fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
        const [text, script, signatures, owners] = fields;
        for (const target of [text, address]) {
          const { verdict } = check({ address: target, script, signatures, owners });
          const mayProve = owners.length === 0 && signatures.length === 1 && spells(signatures[0]);
          if (verdict === 'verified') expect(mayProve).toBe(true);
          if (mayProve && script === '' && target === address) expect(verdict).toBe('verified');
        }
      }),
      { numRuns: 50 },
    );
  });
});

function isSameV(a: string, b: string): boolean {
  return [a, b].every((text) => text.length === 132) && vOf(a) === vOf(b);
}

const vOf = (text: string) => Number.parseInt(text.slice(130), 16) % 27;

describe('twenty of 64 members of a chain of the Cosmos SDK', () => {
  const hub = findNetwork('cosmos-hub') as CosmosNetwork;
  const keys = Array.from({ length: 64 }, (_, i) => hexToBytes(`${(i + 1).toString(16).padStart(2, '0')}`.repeat(32)));
  const members = keys.map((one) => `1226eb5ae98721${bytesToHex(secp256k1.getPublicKey(one))}`);
  const script = `22c1f7e20814${members.join('')}`;
  const { canonical } = cosmosAddressOf(cosmosMultisigAccountOf(hexToBytes(script)), hub);
  const digest = sha256(adr36Bytes(message, canonical));
  const signatures = keys.slice(-20).map((one) => secp256k1.sign(digest, one, { prehash: false }));
  const verdictOf = (texts: readonly string[]) => {
    const family = familyOf(hub);
    const address = family.decodeAddress(canonical, hub);
    if (isVerdict(address)) throw new Error(address.detail);
    return family.verify({ address: canonical, message, signatures: texts, script, owners: [] }, address, hub);
  };

  test('verify with signatures that name no member, in any order, and only with twenty different ones', () => {
    const texts = signatures.map(bytesToHex);
    expect(verdictOf(texts)).toMatchObject({ verdict: 'verified', detail: '20 of 64 members' });
    expect(verdictOf([...texts].reverse())).toMatchObject({ verdict: 'verified' });
    expect(verdictOf(texts.slice(1))).toMatchObject({ verdict: 'failed', code: 'threshold' });
    expect(verdictOf([...texts.slice(1), texts[1]])).toMatchObject({ verdict: 'failed', code: 'repeated-key' });
  });

  test('do not verify with the other half of s, or with a key that is no member', () => {
    const texts = signatures.map(bytesToHex);
    const { r, s } = secp256k1.Signature.fromBytes(signatures[0], 'compact');
    const high = bytesToHex(new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes('compact'));
    const stranger = bytesToHex(secp256k1.sign(digest, hexToBytes('77'.repeat(32)), { prehash: false }));
    for (const wrong of [high, stranger, '0'.repeat(128), 'f'.repeat(128)]) {
      expect(verdictOf([wrong, ...texts.slice(1)])).toMatchObject({ verdict: 'failed', step: 'W6', code: 'signature' });
    }
  });
});
