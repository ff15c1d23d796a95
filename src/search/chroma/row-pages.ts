import type { Where } from 'chromadb';
import type { CollectionAccess } from './collection.js';
import { type Row, type RowWithVector, readRows, readRowsWithVectors } from './rows.js';

/** Rows per page: about 300 KB of JSON, parsed in a few milliseconds. */
const ROWS = 1_000;
/** Vector components per page: about 1.2 MB of JSON, parsed in ten milliseconds. */
const NUMBERS = 100_000;

/** All rows that pass, without their vectors. Rows may be missed while others are deleted, which shifts the pages. */
export async function* rowPages(
  { rows, onResponse }: CollectionAccess,
  where: Where | undefined,
): AsyncGenerator<readonly Row[]> {
  for (let offset = 0; ; offset += ROWS) {
    const result = await rows.get({ include: ['metadatas'], limit: ROWS, offset, ...(where && { where }) });
    onResponse();
    const page = readRows(result, ROWS);
    yield page.filter((row) => row !== null);
    if (page.length < ROWS) return;
  }
}

/** All rows that pass, with their vectors. */
export async function* rowPagesWithVectors(
  { rows, onResponse }: CollectionAccess,
  where: Where | undefined,
  dimensions: number,
): AsyncGenerator<readonly RowWithVector[]> {
  const limit = Math.max(1, Math.floor(NUMBERS / dimensions));
  for (let offset = 0; ; offset += limit) {
    const result = await rows.get({
      include: ['metadatas', 'embeddings'],
      limit,
      offset,
      ...(where && { where }),
    });
    onResponse();
    const page = readRowsWithVectors(result, limit, dimensions);
    yield page.filter((row) => row !== null);
    if (page.length < limit) return;
  }
}
