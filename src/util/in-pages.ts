import { nextTurn } from './async.js';

/**
 * Reads what has these ids, in their order, a page at a time. Other work gets a turn between the pages.
 * @param getFirst reads the first of the ids, as many as fit into a page, and at least one
 */
export async function* inPages<T>(
  ids: readonly string[],
  getFirst: (ids: readonly string[]) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let read = 0; read < ids.length; ) {
    if (read > 0) await nextTurn();
    const page = await getFirst(ids.slice(read));
    yield page;
    read += page.length;
  }
}
