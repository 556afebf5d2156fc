/** Checks of the vectors of wallet lists. */
import { verifyWallet } from '@solvent/ownership-verifier/verify-wallet';
import { type Challenge, formatChallenge, parseChallenge } from '@solvent/report-format/wallets/challenge';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import type { Snapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { listText, rowsOf } from '@solvent/scripts/vectors/wallets';
import { expect } from 'vitest';
import type { VectorCase, VectorFile } from './vector-files.js';

type WalletCase = VectorCase & Omit<WalletRow, 'line'>;

export function checkWallet(vector: WalletCase, file: VectorFile): void {
  const { snapshot } = file as VectorFile & { snapshot: Snapshot };
  const list = readWalletList(listText(vector as never));
  if (!list.ok) throw new Error(list.expected);
  const { verdict, step, code } = verifyWallet(list.rows[0], { policy: { kind: 'fresh', snapshot } });
  const result = verdict === 'verified' ? { result: 'valid' } : { result: 'invalid', step, code };
  expect(result).toEqual({
    result: vector.result,
    ...(vector.result === 'invalid' && { step: vector.step, code: vector.code }),
  });
}

export function checkWalletList(vector: VectorCase & { text: string; rows?: unknown }): void {
  if (vector.result === 'invalid') expect(readWalletList(vector.text).ok).toBe(false);
  else expect(rowsOf(vector.text)).toEqual(vector.rows);
}

export function checkWalletChallenge(vector: VectorCase & { text: string; challenge: Challenge }): void {
  if (vector.result === 'invalid') {
    expect(parseChallenge(vector.text)).toBeUndefined();
    return;
  }
  expect(parseChallenge(vector.text)).toEqual(vector.challenge);
  expect(formatChallenge(vector.challenge)).toBe(vector.text);
}
