/** A cache that keeps what was asked for most recently. */

export interface RecentCache<Value> {
  /** The value of a key, made if it is not there. */
  get(key: number, make: () => Value): Value;
  /** Drops everything. */
  clear(): void;
}

/** A cache of at most `capacity` values; `drop` is called for each that leaves. */
export function createRecentCache<Value>(
  capacity: number,
  drop: (value: Value) => void = () => {},
): RecentCache<Value> {
  // A map lists its keys in the order in which they were set: the first is the one not asked for the longest.
  const values = new Map<number, Value>();
  return {
    get(key, make) {
      const known = values.get(key);
      const value = known ?? make();
      if (known !== undefined) values.delete(key);
      values.set(key, value);
      if (values.size > capacity) {
        const [oldest, dropped] = values.entries().next().value!;
        values.delete(oldest);
        drop(dropped);
      }
      return value;
    },
    clear() {
      for (const value of values.values()) drop(value);
      values.clear();
    },
  };
}
