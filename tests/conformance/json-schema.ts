/**
 * A validator for the part of JSON Schema that the schemas of vectors/ use. A keyword that it does not know is an error:
 * otherwise a schema could ask for something that nobody checks.
 */

/** A schema as JSON. */
export type Schema = Readonly<Record<string, unknown>>;

const annotations = ['$schema', 'title', 'description'];

type Check = (argument: never, value: unknown, schema: Schema) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
};

const failUnless = (holds: boolean, message: string) => (holds ? [] : [message]);

const checks: Readonly<Record<string, Check>> = {
  type: (type: string, value) => failUnless(typeChecks[type](value), `expected ${type}`),
  const: (constant: unknown, value) => failUnless(value === constant, `expected ${JSON.stringify(constant)}`),
  enum: (list: unknown[], value) => failUnless(list.includes(value), `expected one of ${list.join(', ')}`),
  pattern: (pattern: string, value) =>
    failUnless(typeof value === 'string' && new RegExp(pattern, 'u').test(value), `expected ${pattern}`),
  minimum: (bound: number, value) => failUnless((value as number) >= bound, `expected at least ${bound}`),
  maximum: (bound: number, value) => failUnless((value as number) <= bound, `expected at most ${bound}`),
  minItems: (bound: number, value) =>
    failUnless((value as unknown[]).length >= bound, `expected ${bound} items or more`),
  maxItems: (bound: number, value) =>
    failUnless((value as unknown[]).length <= bound, `expected ${bound} items or fewer`),
  items: (schema: Schema, value) =>
    (value as unknown[]).flatMap((item, i) => findSchemaFaults(schema, item).map((fault) => `[${i}]${fault}`)),
  required: (names: string[], value) =>
    names.filter((name) => !Object.hasOwn(value as object, name)).map((name) => `.${name}: expected a value`),
  properties: (schemas: Record<string, Schema>, value) =>
    Object.entries(schemas).flatMap(([name, schema]) =>
      Object.hasOwn(value as object, name)
        ? findSchemaFaults(schema, (value as Record<string, unknown>)[name]).map((fault) => `.${name}${fault}`)
        : [],
    ),
  additionalProperties: (rest: Schema | false, value, { properties = {} }) =>
    Object.entries(value as object)
      .filter(([name]) => !Object.hasOwn(properties as object, name))
      .flatMap(([name, member]) =>
        (rest === false ? [': not expected'] : findSchemaFaults(rest, member)).map((fault) => `.${name}${fault}`),
      ),
  anyOf: (schemas: Schema[], value) =>
    failUnless(
      schemas.some((schema) => findSchemaFaults(schema, value).length === 0),
      ': fits none of the alternatives',
    ),
};

/** What a value lacks to satisfy a schema, each with its place; empty if it does. */
export function findSchemaFaults(schema: Schema, value: unknown): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !(keyword in checks) && !annotations.includes(keyword));
  if (unknown.length > 0) throw new Error(`schema: unknown keywords ${unknown.join(', ')}`);
  // What a value contains is looked at only if the value has the right type.
  if ('type' in schema) {
    const faults = checks.type(schema.type as never, value, schema);
    if (faults.length > 0) return faults.map((fault) => `: ${fault}`);
  }
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    if (annotations.includes(keyword) || keyword === 'type') return [];
    return checks[keyword](argument as never, value, schema).map((fault) =>
      /^[.:[]/.test(fault) ? fault : `: ${fault}`,
    );
  });
}
