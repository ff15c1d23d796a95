import { BSON, type Document } from 'mongodb';
import { PAGE_BYTES } from '../../store.js';

/**
 * Documents that pass, up to `most` and to the size of a page; `isCut` when the page has no room for more. A server
 * sends 16 MB at a time, and no more unless asked.
 */
export async function takePage<T extends Document>(
  cursor: AsyncIterable<T>,
  most = Number.POSITIVE_INFINITY,
  passes: (document: T) => boolean = () => true,
): Promise<{ readonly found: readonly T[]; readonly isCut: boolean }> {
  const found: T[] = [];
  let size = 0;
  for await (const document of cursor) {
    if (!passes(document)) continue;
    if (size >= PAGE_BYTES) return { found, isCut: true };
    size += BSON.calculateObjectSize(document);
    if (found.push(document) === most) break;
  }
  return { found, isCut: false };
}
