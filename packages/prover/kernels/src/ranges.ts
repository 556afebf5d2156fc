/** Most rows of a call that hashes or adds: short enough that all threads end at about the same time. */
export const partSize = 8192;

/** Cuts 0 … count into ranges of at most `size`. */
export function ranges(count: number, size: number): [number, number][] {
  const parts = Math.ceil(count / size);
  return Array.from({ length: parts }, (_, i) => [i * size, Math.min((i + 1) * size, count)]);
}
