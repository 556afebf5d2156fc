/** Random changes of bytes and of JSON values. */
import { concatBytes } from '@solvent/commitment/bytes';
import fc from 'fast-check';

/** Changes bytes somewhere; may give the same bytes. */
export type ByteMutation = (bytes: Uint8Array) => Uint8Array;

/** A place in something, as a fraction of its length. */
const places = fc.noBias(fc.nat({ max: 2 ** 30 - 1 })).map((value) => value / 2 ** 30);
const at = (place: number, length: number) => Math.floor(place * length);

function splice(bytes: Uint8Array, start: number, removed: number, inserted: Uint8Array): Uint8Array {
  return concatBytes(bytes.subarray(0, start), inserted, bytes.subarray(start + removed));
}

function overwrite(bytes: Uint8Array, start: number, values: Uint8Array): Uint8Array {
  return splice(bytes, start, values.length, values).subarray(0, bytes.length);
}

/** One change: a bit, a byte, an aligned word, bytes put in or left out, a part copied over another, a cut. */
export const byteMutations: fc.Arbitrary<ByteMutation> = fc.oneof(
  fc.tuple(places, fc.integer({ min: 0, max: 7 })).map(
    ([place, bit]): ByteMutation =>
      (bytes) => {
        const start = at(place, bytes.length);
        return overwrite(bytes, start, Uint8Array.of(bytes[start] ^ (1 << bit)));
      },
  ),
  fc.tuple(places, fc.uint8Array({ minLength: 1, maxLength: 1 })).map(
    ([place, value]): ByteMutation =>
      (bytes) =>
        overwrite(bytes, at(place, bytes.length), value),
  ),
  fc.tuple(places, fc.uint8Array({ minLength: 4, maxLength: 4 })).map(
    ([place, word]): ByteMutation =>
      (bytes) =>
        overwrite(bytes, 4 * at(place, bytes.length / 4), word),
  ),
  fc.tuple(places, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(
    ([place, inserted]): ByteMutation =>
      (bytes) =>
        splice(bytes, at(place, bytes.length + 1), 0, inserted),
  ),
  fc.tuple(places, fc.integer({ min: 1, max: 100 })).map(
    ([place, removed]): ByteMutation =>
      (bytes) =>
        splice(bytes, at(place, bytes.length), removed, new Uint8Array(0)),
  ),
  fc.tuple(places, places, fc.constantFrom(1, 4, 16, 20, 32, 160)).map(
    ([from, to, size]): ByteMutation =>
      (bytes) => {
        const start = at(from, bytes.length);
        return overwrite(bytes, at(to, bytes.length), bytes.subarray(start, start + size));
      },
  ),
  places.map(
    (place): ByteMutation =>
      (bytes) =>
        bytes.subarray(0, at(place, bytes.length)),
  ),
);

/** Text as bytes, so that whole fields are hit as well. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Changes one value of some JSON; may give the same. */
export type JsonMutation = (value: Json) => Json;

/** Every place in a value, as a way of replacing what is there. */
function spots(value: Json, replace: (inner: Json) => Json = (inner) => inner): [Json, (inner: Json) => Json][] {
  const own: [Json, (inner: Json) => Json] = [value, replace];
  if (value === null || typeof value !== 'object') return [own];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    spots(child as Json, (changed) => {
      if (Array.isArray(value)) return replace(value.map((item, i) => (String(i) === key ? changed : item)));
      return replace({ ...value, [key]: changed });
    }),
  );
  return [own, ...inner];
}

/** What a value may become: something like it, or anything. */
function changeValue(value: Json, choice: number, other: Json, place: number): Json {
  if (Array.isArray(value) && value.length > 0 && choice < 3) {
    const i = at(place, value.length);
    if (choice === 0) return value.toSpliced(i, 1);
    if (choice === 1) return value.toSpliced(i, 0, value[i]);
    return value.with(i, value[0]).with(0, value[i]);
  }
  if (typeof value === 'string' && /^[0-9]{1,40}$/.test(value) && choice < 3) {
    return String(BigInt(value) + [1n, 1n << 60n, 2130706433n][choice]);
  }
  if (typeof value === 'string' && value.length > 0 && choice < 4) {
    const i = at(place, value.length);
    return value.slice(0, i) + (value[i] === '0' ? '1' : '0') + value.slice(i + 1);
  }
  if (typeof value === 'number' && choice < 4) return value + [1, -1, 2 ** 11, 2 ** 20][choice];
  return other;
}

/** One change of one value somewhere. */
export const jsonMutations: fc.Arbitrary<JsonMutation> = fc
  .tuple(places, fc.integer({ min: 0, max: 4 }), fc.jsonValue(), places)
  .map(([spot, choice, other, place]) => (value) => {
    const all = spots(value);
    const [found, replace] = all[at(spot, all.length)];
    return replace(changeValue(found, choice, other as Json, place));
  });
