import { BSON, type Document } from 'mongodb';
import { PAGE_BYTES } from '../store.js';

/** As many documents as a page may have; `isCut` when there are more. A server sends 16 MB at a time, and no more unless it is asked. */
export async function takePage<T extends Document>(
  cursor: AsyncIterable<T>,
): Promise<{ readonly found: readonly T[]; readonly isCut: boolean }> {
  const found: T[] = [];
  let size = 0;
  for await (const document of cursor) {
    if (size >= PAGE_BYTES) return { found, isCut: true };
    size += BSON.calculateObjectSize(document);
    found.push(document);
  }
  return { found, isCut: false };
}
