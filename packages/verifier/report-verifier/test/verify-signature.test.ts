import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';

import { bytesToHex, concatBytes, hexToBytes } from '@solvent/commitment/bytes';
import { encodeReportSignature, signedText } from '@solvent/report-format/report-signature';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifySignature } from '../src/verify-signature.js';

const digest = new Uint8Array(32).fill(5);
const secret = new Uint8Array(32).fill(9);
const publicKey = bytesToHex(ed25519.getPublicKey(secret));

function signatureFile(change: { publicKey?: string; signature?: string } = {}): Uint8Array {
  const signature = bytesToHex(ed25519.sign(signedText(digest), secret));
  return encodeReportSignature({ format: 'solvent-report-signature/1', publicKey, signature, ...change });
}

describe("the exchange's signature", () => {
  test('holds, and its key is shown', () => {
    expect(verifySignature(signatureFile(), digest, {})).toEqual({ ok: true, publicKey });
    expect(verifySignature(signatureFile(), digest, { exchangeKey: publicKey })).toEqual({ ok: true, publicKey });
  });

  test('may be missing unless the caller names a key', () => {
    expect(verifySignature(undefined, digest, {})).toEqual({ ok: true, publicKey: undefined });
    const asked = verifySignature(undefined, digest, { exchangeKey: publicKey });
    expect(asked).toMatchObject({ step: 'P2', code: 'signature-missing' });
  });

  test('by another key than the one that the caller names is refused', () => {
    const asked = verifySignature(signatureFile(), digest, { exchangeKey: '0'.repeat(64) });
    expect(asked).toMatchObject({ step: 'P2', code: 'signature-key' });
  });

  test('of another report is refused', () => {
    const other = Uint8Array.from(digest, (byte, i) => (i === 31 ? byte ^ 1 : byte));
    expect(verifySignature(signatureFile(), other, {})).toMatchObject({ step: 'P2', code: 'signature' });
  });

  test('with any bit changed is refused', () => {
    const good = ed25519.sign(signedText(digest), secret);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), (bit) => {
        const signature = Uint8Array.from(good, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const file = signatureFile({ signature: bytesToHex(signature) });
        expect(verifySignature(file, digest, {})).toMatchObject({ step: 'P2', code: 'signature' });
      }),
      { numRuns: 30 },
    );
  });

  test('with s + the order in place of s is refused', () => {
    const good = ed25519.sign(signedText(digest), secret);
    const order = ed25519.Point.Fn.ORDER;
    const s = BigInt(`0x${bytesToHex(good.slice(32).reverse())}`) + order;
    const high = hexToBytes(s.toString(16).padStart(64, '0')).reverse();
    const file = signatureFile({ signature: bytesToHex(good.slice(0, 32)) + bytesToHex(high) });
    expect(verifySignature(file, digest, {})).toMatchObject({ step: 'P2', code: 'signature' });
  });

  test('with an encoding that only looser rules take is refused', () => {
    // R is the neutral point, written as y = p + 1; s = k · a satisfies the equation with it.
    const encodedR = hexToBytes(`ee${'ff'.repeat(30)}7f`);
    const message = signedText(digest);
    const key = hexToBytes(publicKey);
    const { Fn } = ed25519.Point;
    const k = Fn.create(
      bytesToNumberLE(
        createHash('sha512')
          .update(concatBytes(encodedR, key, message))
          .digest(),
      ),
    );
    const s = Fn.toBytes(Fn.mul(k, ed25519.utils.getExtendedPublicKey(secret).scalar));
    const signature = concatBytes(encodedR, s);
    expect(ed25519.verify(signature, message, key, { zip215: true })).toBe(true);
    const file = signatureFile({ signature: bytesToHex(signature) });
    expect(verifySignature(file, digest, {})).toMatchObject({ step: 'P2', code: 'signature' });
  });

  test('by 32 bytes that are no point is refused', () => {
    const file = signatureFile({ publicKey: `02${'00'.repeat(31)}` });
    expect(verifySignature(file, digest, {})).toMatchObject({ step: 'P2', code: 'signature' });
  });

  test('by a key of small order is refused, which would sign every report', () => {
    const identity = `01${'00'.repeat(31)}`;
    // R = identity and s = 0 satisfy the equation for A = identity, whatever the message is.
    const file = signatureFile({ publicKey: identity, signature: `${identity}${'00'.repeat(32)}` });
    expect(verifySignature(file, digest, {})).toMatchObject({ step: 'P2', code: 'signature' });
  });

  test('in other bytes than its form is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(verifySignature(bytes, digest, {})).toMatchObject({ step: 'P2', code: 'signature-encoding' });
      }),
    );
  });
});
