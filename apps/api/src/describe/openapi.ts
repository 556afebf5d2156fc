/** The OpenAPI 3.1 document, made from the schemas that validate: its schemas are JSON Schema 2020-12, which zod writes. */
import { z } from 'zod';
import { type AnswerContent, type Operation, operations } from './operations.js';
import { namedSchemas } from './schemas.js';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The document as a JSON value, its members always in the same order. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Solvent',
      version: '1',
      description:
        "Published reports, each account holder's own inclusion file, and a verifier for public files. Nothing here has to " +
        'be trusted: what it serves is verified by whoever downloads it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        login: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "A token of the exchange's identity provider.",
        },
      },
    },
  };
}

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(namedSchemas)) registry.add(schema, { id });
  // A list that is checked by code alone (the totals of a segment) is any value here.
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, '~standard': _standard, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function describeOperation({ id, summary, description, needsToken, parameters, body, answer, problems }: Operation) {
  return {
    operationId: id,
    summary,
    description,
    ...(needsToken && { security: [{ login: [] }] }),
    ...(parameters && { parameters: describeParameters(parameters) }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } },
    }),
    responses: {
      200: { description: 'The result.', content: describeContent(answer) },
      ...Object.fromEntries(
        Object.entries(problems).map(([status, text]) => [
          status,
          { description: text, content: { 'application/problem+json': { schema: reference('Problem') } } },
        ]),
      ),
    },
  };
}

function describeParameters({ in: place, schema }: NonNullable<Operation['parameters']>) {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...shape } = property as { description?: string };
    return { name, in: place, required: required.includes(name), description, schema: shape };
  });
}

function describeContent(answer: AnswerContent) {
  if ('schema' in answer) return { 'application/json': { schema: reference(answer.schema) } };
  return Object.fromEntries(answer.media.map((media) => [media, {}]));
}
