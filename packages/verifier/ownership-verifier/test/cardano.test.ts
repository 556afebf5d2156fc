import { ed25519 } from '@noble/curves/ed25519.js';
import { bech32 } from '@scure/base';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { describe, expect, test } from 'vitest';
import { cardanoEnterpriseAddress, decodeCardanoAddress } from '../src/addresses/cardano-address.js';
import { isVerdict, type OwnershipClaim } from '../src/claim.js';
import { decodeCbor, encodeCborBytes } from '../src/encodings/cbor.js';
import { cardanoFamily } from '../src/families/cardano.js';
import { cardanoAccount, signAsCardanoWallet } from './oracles/cardano.js';
import { oracleMessage } from './oracles/oracle.js';

const network = findNetwork('ADA');
if (network?.family !== 'cardano') throw new Error('ADA: expected the network of Cardano');
const cardano = network;
const [first, other] = [cardanoAccount('11'), cardanoAccount('22')];
const script = Buffer.from(first.key).toString('hex');

function check(signature: string, changes: Partial<OwnershipClaim> = {}): string {
  const { address } = first;
  const claim = { address, message: oracleMessage, signatures: [signature], script, owners: [], ...changes };
  const decoded = cardanoFamily.decodeAddress(claim.address, cardano);
  const { verdict, step, code } = isVerdict(decoded) ? decoded : cardanoFamily.verify(claim, decoded, cardano);
  return `${verdict} ${step} ${code}`;
}

describe('addresses of Cardano', () => {
  // From CIP-19's test vectors: the key, and its addresses on the main network.
  const key = Uint8Array.from(
    bech32.fromWords(bech32.decode('addr_vk1w0l2sr2zgfm26ztc6nl9xy8ghsk5sh6ldwemlpmp9xylzy4dtf7st80zhd', 200).words),
  );
  const enterprise = 'addr1vx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzers66hrl8';
  const base =
    'addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x';

  test('those of the standard follow from its key', () => {
    expect(cardanoEnterpriseAddress(key).canonical).toBe(enterprise);
    expect(decodeCardanoAddress(enterprise)).toMatchObject({ kind: 'enterprise address', canonical: enterprise });
    expect(decodeCardanoAddress(base)).toMatchObject({
      kind: 'base address',
      paymentHash: cardanoEnterpriseAddress(key).paymentHash,
    });
  });

  test.each([
    ['stake', 'stake1uyehkck0lajq8gr28t9uxnuvgcqrc6070x3k9r8048z8y5gh6ffgw', 'unsupported W3 address-kind'],
    ['script', 'addr1w8phkx6acpnf78fuvxn0mkew3l0fd058hzquvz7w36x4gtcyjy7wx', 'unsupported W3 address-kind'],
    ['test network', 'addr_test1vz2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzerspjrlsz', 'failed W3 address-network'],
    ['upper case', enterprise.toUpperCase(), 'failed W6 signature'],
    ['both cases', enterprise.replace('v', 'V'), 'failed W3 address'],
    ['letter', enterprise.replace('fxv', 'fxw'), 'failed W3 address'],
    ['empty', '', 'failed W3 address'],
  ])('%s', (_, address, verdict) => {
    expect(check('00'.repeat(64), { address })).toBe(verdict);
  });

  test('a header of the main network with the test network’s bit is none', () => {
    const bytes = Uint8Array.from([0x60, ...first.enterprise.subarray(1)]);
    const address = bech32.encode('addr', bech32.toWords(bytes), 200);
    expect(check('00'.repeat(64), { address })).toBe('failed W3 address-network');
  });
});

describe('COSE signatures of Cardano', () => {
  test('the stake part is not control: its key proves nothing', () => {
    const signature = signAsCardanoWallet(other.secret, first.base);
    const column = Buffer.from(other.key).toString('hex');
    expect(check(signature, { address: first.baseAddress, script: column })).toBe('failed W7 address-mismatch');
  });

  test('a wallet that signed for another address fails', () => {
    expect(check(signAsCardanoWallet(first.secret, first.base))).toBe('failed W7 address-mismatch');
    expect(check(signAsCardanoWallet(first.secret, first.enterprise), { address: first.baseAddress })).toBe(
      'failed W7 address-mismatch',
    );
  });

  test('headers that say something else are in no format', () => {
    const text = signAsCardanoWallet(first.secret, first.enterprise);
    expect(check(text)).toBe('verified W7 address-proven');
    // EdDSA is -8, 27 in CBOR; 26 is ES256.
    for (const bad of [
      text.replace('a20127', 'a20126'),
      text.replace('a166686173686564f4', 'a166686173686565f4'),
      text.replace('a166686173686564f4', 'a166686173686564f6'),
      text.replace(/^84/, '85'),
      text.replace(/^84/, 'd284'),
      `${text}00`,
      text.slice(0, -2),
    ]) {
      expect(bad).not.toBe(text);
      expect(check(bad)).toBe('failed W5 signature-format');
    }
    expect(check(text.replace('a166686173686564f4', 'a166686173686564f5'))).toBe('failed W6 signature');
  });

  test('a signature of the hash proves nothing: the header that says so is not signed', () => {
    const signature = signAsCardanoWallet(first.secret, first.enterprise, { hashed: true });
    expect(check(signature)).toBe('unproven W7 payload-unseen');
    expect(check(signature, { message: 'another' })).toBe('failed W6 signature');
    expect(check(signature, { address: other.address })).toBe('failed W7 address-mismatch');
    expect(check(signature.replace('686173686564f5', '686173686564f4'))).toBe('failed W6 signature');
  });

  test('what is signed is the structure, and not the message alone', () => {
    const plain = ed25519.sign(new TextEncoder().encode(oracleMessage), first.secret);
    expect(check(Buffer.from(plain).toString('hex'))).toBe('failed W6 signature');
  });
});

describe('CBOR', () => {
  test.each([
    '',
    '18',
    '1817',
    '190017',
    '9f01ff',
    '5fff',
    'a10101ff',
    'a201010102',
    '8281818181',
    'f7',
    'c101',
    'ff',
    '61ff',
  ])('%s is none', (digits) => {
    expect(decodeCbor(Uint8Array.from(Buffer.from(digits, 'hex')))).toBeUndefined();
  });

  test('bytes of every size of head are read back', () => {
    for (const size of [0, 23, 24, 255, 256, 65535, 65536, 70000]) {
      const bytes = new Uint8Array(size).fill(7);
      expect(Buffer.from(decodeCbor(encodeCborBytes(bytes)) as Uint8Array).equals(bytes)).toBe(true);
    }
  });
});
