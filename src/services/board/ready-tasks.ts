import type { Task } from '../../domain/task.js';
import type { TaskFilter } from '../../repositories/filters.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { ReadyPlace, ReadyQuery } from '../../search/task-graph.js';
import { PAGE_BYTES, type Page } from '../../storage/store.js';
import { sizeOf } from '../../util/json/json.js';
import { containsFolded, fold } from '../../util/text/fold.js';
import type { ReadySelection, ReadyTask } from './contract.js';

/** The query for ready tasks. The graph doesn't have their texts. @param at ISO time */
export function toReadyQuery({ filter: { text: _, ...filter }, agent }: ReadySelection, at: string) {
  return { agent, now: at, filter };
}

/** Whether a task has the text of a filter. */
export function hasText({ title, description }: Task, { text = '' }: TaskFilter): boolean {
  const folded = fold(text);
  return folded === '' || containsFolded(title, folded) || containsFolded(description, folded);
}

/** How many ready tasks are looked up at once for a filter by text, few of which may have it. */
const PAGE = 200;

type Reads = Pick<Repositories, 'tasks' | 'search'>;

/** The first ready tasks after a place: as many as fit into a page of `PAGE_BYTES`, and at least one. @param at ISO time */
export async function listReady(
  reads: Reads,
  selection: ReadySelection & { readonly after: ReadyPlace | null; readonly limit: number },
  at: string,
): Promise<Page<ReadyTask>> {
  const { filter, limit, after } = selection;
  const items: ReadyTask[] = [];
  let size = 0;
  const query: ReadyQuery = {
    ...toReadyQuery(selection, at),
    after,
    limit: Math.max(limit + 1, filter.text ? PAGE : 0),
  };
  for await (const { places, records, hasMore } of readReady(reads, query, (task) => hasText(task, filter))) {
    for (const [index, task] of records.entries()) {
      if (!task) continue;
      if (items.length === limit || size >= PAGE_BYTES) return { items, hasMore: true };
      items.push({ task, place: places[index]! });
      size += sizeOf(task);
    }
    // The next of them aren't read only to find whether they pass.
    if (hasMore && size >= PAGE_BYTES) return { items, hasMore };
  }
  return { items, hasMore: false };
}

/** The number of ready tasks. @param at ISO time */
export async function countReady(reads: Reads, selection: ReadySelection, at: string): Promise<number> {
  const { filter } = selection;
  const query = toReadyQuery(selection, at);
  if (!filter.text) return reads.search.graph((graph) => graph.countReady(query));
  let count = 0;
  // Counted when they are read, so that none is kept.
  function isKept(task: Task): boolean {
    if (hasText(task, filter)) count += 1;
    return false;
  }
  for await (const _ of readReady(reads, { ...query, after: null, limit: PAGE }, isKept));
  return count;
}

/** Ready tasks as far as they are read at once; null for those that don't pass, or were deleted meanwhile. */
interface ReadyRead {
  readonly places: readonly ReadyPlace[];
  readonly records: readonly (Task | null)[];
  /** Whether there may be more. */
  readonly hasMore: boolean;
}

/** All ready tasks of a query, in its order. @param query its limit: how many are looked up at once */
async function* readReady(
  { tasks, search }: Reads,
  query: ReadyQuery,
  passes: (task: Task) => boolean,
): AsyncGenerator<ReadyRead> {
  const { limit } = query;
  let { after } = query;
  for (;;) {
    const from: ReadyQuery = { ...query, after };
    let places: readonly ReadyPlace[] = await search.graph((graph) => graph.ready(from));
    const isFull = places.length === limit;
    after = places.at(-1) ?? null;
    while (places.length > 0) {
      const ids = places.map(({ id }) => id);
      const records = await tasks.getFirst(ids, (task) => task.deletedAt === null && passes(task));
      yield { places, records, hasMore: isFull || records.length < places.length };
      places = places.slice(records.length);
    }
    if (!isFull) return;
  }
}
