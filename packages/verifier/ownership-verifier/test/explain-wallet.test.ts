import { readdirSync, readFileSync } from 'node:fs';
import { checkRow } from '@solvent/report-format/wallets/check-row';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import fc from 'fast-check';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { explainWallet } from '../src/explain-wallet.js';
import { verifyWallet } from '../src/verify-wallet.js';

const account = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const other = privateKeyToAccount(`0x${'22'.repeat(32)}`);

function rowOf(change: Partial<WalletRow>): WalletRow {
  const row = {
    line: 7,
    coin: 'ETH',
    network: 'ethereum',
    type: '',
    height: '5',
    address: account.address,
    amount: '1',
  };
  return checkRow({ ...row, message: 'Example', signatures: [], script: '', owners: [], ...change }, true);
}

const explain = (change: Partial<WalletRow>, text?: string) => {
  const row = rowOf(change);
  return explainWallet(row, { policy: { kind: 'fixed', text: text ?? row.message } });
};

describe('a row that does not verify', () => {
  test('is explained with who signed in each form', async () => {
    const found = explain({ signatures: [await other.signMessage({ message: 'Example' })] });
    expect(found.verdict).toMatchObject({ verdict: 'failed', step: 'W7', code: 'address-mismatch' });
    expect(found.trials).toContainEqual({
      form: 'EIP-191',
      signature: 1,
      result: 'other-signer',
      signer: other.address.toLowerCase(),
    });
    expect(found.trials.map(({ form }) => form).sort()).toEqual([...found.support!.schemes].sort());
    expect(found.changes).toEqual([]);
    expect(found.advice[0]).toContain(`by the key of ${account.address.toLowerCase()}`);
    expect(found.texts).toEqual([{ column: 'signature1', forms: [{ spelling: 'hexadecimal', sizeBytes: 65 }] }]);
  });

  test.each([
    ['Example\n', 'Example', 'no white space around the message'],
    ['Example', 'Example\n', 'a line end after the message'],
    ['"Example"', 'Example', 'no quotation marks around the message'],
    ['a\\nb', 'a\nb', 'line ends in place of \\n in the message'],
    ['a\r\nb', 'a\nb', 'line ends of one character in the message'],
    ['a b', 'a b', 'nothing'],
  ])('with the message %j, signed as %j, needs %s', async (message, signed, change) => {
    const found = explain({ message, signatures: [await account.signMessage({ message: signed })] });
    const verifies = change === 'nothing';
    expect(found.verdict.verdict).toBe(verifies ? 'verified' : 'failed');
    expect(found.changes).toEqual(verifies ? [] : [{ change, proves: expect.stringContaining('EIP-191') }]);
    expect(found.advice.length).toBe(verifies ? 0 : 1);
  });

  test('names the network of which the address is one, and the one on which it would verify', async () => {
    const signature = await account.signMessage({ message: 'Example' });
    const wrong = explain({ coin: 'USDT', network: 'tron', signatures: [signature] });
    expect(wrong.verdict).toMatchObject({ step: 'W3' });
    expect(wrong.addressOf).toContain('ethereum');
    expect(wrong.changes.map(({ change }) => change)).toContain('the network ethereum instead of tron');
    expect(wrong.advice[0]).toContain('an address of Tron: account');
  });

  test('says which message is asked for', async () => {
    const signatures = [await account.signMessage({ message: 'Example' })];
    const found = explain({ signatures }, 'Another');
    expect(found.verdict).toMatchObject({ step: 'W4', code: 'message-text' });
    expect(found.advice).toEqual(['a signature of the message that is asked for: "Another"']);
    expect(found.trials.find(({ form }) => form === 'EIP-191')).toMatchObject({ result: 'proves' });
    const blocks = [{ network: 'ethereum', height: 5, hash: '0xab' }];
    const snapshot = { format: 'solvent-snapshot/1', exchange: 'E', reportId: '1', blocks } as const;
    const fresh = explainWallet(rowOf({ signatures }), {
      policy: { kind: 'fresh', snapshot: { ...snapshot, blocks } },
    });
    expect(fresh.advice[0]).toContain(`height 5, block 0xab, address ${account.address.toLowerCase()}`);
  });

  test.each([
    [{ coin: 'NOSUCH' }, 'W2', 'a coin and a network'],
    [{ amount: 'x' }, 'W1', 'the row in its format'],
    [{ message: '' }, 'W4', 'a signature of the message'],
    [{}, 'W5', 'a signature of the row'],
    [{ address: 'x' }, 'W3', 'an address of Ethereum'],
  ])('is told what would prove it: %j', (change, step, advice) => {
    const found = explain(change, 'Example');
    expect(found.verdict.step).toBe(step);
    expect(found.advice[0]).toContain(advice);
  });
});

const folder = new URL('../../../../vectors/ownership/', import.meta.url);
const cases = readdirSync(folder).flatMap((name) => {
  const { cases: ones } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return ones.map((one: Record<string, unknown>) => ({ ...one, file: name }));
});

const thirdParty = new URL('../../../../vectors/third-party/', import.meta.url);
// Rows whose wallets are contracts are verified by evidence, and those of Antelope and Flow never.
const files = readdirSync(thirdParty).filter((name) => !/^(?:antelope|flow|validator)\.json$/.test(name));

test.each(files)(
  'a verified row of %s names the form that proves it, as the rules of its network do',
  (name) => {
    const { cases: rows } = JSON.parse(readFileSync(new URL(name, thirdParty), 'utf8'));
    let explained = 0;
    for (const { id, coin, network = '', address, message, signatures = [], script = '', owners = [] } of rows) {
      const found = explain({ coin, network, address, message, signatures, script, owners });
      if (found.verdict.verdict !== 'verified') continue;
      explained++;
      const proving = found.trials.filter(({ result }) => result === 'proves').map(({ form }) => form);
      // Of several keys each may have signed in a form of its own, which the verdict then does not tell.
      if (found.trials.length > 0) expect([id, found.support!.schemes]).toEqual([id, expect.arrayContaining(proving)]);
      if (found.trials.length > 0) expect([id, proving.length > 0]).toEqual([id, true]);
      if (found.trials.length === 0) expect(found.verdict.detail).toMatch(/several|of \d+ (?:keys|members)/);
    }
    expect(explained).toBeGreaterThan(0);
  },
  60_000,
);

test('a validator whose record is shown names the form that proves it, where its own key has signed', () => {
  const file = JSON.parse(readFileSync(new URL('validator.json', thirdParty), 'utf8'));
  const trialsOf = (id: string) => {
    const { evidence, ...row } = file.cases.find((one: { id: string }) => one.id === id);
    const found = explainWallet(rowOf({ network: '', ...row }), {
      policy: { kind: 'fixed', text: row.message },
      evidenceFor: () => file.evidence[evidence],
      trustedBlocks: row.trustedBlocks ?? file.trustedBlocks,
    });
    expect(found.verdict.verdict).toBe('verified');
    return found.trials;
  };
  expect(trialsOf('withdrawal-key')).toEqual([{ form: 'BLS12-381', result: 'proves' }]);
  // Withdrawals go to an account, which has signed in a form of its own network.
  expect(trialsOf('withdrawal-account')).toEqual([]);
});

test('no vector is explained as verified unless it is, and every other one gets advice', () => {
  expect(cases.length).toBeGreaterThan(200);
  // Every seventh: each takes as long as dozens of verifications.
  for (const [i, one] of cases.entries()) {
    if (i % 7 !== 0) continue;
    const { coin, network = '', address, message, signatures = [], script = '', owners = [] } = one;
    const row = rowOf({ coin, network, address, message, signatures, script, owners });
    const policy = { kind: 'fixed', text: row.message } as const;
    const { verdict, advice, trials } = explainWallet(row, { policy });
    expect(verdict).toEqual(verifyWallet(row, { policy }));
    expect([one.file, one.id, advice.length > 0]).toEqual([one.file, one.id, verdict.verdict !== 'verified']);
    // A form can prove the address of a row whose message or column of owners is at fault, and of no other.
    if (trials.some(({ result }) => result === 'proves')) expect(['W5', 'W7']).toContain(verdict.step);
  }
}, 60_000);

test('any row is explained without an exception', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', account.address, 'ETH', 'BTC', 'tron', '00', 'null'));
  const texts = fc.array(text, { maxLength: 3 });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      text,
      texts,
      text,
      texts,
      (coin, network, address, message, signatures, script, owners) => {
        const found = explain({ coin, network, address, message, signatures, script, owners }, 'Example');
        expect(found.verdict.verdict).not.toBe('verified');
        expect(found.advice.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 60 },
  );
});
