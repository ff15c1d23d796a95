import { lexicographicSortSchema, printSchema as print } from 'graphql';
import { schema } from './schema.js';

/** The schema as SDL, sorted, so that two of them differ only where the schema does. */
export function printSchema(): string {
  return `${print(lexicographicSortSchema(schema))}\n`;
}
