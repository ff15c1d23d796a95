import { lexicographicSortSchema, printSchema as print } from 'graphql';
import { schema } from './schema.js';

/** The schema as SDL, sorted, so that the order of definitions in the code doesn't matter. */
export function printSchema(): string {
  return `${print(lexicographicSortSchema(schema))}\n`;
}
