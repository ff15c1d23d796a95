import { type CursorValue, decodeCursor, encodeCursor } from '../domain/cursor.js';
import { InvalidInputError } from '../domain/errors.js';
import type { RecordBase } from '../domain/record.js';
import type { Order, Page, Position } from '../storage/store.js';

/** Maximum page size. */
export const MAX_PAGE = 200;
/** Page size when neither `first` nor `last` is given. */
export const DEFAULT_PAGE = 20;

/** The arguments of every list. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** What the cursors of a list are made of. */
export interface ListShape<T> {
  /** Identifies the list, its owner and its order. A cursor of another list is rejected. */
  readonly name: string;
  /** Number of values in a position. */
  readonly width: number;
  readonly position: (item: T) => readonly CursorValue[];
}

/** The requested range of a list. */
export interface Range {
  readonly after: readonly CursorValue[] | null;
  readonly before: readonly CursorValue[] | null;
  readonly limit: number;
  readonly fromEnd: boolean;
}

/** A page as a Relay connection. Its cursors and its count are computed when requested. */
export interface Connection<T> {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: { readonly node: T; readonly cursor: string }[];
  readonly totalCount: () => number | Promise<number>;
}

/** The list of one owner's records of a collection, in an order. */
export function recordList<T extends RecordBase>(collection: string, ownerId: string, order: Order): ListShape<T> {
  return {
    name: `${collection} of ${ownerId} by ${order.field} ${order.direction}`,
    width: 2,
    position: (item) => [Reflect.get(item, order.field) as CursorValue, item.id],
  };
}

/** Parses the arguments of a list. @throws InvalidInputError when a size is out of range; CursorError when a cursor isn't of this list */
export function rangeOf<T>(list: ListShape<T>, { first, last, after, before }: PageArgs): Range {
  if (first != null && last != null) {
    throw new InvalidInputError("`first` and `last` can't be used together.", 'Pass one of them.', 'last');
  }
  return {
    after: after == null ? null : decodeCursor(list.name, after, list.width),
    before: before == null ? null : decodeCursor(list.name, before, list.width),
    limit: last == null ? pageSize('first', first ?? DEFAULT_PAGE) : pageSize('last', last),
    fromEnd: last != null,
  };
}

/** Checks a requested page size. @throws InvalidInputError when it is out of range */
export function pageSize(name: string, size: number): number {
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw new InvalidInputError(
    `\`${name}\` must be from 1 to ${MAX_PAGE}.`,
    'Request fewer at a time; in a list, continue with `after: pageInfo.endCursor`.',
    name,
  );
}

/** Converts the values of a record's cursor to a position in its collection. */
export function toPosition(values: readonly CursorValue[] | null): Position | null {
  return values && { value: values[0] ?? null, id: String(values[1]) };
}

export function toConnection<T>(
  list: ListShape<T>,
  range: Range,
  page: Page<T>,
  totalCount: () => number | Promise<number>,
): Connection<T> {
  const edges = page.items.map((node) => new Edge(list, node));
  const hasNextPage = range.fromEnd ? range.before !== null : page.hasMore || range.before !== null;
  const hasPreviousPage = range.fromEnd ? page.hasMore || range.after !== null : range.after !== null;
  return { pageInfo: new PageInfo(hasNextPage, hasPreviousPage, edges), edges, totalCount };
}

/** A class, since V8 takes a microsecond for each getter of an object literal, and a page has up to 200 edges. */
class Edge<T> {
  constructor(
    private readonly list: ListShape<T>,
    readonly node: T,
  ) {}

  get cursor(): string {
    return encodeCursor(this.list.name, this.list.position(this.node));
  }
}

class PageInfo<T> {
  constructor(
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    private readonly edges: readonly Edge<T>[],
  ) {}

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}

/** The connection of an empty list. */
export function emptyConnection<T>(): Connection<T> {
  return {
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    edges: [],
    totalCount: () => 0,
  };
}
