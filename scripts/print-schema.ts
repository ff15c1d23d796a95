import { writeFileSync } from 'node:fs';
import { printSchema } from '../src/graphql/print-schema.js';

/** Writes the schema as SDL, for clients and reviewers. A test fails while the file differs from the code. */
writeFileSync('schema.graphql', printSchema());
