import { projectKeyOf, type RecordKind } from '../domain/id.js';
import type { RecordBase } from '../domain/record.js';
import type { Repositories } from '../repositories/project-repositories.js';
import type { Repository, RepositoryQuery } from '../repositories/repository.js';
import type { ProjectSearch } from '../search/contract.js';
import type { LogImage, LogQuery, Store } from '../storage/store.js';
import {
  type Connection,
  emptyConnection,
  type ListShape,
  type PageArgs,
  rangeOf,
  recordList,
  toConnection,
  toPosition,
} from './connection.js';
import type { GraphQLContext } from './context.js';
import { inGroups, type RecordOf, unlessMissing } from './loaders.js';

/** The query of a list, apart from paging. */
export type ListOptions<F> = Pick<RepositoryQuery<F>, 'filter' | 'deleted' | 'order'>;

/** Reads a page of one owner's list. */
export async function listRecords<T extends RecordBase, F>(
  repository: Pick<Repository<T, F>, 'spec' | 'list' | 'count'>,
  ownerId: string,
  args: PageArgs,
  { filter, deleted, order }: ListOptions<F>,
): Promise<Connection<T>> {
  const list = recordList<T>(repository.spec.name, ownerId, order);
  const range = rangeOf(list, args);
  const page = await repository.list({
    filter,
    deleted,
    order,
    after: toPosition(range.after),
    before: toPosition(range.before),
    limit: range.limit,
    fromEnd: range.fromEnd,
  });
  return toConnection(list, range, page, () => repository.count(filter, deleted));
}

/** Where the children of a record are, and which of them to list. */
export interface ChildLists<P extends RecordBase, T extends RecordBase, F> {
  readonly repository: (repositories: Repositories) => Repository<T, F>;
  /** The field of a child that refers to its parent, and its value for a parent. */
  readonly field: keyof T & keyof F & string;
  readonly keyOf: (parent: P) => string;
  readonly options: ListOptions<F>;
}

/**
 * Reads the lists of many parents. The first pages of all parents in one project are one read. Lists in a deleted project
 * are empty.
 */
export function listChildren<P extends RecordBase, T extends RecordBase, F>(
  context: GraphQLContext,
  parents: readonly P[],
  args: PageArgs,
  { repository, field, keyOf, options }: ChildLists<P, T, F>,
): Promise<readonly (Connection<T> | Error)[]> {
  return inGroups(parents, groupOf, async (group) => {
    const found = await unlessMissing(context.repositories(group[0]!.id));
    if (!found) return group.map(() => emptyConnection<T>());
    const children = repository(found);
    const own = (parent: P): ListOptions<F> => ({ ...options, filter: { ...options.filter, [field]: keyOf(parent) } });
    if (group.length === 1 || args.after != null || args.before != null) {
      return Promise.all(
        group.map((parent) => listRecords(children, parent.id, args, own(parent)).catch((error: Error) => error)),
      );
    }
    const listOf = (parent: P) => recordList<T>(children.spec.name, parent.id, options.order);
    const range = rangeOf(listOf(group[0]!), args);
    const pages = await children.listByParents(field, group.map(keyOf), {
      ...options,
      limit: range.limit,
      fromEnd: range.fromEnd,
    });
    return group.map((parent, index) =>
      toConnection(listOf(parent), range, pages[index]!, () => children.count(own(parent).filter, options.deleted)),
    );
  });
}

/** A page of the ids of what is found for a record. */
export interface FoundPage {
  readonly id: string;
  readonly after: string | null;
  readonly limit: number;
}

/** Which records are found for a record by the index. */
export interface FoundLists<K extends RecordKind> {
  /** What is listed, for the names of cursors. */
  readonly name: string;
  readonly kind: K;
  readonly repository: (repositories: Repositories) => Pick<Repository<RecordOf[K], never>, 'getFirst'>;
  /** The ids of all these pages, in order. */
  readonly find: (search: ProjectSearch, pages: readonly FoundPage[]) => Promise<readonly (readonly string[])[]>;
  readonly count: (search: ProjectSearch, id: string) => Promise<number>;
}

/**
 * Reads the lists of what the index finds for each record, in the order of ids. Those of one project are one read. The list of
 * one record alone ends a page where the records have no more room on it.
 */
export function listFound<K extends RecordKind>(
  context: GraphQLContext,
  parents: readonly RecordBase[],
  args: PageArgs,
  { name, kind, repository, find, count }: FoundLists<K>,
): Promise<readonly (Connection<RecordOf[K]> | Error)[]> {
  return inGroups(parents, groupOf, async (group) => {
    const found = await unlessMissing(context.repositories(group[0]!.id));
    if (!found) return group.map(() => emptyConnection<RecordOf[K]>());
    const { search } = found;
    const lists = group.map(
      ({ id }): ListShape<RecordOf[K]> => ({ name: `${name} ${id}`, width: 1, position: (item) => [item.id] }),
    );
    const ranges = lists.map((list) => orError(() => rangeOf(list, args)));
    const pages = ranges.flatMap((range, index) =>
      range instanceof Error
        ? []
        : [{ id: group[index]!.id, after: range.after && String(range.after[0]), limit: range.limit + 1 }],
    );
    const ids = new Map((await find(search, pages)).map((own, index) => [pages[index]!.id, own]));
    return Promise.all(
      ranges.map(async (range, index) => {
        if (range instanceof Error) return range;
        const own = ids.get(group[index]!.id) ?? [];
        const wanted = own.slice(0, range.limit);
        const records =
          group.length === 1
            ? await repository(found).getFirst(wanted)
            : await Promise.all(wanted.map((id) => context.loaders.find(kind, id)));
        const items = records.filter((record) => record !== null);
        return toConnection(lists[index]!, range, { items, hasMore: own.length > records.length }, () =>
          count(search, group[index]!.id),
        );
      }),
    );
  });
}

/** The arguments of a log. */
export interface LogArgs extends PageArgs {
  readonly direction?: 'ASC' | 'DESC' | null | undefined;
}

/** Reads a page of a store's log. `of`: only the entries of this record, of this request, or both. */
export async function listLog(
  store: Pick<Store, 'log'>,
  ownerId: string,
  args: LogArgs,
  of: Pick<LogQuery, 'recordId' | 'requestId'>,
): Promise<Connection<LogImage>> {
  const direction = args.direction ?? 'DESC';
  const { recordId, requestId } = of;
  const by = requestId === undefined ? '' : ` by ${requestId}`;
  const list: ListShape<LogImage> = {
    name: `log of ${recordId ?? ownerId}${by} ${direction}`,
    width: 1,
    position: ({ entry }) => [entry.seq],
  };
  const range = rangeOf(list, args);
  const page = await store.log.list({
    recordId,
    requestId,
    direction,
    after: range.after && Number(range.after[0]),
    before: range.before && Number(range.before[0]),
    limit: range.limit,
    fromEnd: range.fromEnd,
  });
  // `LogEntryConnection` has no `totalCount`.
  return toConnection(list, range, page, () => 0);
}

function orError<T>(make: () => T): T | Error {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const groupOf = ({ id }: RecordBase): string => projectKeyOf(id);
