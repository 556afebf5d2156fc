import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { createEvidenceLookup, parseEvidence } from '@solvent/ownership-verifier/evidence-list';
import { personalDigest } from '@solvent/ownership-verifier/schemes/eip191';
import { verifyWallet, type WalletContext } from '@solvent/ownership-verifier/verify-wallet';
import { summarizeWallets, verifyWalletList } from '@solvent/ownership-verifier/verify-wallet-list';
import { networks } from '@solvent/report-format/networks/networks';
import { formatChallenge } from '@solvent/report-format/wallets/challenge';
import { formatDecimal } from '@solvent/report-format/wallets/decimal';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import type { Snapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletList, WalletRow } from '@solvent/report-format/wallets/wallet-list';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const fixedText = 'I am an OKX address';
const fixed: WalletContext = { policy: { kind: 'fixed', text: fixedText } };
const snapshot: Snapshot = {
  format: 'solvent-snapshot/1',
  exchange: 'Example Exchange',
  reportId: '2026-01',
  blocks: [
    { network: 'ethereum', height: 24_000_000, hash: `0x${'ab'.repeat(32)}` },
    { network: 'arbitrum', height: 300_000_000, hash: `0x${'cd'.repeat(32)}` },
  ],
};
const fresh: WalletContext = { policy: { kind: 'fresh', snapshot } };

interface Wallet {
  readonly secretKey: Uint8Array;
  readonly address: string;
}

function wallet(seed: string): Wallet {
  const secretKey = keccak_256(utf8ToBytes(seed));
  const key = secp256k1.getPublicKey(secretKey, false);
  return { secretKey, address: `0x${bytesToHex(keccak_256(key.subarray(1)).subarray(12))}` };
}

function sign({ secretKey }: Wallet, message: string): string {
  const [recovery, ...rs] = secp256k1.sign(personalDigest(message), secretKey, { prehash: false, format: 'recovered' });
  return `0x${bytesToHex(Uint8Array.from([...rs, 27 + recovery]))}`;
}

const alice = wallet('alice');
const bob = wallet('bob');

function row(change: Partial<WalletRow> = {}): WalletRow {
  const plain = { line: 2, coin: 'ETH', network: 'ETH', type: '', height: '24000000', script: '', owners: [] };
  const signed = { address: alice.address, amount: '1.5', message: fixedText, signatures: [sign(alice, fixedText)] };
  return { ...plain, ...signed, ...change };
}

function challenge(change: Partial<Parameters<typeof formatChallenge>[0]> = {}): string {
  const [{ network, height, hash }] = snapshot.blocks;
  const { exchange, reportId } = snapshot;
  return formatChallenge({ exchange, reportId, network, height, block: hash, address: alice.address, ...change });
}

const freshRow = (message: string, change: Partial<WalletRow> = {}) =>
  row({ message, signatures: [sign(alice, message)], ...change });

function said({ verdict, step, code }: ReturnType<typeof verifyWallet>): string {
  return `${verdict} ${step} ${code}`;
}

function listOf(rows: readonly WalletRow[], summary: WalletList['summary'] = []): WalletList {
  return { ok: true, form: 'published', summary, rows: rows.map((one, i) => ({ ...one, line: i + 2 })) };
}

describe('one row', () => {
  it('is verified, and says that a fixed message is bound to no report', () => {
    const verdict = verifyWallet(row(), fixed);
    expect(said(verdict)).toBe('verified W7 address-proven');
    expect(verdict).toMatchObject({ asset: 'ETH', network: 'ethereum' });
    expect(verdict.detail).toContain('bound to no report');
  });

  it('is verified with a challenge for its report', () => {
    const verdict = verifyWallet(freshRow(challenge()), fresh);
    expect(said(verdict)).toBe('verified W7 address-proven');
    expect(verdict.detail).toContain('signed for report "2026-01"');
  });

  it.each([
    [row({ fault: { code: 'amount', detail: 'x' } }), 'failed W1 amount'],
    [row({ coin: 'NOSUCH' }), 'unsupported W2 coin'],
    [row({ network: 'Nowhere' }), 'unsupported W2 network'],
    [row({ coin: 'USDT-TRC20' }), 'failed W2 coin-network'],
    [row({ address: alice.address.slice(0, -1) }), 'failed W3 address'],
    [row({ message: '' }), 'failed W4 message-missing'],
    [row({ message: 'I am another address' }), 'failed W4 message-text'],
    [row({ message: challenge() }), 'failed W4 message-text'],
    [row({ signatures: [] }), 'failed W5 signature-missing'],
    [row({ signatures: ['0x00'] }), 'failed W5 signature-format'],
    [row({ signatures: [sign(bob, fixedText)] }), 'failed W7 address-mismatch'],
    [row({ owners: [bob.address], signatures: [sign(bob, fixedText)] }), 'unproven W7 owner-unproven'],
  ])('%# has the first step that does not pass: %s', (one, expected) => {
    expect(said(verifyWallet(one, fixed))).toBe(expected);
  });

  it.each([
    [freshRow(fixedText), 'failed W4 message-format'],
    [freshRow(`${challenge()} `), 'failed W4 message-format'],
    [freshRow(challenge({ reportId: '2025-12' })), 'failed W4 message-report'],
    [freshRow(challenge({ exchange: 'Another Exchange' })), 'failed W4 message-report'],
    [freshRow(challenge({ network: 'arbitrum' })), 'failed W4 message-network'],
    [freshRow(challenge({ height: 24_000_001 })), 'failed W4 message-block'],
    [freshRow(challenge({ block: `0x${'ac'.repeat(32)}` })), 'failed W4 message-block'],
    [freshRow(challenge(), { height: '23999999' }), 'failed W4 message-block'],
    [freshRow(challenge({ address: bob.address })), 'failed W4 message-address'],
    [freshRow(challenge({ address: 'nonsense' })), 'failed W4 message-address'],
    [row({ message: challenge() }), 'failed W7 address-mismatch'],
  ])('%# is held to the challenge: %s', (one, expected) => {
    expect(said(verifyWallet(one, fresh))).toBe(expected);
  });

  it('is unproven when the snapshot has no block of its network', () => {
    const message = challenge({ network: 'optimism' });
    expect(said(verifyWallet(freshRow(message, { network: 'OPTIMISM' }), fresh))).toBe('unproven W4 snapshot-missing');
  });

  it('takes the address of a challenge in any spelling, and a row without a height', () => {
    const message = challenge({ address: alice.address.toUpperCase().replace('0X', '0x') });
    expect(said(verifyWallet(freshRow(message, { height: '' }), fresh))).toBe('verified W7 address-proven');
  });

  it('has rules for the addresses of every network of the table', () => {
    for (const { id, nativeAsset } of networks) {
      const verdict = verifyWallet(row({ coin: nativeAsset, network: id, address: '' }), fixed);
      expect(said(verdict), id).toMatch(/^failed W3 address/);
    }
  });
});

describe('a list', () => {
  it('is verified when all rows are, and sums by asset and network', () => {
    const other = row({ address: bob.address, amount: '0.25', signatures: [sign(bob, fixedText)] });
    const token = row({ coin: 'USDT-ERC20', amount: '100.000001' });
    const outcome = verifyWalletList(listOf([row(), other, token]), fixed);
    expect(outcome).toMatchObject({ ok: true, counts: { verified: 3, failed: 0, unproven: 0, unsupported: 0 } });
    const sums = outcome.sums.map(({ asset, network, amount }) => [asset, network, formatDecimal(amount)]);
    expect(sums).toEqual([
      ['ETH', 'ethereum', '1.75'],
      ['USDT', 'ethereum', '100.000001'],
    ]);
  });

  it('without rows is not verified', () => {
    expect(verifyWalletList(listOf([]), fixed).ok).toBe(false);
  });

  it('counts only verified rows', () => {
    const unproven = row({ address: bob.address, owners: [alice.address] });
    const failed = row({ address: bob.address });
    const unsupported = row({ coin: 'NOSUCH' });
    const outcome = verifyWalletList(listOf([row(), unproven, failed, unsupported]), fixed);
    expect(outcome.ok).toBe(false);
    expect(outcome.counts).toEqual({ verified: 1, failed: 1, unproven: 1, unsupported: 1 });
    expect(outcome.sums.map(({ rowCount, countedCount, amount }) => [rowCount, countedCount, amount])).toEqual([
      [3, 1, 15n * 10n ** 29n],
    ]);
  });

  it('counts an address once for an asset, in whatever spelling', () => {
    const shouted = `0x${alice.address.slice(2).toUpperCase()}`;
    const rows = [
      row(),
      row({ address: shouted, coin: 'eth', network: '' }),
      row({ coin: 'USDT', amount: '7' }),
      row({ coin: 'USDT-ERC20', amount: '8' }),
      row({ network: 'ARBITRUM' }),
    ];
    const outcome = verifyWalletList(listOf(rows), fixed);
    expect(outcome.rows.map(({ duplicateOf, counted }) => [duplicateOf, counted])).toEqual([
      [undefined, true],
      [2, false],
      [undefined, true],
      [4, false],
      [undefined, true],
    ]);
    expect(outcome.duplicateCount).toBe(2);
    expect(outcome.sums.map(({ asset, network, amount }) => `${asset} ${network} ${formatDecimal(amount)}`)).toEqual([
      'ETH arbitrum 1.5',
      'ETH ethereum 1.5',
      'USDT ethereum 7',
    ]);
  });

  it('counts the verified one of two duplicates, whichever comes first', () => {
    const bad = row({ signatures: [sign(bob, fixedText)], amount: '9' });
    for (const rows of [
      [bad, row()],
      [row(), bad],
    ]) {
      const outcome = verifyWalletList(listOf(rows), fixed);
      expect(outcome.duplicateCount).toBe(1);
      expect(formatDecimal(outcome.sums[0].amount)).toBe('1.5');
    }
  });

  it('is compared with its own summary', () => {
    const entry = (coin: string, height: string, amount: string) => ({ line: 2, coin, height, amount });
    const summary = [
      entry('ETH(ALL)', '-', '3'),
      entry('ETH', '-', '3'),
      entry('ETH', '24000000', '1.4'),
      entry('ETH-ARBITRUM', '1', 'many'),
      entry('NOSUCH', '1', '1'),
    ];
    const outcome = verifyWalletList(listOf([row(), row({ network: 'ARBITRUM' })], summary), fixed);
    const text = (units: bigint | undefined) => (units === undefined ? undefined : formatDecimal(units));
    expect(outcome.summary.map(({ stated, verified }) => [text(stated), text(verified)])).toEqual([
      ['3', '3'],
      ['3', '3'],
      ['1.4', '1.5'],
      [undefined, '1.5'],
      ['1', undefined],
    ]);
  });

  it('needs one verdict for each row', () => {
    expect(() => summarizeWallets(listOf([row()]), [])).toThrow(RangeError);
  });
});

describe('evidence', () => {
  const entries = [
    { network: 'ethereum', address: alice.address.toUpperCase().replace('0X', '0x'), evidence: { a: 1 } },
  ];
  const file = (list: unknown) => JSON.stringify({ format: 'solvent-wallet-evidence/1', entries: list });

  it('is found by network and address, in any spelling', () => {
    const parsed = parseEvidence(file(entries));
    if (!parsed.ok) throw new Error(parsed.fault);
    const find = createEvidenceLookup(parsed.value);
    const canonical = verifyWallet(row(), fixed).canonicalAddress!;
    expect(find('ethereum', canonical)).toEqual({ a: 1 });
    expect(find('arbitrum', canonical)).toBeUndefined();
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'expected {"format"'],
    ['null', 'expected {"format"'],
    [JSON.stringify({ format: 'solvent-wallet-evidence/2', entries: [] }), 'expected {"format"'],
    [`{"format":"solvent-wallet-evidence/1","entries":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, 'at most 16 lists'],
    [file([{}]), 'entries[0]: expected network'],
    [file([{ ...entries[0], more: 1 }]), 'entries[0]: expected network'],
    [file([{ ...entries[0], address: 1 }]), 'entries[0]: expected network and address as strings'],
    [file([{ ...entries[0], address: 'x' }]), 'entries[0]: expected an address'],
    [file([{ ...entries[0], network: 'x' }]), 'entries[0]: expected an address'],
    [file([{ ...entries[0], network: 'ETH' }]), 'entries[0]: expected an address'],
    [file([entries[0], { ...entries[0], address: alice.address }]), 'entries[1]: expected each address once'],
  ])('%# is refused in any other form', (text, fault) => {
    const parsed = parseEvidence(text);
    expect(parsed.ok ? '' : parsed.fault).toContain(fault);
  });
});

describe('any list at all', () => {
  const coins = ['BTC', 'ETH', 'USDT-TRC20', 'SOL', 'TON', 'XRP', 'APT', 'BETH', 'LTC', 'BCH', 'NOSUCH', ''];
  const field = fc.oneof(fc.constantFrom('', 'null', '0x', '\\N', alice.address, fixedText), fc.string());
  const line = fc
    .tuple(fc.constantFrom(...coins), fc.array(field, { maxLength: 12 }))
    .map(([coin, fields]) => [coin, ...fields].join(','));
  const header =
    'coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/public key,eoa1,eoa2';

  it('has a verdict with a step for each row, or a fault with a line, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, isFresh) => {
        const list = readWalletList([header, ...lines].join('\n'));
        if (!list.ok) {
          expect(list.line).toBeGreaterThan(0);
          return;
        }
        const outcome = verifyWalletList(list, isFresh ? fresh : fixed);
        expect(outcome.rows).toHaveLength(list.rows.length);
        for (const { verdict } of outcome.rows) expect(verdict.step).toMatch(/^W[1-7]$/);
        expect(outcome.ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
