import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import * as documents from '../../src/hook/documents.js';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

it.each(Object.entries(documents))('%s is valid in the schema', (_, document) => {
  const text = typeof document === 'string' ? document : document(3);
  expect(validate(schema, parse(text))).toEqual([]);
});
