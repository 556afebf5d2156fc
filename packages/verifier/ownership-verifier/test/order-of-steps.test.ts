/** A row with two faults has the verdict of the first, in the order of the specification's text (spec §13.2). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OwnershipClaim } from '../src/claim.js';
import { verdictOn } from './row-verdict.js';

const cut: Change = ({ signatures: [text] }) => ({ signatures: [text.slice(0, -1)] });
const badKey: Change = () => ({ script: 'no key' });
const otherMessage: Change = () => ({ message: 'another' });

type Change = (row: OwnershipClaim) => Partial<OwnershipClaim>;
type Case = readonly [file: string, id: string, first: Change, second: Change, verdict: string];

// §16.1: signature and key are in their format; §13.9 and §15.1 have this order too.
const signatureThenKey = [
  ['sui', 'raw'],
  ['ss58', 'raw'],
  ['stellar', 'raw'],
  ['cardano', 'raw'],
  ['near', 'raw'],
  ['algorand', 'raw'],
  ['multiversx', 'raw'],
  ['tezos', 'raw'],
  ['hedera', 'raw'],
  ['icp', 'raw'],
  ['solana', 'published-raw'],
  ['zilliqa', 'message'],
  ['starknet', 'published'],
  ['cosmos', 'adr36'],
  ['kaspa', 'message-beside-key'],
].map(([file, id]): Case => [file, id, cut, badKey, 'failed W5 signature-format']);

const cases: readonly Case[] = [
  ...signatureThenKey,
  // The forms of signatures follow from the key on these.
  ['ton', 'wallet-v4r2', cut, badKey, 'failed W5 key-format'],
  ['xrp', 'ecdsa', cut, badKey, 'failed W5 key-format'],
  ['aptos', 'raw', cut, badKey, 'failed W5 key-format'],
  ['kaspa', 'message-beside-key', otherMessage, () => ({ script: '11'.repeat(32) }), 'failed W6 signature'],
  ['xrp', 'raw-ecdsa', highS, () => ({ script: `02${'ff'.repeat(32)}` }), 'failed W5 key-format'],
];

/** R ‖ S ‖ V with an S that is in the upper half. */
function highS({ signatures: [text] }: OwnershipClaim): Partial<OwnershipClaim> {
  return { signatures: [text.replace(/^(0x.{64}).{64}/, `$1${'f'.repeat(32)}${'0'.repeat(32)}`)] };
}

describe('the first of two faults decides', () => {
  test.each(cases)('%s, %s', (file, id, first, second, verdict) => {
    const text = readFileSync(new URL(`../../../../vectors/third-party/${file}.json`, import.meta.url), 'utf8');
    const found = JSON.parse(text).cases.find((one: { id: string }) => one.id === id);
    const { coin, network = coin, address, message, signatures, script = '' } = found;
    const row = { address, message, signatures, script, owners: [] };
    const [one, other] = [first(row), second(row)];
    expect(verdictOn(network, row)).toBe('verified W7 address-proven');
    // Each alone is a fault, so that the two are not one.
    for (const change of [one, other]) expect(verdictOn(network, { ...row, ...change })).toMatch(/^failed/);
    expect(verdictOn(network, { ...row, ...one, ...other })).toBe(verdict);
  });
});
