/**
 * Spreading accounts over segments at random.
 */
import { drawLarger } from './larger-accounts.js';
import { type Random, uniformBelow } from './random.js';

/**
 * The segment of each account: 0 for those that are fixed there, and for the others a random one, such that all segments
 * are filled to the same degree. Which of the other accounts with the same number of rows go where is uniformly random.
 *
 * @param rows          rows that each account takes
 * @param inSegmentZero 1 for each account that must be in segment 0, otherwise 0
 * @param capacities    rows that each segment has room for
 * @returns undefined when accounts of several rows left gaps such that one does not fit
 */
export function mixAccounts(
  rows: Uint16Array,
  inSegmentZero: Uint8Array,
  capacities: readonly number[],
  random: Random,
): Uint16Array | undefined {
  const segmentOf = new Uint16Array(rows.length);
  const room = capacities.slice();
  room[0] -= sumRows(rows, inSegmentZero, 1);
  const quota = shareOut(sumRows(rows, inSegmentZero, 0), room);
  if (quota === undefined) return undefined;

  // Large accounts first, while there is room; those of one row then fill what is left exactly.
  for (const account of drawLarger(rows, (candidate) => inSegmentZero[candidate] === 0, random)) {
    const segment = drawSegment(rows[account], quota, room, random);
    if (segment === undefined) return undefined;
    segmentOf[account] = segment;
    quota[segment] -= rows[account];
    room[segment] -= rows[account];
  }
  placeSingles(rows, inSegmentZero, quota, segmentOf, random);
  return segmentOf;
}

/** The rows of the accounts of which `chosen` has this value. */
export function sumRows(rows: Uint16Array, chosen: Uint8Array, value: number): number {
  let sum = 0;
  for (let account = 0; account < rows.length; account++) if (chosen[account] === value) sum += rows[account];
  return sum;
}

// Rows for each segment in proportion to its room, their sum exact; undefined when the room is not enough.
function shareOut(rows: number, room: readonly number[]): number[] | undefined {
  const total = room.reduce((sum, value) => sum + value, 0);
  if (rows > total) return undefined;
  const shares = room.map((value) => Math.floor((rows / Math.max(1, total)) * value));
  let missing = rows - shares.reduce((sum, value) => sum + value, 0);
  for (let segment = 0; missing > 0; segment = (segment + 1) % room.length) {
    if (shares[segment] >= room[segment]) continue;
    shares[segment]++;
    missing--;
  }
  return shares;
}

// One after the other, each into a segment with a probability in proportion to its quota: every way to fill the quotas
// is as likely as any other. Draws in order of account need no order in memory but that one.
function placeSingles(
  rows: Uint16Array,
  inSegmentZero: Uint8Array,
  quota: number[],
  segmentOf: Uint16Array,
  random: Random,
): void {
  const left = quota.map((value) => Math.max(0, value));
  let total = left.reduce((sum, value) => sum + value, 0);
  for (let account = 0; account < rows.length; account++) {
    if (rows[account] !== 1 || inSegmentZero[account] !== 0) continue;
    let draw = uniformBelow(random, total--);
    let segment = 0;
    while (draw >= left[segment]) draw -= left[segment++];
    segmentOf[account] = segment;
    left[segment]--;
  }
}

// A segment with room for the rows, with a probability in proportion to what is left of its quota, or else of its room.
function drawSegment(rows: number, quota: number[], room: number[], random: Random): number | undefined {
  for (const left of [quota, room]) {
    const total = left.reduce((sum, value) => (value >= rows ? sum + value : sum), 0);
    if (total === 0) continue;
    let draw = uniformBelow(random, total);
    for (let segment = 0; segment < left.length; segment++) {
      if (left[segment] < rows) continue;
      if (draw < left[segment]) return segment;
      draw -= left[segment];
    }
  }
  return undefined;
}
