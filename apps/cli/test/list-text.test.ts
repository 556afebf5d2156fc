import type { WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import { summarizeWallets } from '@solvent/ownership-verifier/verify-wallet-list';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { describeList } from '../src/wallets/list-text.js';

/** What a person reads of a list of SEI, whose rows all verify. */
function textOf(rows: readonly (readonly [network: string, amount: string])[]): string {
  const lines = rows.map(([network, amount], i) => `SEI,${network},1,address ${i},${amount},,,`);
  const header = 'coin,network,height,address,amount,message,signature1,script';
  const list = readWalletList(`${header}\n${lines.join('\n')}\n`);
  if (!list.ok) throw new Error(list.expected);
  const verdicts = rows.map(([network], i): WalletVerdict => {
    const said = { verdict: 'verified', step: 'W7', code: 'address-proven', detail: 'key' } as const;
    return { ...said, asset: 'SEI', network, canonicalAddress: `address ${i}` };
  });
  const policy = { kind: 'fixed', text: 'a text' } as const;
  const outcome = summarizeWallets(list, verdicts);
  return describeList({ path: 'wallets.csv', list, policy, outcome }, pc.createColors(false));
}

describe('the text of a verified list', () => {
  test('says where one balance can stand in two sums', () => {
    const said = "SEI is counted on sei and on sei-evm, which can be one account's balance: a report takes only one";
    expect(
      textOf([
        ['sei', '7'],
        ['sei-evm', '7'],
      ]),
    ).toContain(said);
    expect(
      textOf([
        ['sei', '7'],
        ['sei-evm', '0'],
      ]),
    ).not.toContain('one account');
    expect(
      textOf([
        ['sei', '7'],
        ['sei', '7'],
      ]),
    ).not.toContain('one account');
  });
});
