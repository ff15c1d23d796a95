import type { RecordBase } from '../domain/record.js';
import type { Task } from '../domain/task.js';
import type { TaskFilter } from '../repositories/filters.js';
import type { ProjectSearch } from '../search/search.js';
import { fold } from '../util/fold.js';
import type { Loaders } from './loaders.js';

/** A record that a search found. */
export interface Hit<T> {
  readonly node: T;
  /** 0 to 1; comparable within one answer. */
  readonly score: number;
}

/** Tasks read at a time: the rest isn't read once enough of these match. */
const AT_A_TIME = 200;

/**
 * The best tasks for a query among all that match the filter. The index can't filter by text and time: these are checked
 * in the tasks, and the index is asked for more hits until enough match.
 */
export async function findTasks(
  search: ProjectSearch,
  loaders: Loaders,
  query: string,
  limit: number,
  { text = '', createdAt, ...filter }: TaskFilter,
): Promise<readonly Hit<Task>[]> {
  const wanted = fold(text);
  const passes = ({ node }: Hit<Task>): boolean =>
    contains(node, wanted) && node.createdAt >= (createdAt?.after ?? '') && node.createdAt < (createdAt?.before ?? '~');
  const found: Hit<Task>[] = [];
  const seen = new Set<string>();
  for (let asked = limit; ; asked *= 4) {
    const hits = await search.tasks({ text: query, limit: asked, filter });
    const fresh = hits.filter(({ id }) => !seen.has(id));
    for (let start = 0; start < fresh.length; start += AT_A_TIME) {
      const part = fresh.slice(start, start + AT_A_TIME);
      for (const { id } of part) seen.add(id);
      const tasks = await Promise.all(part.map(({ id }) => loaders.find('task', id)));
      found.push(...withNodes(part, tasks).filter(passes));
      if (found.length >= limit) return found.slice(0, limit);
    }
    if (hits.length < asked) return found;
  }
}

/** Hits with their records. Records that were deleted since the index was searched are left out. */
export function withNodes<H, T extends RecordBase>(
  hits: readonly H[],
  nodes: readonly (T | null)[],
): (H & { readonly node: T })[] {
  return hits.flatMap((hit, index) => {
    const node = nodes[index];
    return node && !node.deletedAt ? [{ ...hit, node }] : [];
  });
}

function contains({ title, description }: Task, folded: string): boolean {
  return fold(title).includes(folded) || fold(description).includes(folded);
}
