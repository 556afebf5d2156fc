/** The balances of the published wallets at the snapshot, `reserves.json` (spec §14.2). */
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson, type Schema } from './canonical-json.js';
import { blockHashField, integerField, networkField, textField, timeField, tokenField, unitsField } from './fields.js';

/** Most bytes of a file of reserves. */
export const maxReservesSize = 2 ** 28;
/** Most entries of a file of reserves. */
export const maxReservesEntryCount = 2 ** 20;
/** The file's name in a report folder. */
export const reservesFileName = 'reserves.json';

const entryField = z.strictObject({
  network: networkField,
  /** The canonical spelling (spec §13.3). */
  address: tokenField,
  /** Which token; null for the network's own asset. */
  token: z.nullable(tokenField),
  /** The balance in the chain's units of the token. */
  units: unitsField,
  /** The block that the balance is of. */
  height: integerField(0, Number.MAX_SAFE_INTEGER),
  blockHash: blockHashField,
  /** Whether the source answers for that height, or only for its newest block, whose height and hash these are. */
  at: z.enum(['height', 'tip']),
  /** Which kind of interface answered, such as `ethereum-json-rpc`. */
  source: textField,
  /** When it was asked. */
  time: timeField,
});

/** The shape of a file of reserves. */
export const reservesSchema = z.strictObject({
  format: z.literal('solvent-reserves/1'),
  entries: z.array(entryField).check(z.maxLength(maxReservesEntryCount)),
});

/** Balances with their evidence. */
export type Reserves = z.infer<typeof reservesSchema>;
/** The balance of one token at one address. */
export type ReservesEntry = Reserves['entries'][number];

/** The bytes of a file of reserves. */
export function encodeReserves(reserves: Reserves): Uint8Array {
  return encodeCanonicalJson(reserves);
}

/** Reads a file of reserves: shape and canonical form. Never throws. */
export function decodeReserves(bytes: Uint8Array): Decoded<Reserves> {
  return decodeCanonicalJson(bytes, maxReservesSize, entryByEntry);
}

/** The same shape, checked up to the first fault: a file with millions of them would fill the memory. */
const entryByEntry: Schema<Reserves> = {
  safeParse(value) {
    if (typeof value !== 'object' || value === null || !('entries' in value) || !Array.isArray(value.entries)) {
      return reservesSchema.safeParse(value);
    }
    const { entries } = value;
    if (entries.length > maxReservesEntryCount)
      return failure(['entries'], `expected at most ${maxReservesEntryCount}`);
    const head = reservesSchema.safeParse({ ...value, entries: [] });
    if (!head.success) return head;
    const checked: ReservesEntry[] = [];
    for (const entry of entries) {
      const one = entryField.safeParse(entry);
      if (!one.success) {
        const [{ path, message }] = one.error.issues;
        return failure(['entries', checked.length, ...path], message);
      }
      checked.push(one.data);
    }
    return { success: true, data: { ...head.data, entries: checked } };
  },
};

function failure(path: readonly PropertyKey[], message: string) {
  return { success: false, error: { issues: [{ path, message }] } } as const;
}

/** Network, address and token of an entry as one text: by these, in byte order, the entries of a file stand, each once. */
export function entryKey(entry: Pick<ReservesEntry, 'network' | 'address' | 'token'>): string {
  // None of the three holds a space.
  return `${entry.network} ${entry.address} ${entry.token ?? ''}`;
}

/** A new list with the same entries in the order of a file. */
export function sortEntries(entries: readonly ReservesEntry[]): ReservesEntry[] {
  const keyed = entries.map((entry) => ({ entry, key: entryKey(entry) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry);
}
