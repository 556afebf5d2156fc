/**
 * Solana keeps tokens in accounts of their own, whose addresses follow from owner and mint (spec §14.3, step R5): a
 * balance at the owner's address and one at such an account are the same tokens.
 */
import { associatedTokenAddresses } from '@solvent/ownership-verifier/addresses/solana-address';
import { wrappedSolMint } from '@solvent/ownership-verifier/addresses/solana-mints';
import type { ReservesEntry } from '@solvent/report-format/reserves';

/** Two entries that count the same tokens, in words, or undefined. */
export function findSharedTokenAccount(entries: readonly ReservesEntry[]): string | undefined {
  const onSolana = entries.filter(({ network }) => network === 'solana');
  const keys = new Set(onSolana.map(({ address, token }) => keyOf(address, token)));
  if (keys.size < 2) return undefined;
  for (const { address, token } of onSolana) {
    if (token === null) continue;
    // What is wrapped lies in the token account as its own lamports too.
    const names = token === wrappedSolMint ? [token, null] : [token];
    const shared = associatedTokenAddresses(address, token).find((account) =>
      names.some((name) => keys.has(keyOf(account, name))),
    );
    if (shared !== undefined) return `${token} of ${address} is at ${shared}, which is an entry of its own`;
  }
  return undefined;
}

function keyOf(address: string, token: string | null): string {
  return `${address} ${token ?? ''}`;
}
