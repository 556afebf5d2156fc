/** Rows that do not say in which form they were signed: the order in which forms are tried changes no verdict (spec §13.2). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tronAddressOf } from '../src/addresses/tron-address.js';
import { isVerdict } from '../src/claim.js';
import { familyOf } from '../src/families.js';
import { findEd25519Scheme } from '../src/schemes/ed25519.js';
import { personalDigest, publishedDigest } from '../src/schemes/eip191.js';
import { ownershipDigest } from '../src/schemes/eip712.js';
import { decodeEvmSignatures, recoverEvmSigner } from '../src/schemes/evm-signature.js';
import { rawEcdsaDigest } from '../src/schemes/raw-ecdsa.js';
import type { SignedDigest } from '../src/schemes/signed-digest.js';
import { solanaSignedBytes } from '../src/schemes/solana-message.js';
import { tronDigests } from '../src/schemes/tron-message.js';

const key = new Uint8Array(32).fill(7);
const account = keccak_256(secp256k1.getPublicKey(key, false).subarray(1)).subarray(12);
const edwardsKey = ed25519.getPublicKey(key);
const addresses = {
  ethereum: `0x${bytesToHex(account)}`,
  tron: tronAddressOf(account).canonical,
  solana: base58.encode(edwardsKey),
};
type NetworkId = keyof typeof addresses;

const challenge = formatChallenge({
  exchange: 'Example Exchange',
  reportId: '2026-01',
  network: 'ethereum',
  height: 7,
  block: 'ab',
  address: addresses.ethereum,
});
const messages = fc.oneof(fc.constant(challenge), fc.string({ minLength: 1, unit: 'grapheme' }));

/** All forms of a message on a network, in an order of the verifier's. */
const formsOf: { readonly [Id in NetworkId]: (message: string) => { scheme: string; sign: () => string }[] } = {
  ethereum: (message) => evmForms(message).map(signDigest),
  tron: (message) => tronDigests(message).map(signDigest),
  solana: (message) =>
    [...solanaSignedBytes(message, edwardsKey)].map(({ scheme, bytes }) => {
      return { scheme, sign: () => bytesToHex(ed25519.sign(bytes, key)) };
    }),
};

function evmForms(message: string): SignedDigest[] {
  return [
    { scheme: 'published EIP-191', digest: () => publishedDigest(message) },
    { scheme: 'EIP-191', digest: () => personalDigest(message) },
    { scheme: 'EIP-712', digest: () => ownershipDigest(1, account, message) },
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
  ];
}

function signDigest({ scheme, digest }: SignedDigest) {
  const sign = () => {
    const [recovery, ...rs] = secp256k1.sign(digest(), key, { prehash: false, format: 'recovered' });
    return bytesToHex(Uint8Array.from([...rs, 27 + recovery]));
  };
  return { scheme, sign };
}

function verify(id: NetworkId, message: string, signature: string) {
  const network = findNetwork(id)!;
  const family = familyOf(network);
  const address = family.decodeAddress(addresses[id], network);
  if (isVerdict(address)) throw new Error(address.detail);
  const claim = { address: addresses[id], message, signatures: [signature], script: '', owners: [] };
  return family.verify(claim, address, network);
}

describe.each(Object.keys(addresses) as NetworkId[])('%s', (id) => {
  it('verifies every form of every message, and names it', () => {
    const property = fc.property(messages, fc.nat(), (message, which) => {
      const forms = formsOf[id](message);
      const { scheme, sign } = forms[which % forms.length];
      expect(verify(id, message, sign())).toMatchObject({ verdict: 'verified', step: 'W7' });
      expect(verify(id, message, sign()).detail.startsWith(`${scheme}, `)).toBe(true);
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('fails with the same step and code, whichever form comes first', () => {
    const property = fc.property(fc.nat(), (which) => {
      const codes = [challenge, 'a fixed text'].map((message) => {
        const forms = formsOf[id](`${message}, and another`);
        const { step, code } = verify(id, message, forms[which % forms.length].sign());
        return `${step} ${code}`;
      });
      expect(codes[0]).toBe(codes[1]);
      expect(['W6 signature', 'W7 address-mismatch']).toContain(codes[0]);
    });
    fc.assert(property, { numRuns: 10 });
  });
});

describe('any order of the forms', () => {
  it('finds the same form of an ECDSA signature', () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    const property = fc.property(messages, orders, fc.nat(3), (message, order, which) => {
      const forms = evmForms(message);
      const signatures = decodeEvmSignatures(signDigest(forms[which]).sign(), 1);
      if ('verdict' in signatures) throw new Error(signatures.detail);
      const digests = order.map((i) => forms[i]);
      const found = recoverEvmSigner(signatures[0], digests, (signer) => signer === addresses.ethereum);
      expect(found).toMatchObject({ ok: true, scheme: forms[which].scheme });
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('finds the same form of an Ed25519 signature', () => {
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    const property = fc.property(messages, orders, fc.nat(4), (message, order, which) => {
      const forms = [...solanaSignedBytes(message, edwardsKey)];
      const candidates = order.map((i) => forms[i]);
      const signature = ed25519.sign(forms[which].bytes, key);
      expect(findEd25519Scheme(candidates, signature, edwardsKey)).toBe(forms[which].scheme);
    });
    fc.assert(property, { numRuns: 30 });
  });
});

describe('the form that is tried first', () => {
  it('is that of wallets for a challenge, and the published one for a fixed text', () => {
    const first = (message: string) => [
      tronDigests(message)[0].scheme,
      [...solanaSignedBytes(message, edwardsKey)][0].scheme,
    ];
    expect(first(challenge)).toEqual(['Tron message v2', 'Solana message']);
    expect(first('any fixed text')).toEqual(['Tron message v1', 'raw Ed25519']);
  });
});
