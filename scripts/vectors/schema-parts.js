// What schemas of vector files are made of.

/** @typedef {Record<string, unknown>} Schema */

const modulus = 2130706433;
export const text = { type: 'string' };
export const count = { type: 'integer', minimum: 0 };
export const element = { type: 'integer', minimum: 0, maximum: modulus - 1 };
export const uint32 = { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 };
export const hex = { type: 'string', pattern: '^([0-9a-f]{2})*$' };
export const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const units = { type: 'string', pattern: '^(0|[1-9][0-9]*)$' };
export const reference = { type: 'string', pattern: '^[a-zA-Z0-9-]+$', description: 'id of a valid case of this file' };

/** @param {Schema} items */
export const list = (items, size = /** @type {number | undefined} */ (undefined)) => ({
  type: 'array',
  items,
  ...(size === undefined ? {} : { minItems: size, maxItems: size }),
});
export const extension = list(element, 5);

/**
 * An object with exactly these members, those whose names end in `?` optional.
 * @param {Record<string, Schema>} members
 */
export function object(members) {
  const entries = Object.entries(members).map(
    ([name, schema]) => /** @type {const} */ ([name.replace('?', ''), schema]),
  );
  const required = Object.keys(members).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(entries), required, additionalProperties: false };
}

/** @param {Schema} values */
export const record = (values) => ({ type: 'object', additionalProperties: values });

/** @param {readonly unknown[]} values */
export const oneOf = (...values) => ({ enum: values });

/** @type {Schema} */
export const anything = {};

export const edit = {
  description: 'One change of one file: see README.md.',
  anyOf: [
    object({ file: text, set: text, value: anything, 'repair?': { const: true } }),
    object({ file: text, remove: text, 'repair?': { const: true } }),
    object({ file: text, splice: { type: 'integer' }, delete: count, insert: hex, 'repeat?': count }),
    object({ file: text, missing: { const: true } }),
  ],
};
