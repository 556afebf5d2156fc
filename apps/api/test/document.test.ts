/** The description of the interface is of the interface as it is. */
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../src/describe/openapi.js';
import { operations } from '../src/describe/operations.js';
import { referencePage } from '../src/describe/reference-page.js';
import { namedSchemas } from '../src/describe/schemas.js';

const document = openApiDocument();
const text = JSON.stringify(document);

describe('the OpenAPI document', () => {
  test('has every operation once', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(ids.sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  test('has every schema that it refers to', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(references.length).toBeGreaterThan(operations.length);
    for (const reference of references) {
      const name = reference.replace('#/components/schemas/', '');
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    expect(Object.keys(document.components.schemas).sort()).toEqual(Object.keys(namedSchemas).sort());
  });

  test('has the bounds that validate', () => {
    expect(document.components.schemas.InclusionFile).toMatchObject({
      additionalProperties: false,
      properties: { manifest: { pattern: '^[0-9a-f]{64}$' }, rows: { maxItems: 1024 } },
    });
    expect(text).not.toMatch(/"~standard"|"\$schema"|"\$id"/);
  });

  test('asks for a token where there is one to ask for, and nowhere for an account', () => {
    const withToken = operations.filter((operation) => 'needsToken' in operation).map(({ id }) => id);
    expect(withToken).toEqual(['getMyInclusion']);
    const names = [...text.matchAll(/"name":"([^"]+)","in"/g)].map(([, name]) => name);
    expect(names.sort()).toEqual(['folder', 'path', 'report']);
  });
});

test('the page escapes what it shows', () => {
  const page = referencePage({ ...document, info: { ...document.info, title: '<script>"&' } });
  expect(page).toContain('<h1>&lt;script&gt;&quot;&amp;</h1>');
});
