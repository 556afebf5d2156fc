/** What is asked, and what is answered. */
import type { Network } from '@solvent/report-format/networks/network';
import type { ReservesEntry } from '@solvent/report-format/reserves';

/** A balance to ask for. */
export interface BalanceQuery {
  readonly network: Network;
  /** Canonical spelling (spec §13.3). */
  readonly address: string;
  /** Null for the network's own asset. */
  readonly token: string | null;
  /** Digits after the point that the balance's units are expected to have. */
  readonly decimals: number;
}

/** A block of a network. */
export interface Block {
  readonly height: number;
  readonly hash: string;
}

/** What one source answers. */
export interface Balance extends Pick<ReservesEntry, 'at' | 'height' | 'blockHash' | 'time'> {
  readonly query: BalanceQuery;
  /** In the chain's units, at least 0. */
  readonly units: bigint;
}

/** Takes answers as soon as they are certain, in any order. */
export type OnBalances = (balances: readonly Balance[]) => void;

/** Balances that one source is asked for: all of one network, at one block. */
export interface SourceQueries {
  readonly queries: readonly BalanceQuery[];
  readonly block: Block;
}

/** A kind of interface. Reads every balance, each once, or throws a SourceError. */
export type ReadBalances = (asked: SourceQueries, onBalances: OnBalances) => Promise<void>;

/** First number that a file of reserves has no room for (spec §14.2). */
export const unitsLimit = 10n ** 40n;

/** A query for people: `0x… (token 0x…)`. */
export function describeQuery({ address, token }: Pick<BalanceQuery, 'address' | 'token'>): string {
  return token === null ? address : `${address} (token ${token})`;
}
