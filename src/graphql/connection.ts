import { type CursorValue, decodeCursor, encodeCursor } from '../domain/cursor.js';
import { InvalidInputError } from '../domain/errors.js';
import type { RecordBase } from '../domain/record.js';
import type { Order, Page, Position } from '../storage/store.js';

/** The most that a page may hold. */
export const MAX_PAGE = 200;
/** What a page holds when neither `first` nor `last` is given. */
export const DEFAULT_PAGE = 20;

/** The arguments of every list. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A list as its cursors know it, and where an item stands in it. */
export interface ListShape<T> {
  /** Names the list, its owner and its order. */
  readonly name: string;
  /** How many values make a position. */
  readonly width: number;
  readonly position: (item: T) => readonly CursorValue[];
}

/** Which stretch of a list is asked for. */
export interface Range {
  readonly after: readonly CursorValue[] | null;
  readonly before: readonly CursorValue[] | null;
  readonly limit: number;
  readonly fromEnd: boolean;
}

/** A page as Relay wants it. What it shows is worked out when it is asked for. */
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

/** The list of some records of one owner, in an order. */
export function recordList<T extends RecordBase>(what: string, ownerId: string, order: Order): ListShape<T> {
  return {
    name: `${what} of ${ownerId} by ${order.field} ${order.direction}`,
    width: 2,
    position: (item) => [Reflect.get(item, order.field) as CursorValue, item.id],
  };
}

/** @throws InvalidInputError when a size is out of range; CursorError when a cursor isn't of this list */
export function rangeOf<T>(list: ListShape<T>, { first, last, after, before }: PageArgs): Range {
  if (first != null && last != null) {
    throw new InvalidInputError("`first` and `last` can't be given together.", 'Give one of them.', 'last');
  }
  return {
    after: after == null ? null : decodeCursor(list.name, after, list.width),
    before: before == null ? null : decodeCursor(list.name, before, list.width),
    limit: last == null ? sizeOf('first', first ?? DEFAULT_PAGE) : sizeOf('last', last),
    fromEnd: last != null,
  };
}

/** A size of a page that a client asked for. @throws InvalidInputError when it is out of range */
export function sizeOf(name: string, size: number): number {
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw new InvalidInputError(
    `\`${name}\` must be from 1 to ${MAX_PAGE}.`,
    'Ask for fewer and read on with `after: pageInfo.endCursor`.',
    name,
  );
}

/** A record's position as repositories take it. */
export function toPosition(values: readonly CursorValue[] | null): Position | null {
  return values && { value: values[0] ?? null, id: String(values[1]) };
}

export function toConnection<T>(
  list: ListShape<T>,
  range: Range,
  page: Page<T>,
  totalCount: () => number | Promise<number>,
): Connection<T> {
  const cursor = (item: T | undefined) => (item === undefined ? null : encodeCursor(list.name, list.position(item)));
  return {
    pageInfo: {
      hasNextPage: range.fromEnd ? range.before !== null : page.hasMore || range.before !== null,
      hasPreviousPage: range.fromEnd ? page.hasMore || range.after !== null : range.after !== null,
      get startCursor() {
        return cursor(page.items[0]);
      },
      get endCursor() {
        return cursor(page.items.at(-1));
      },
    },
    edges: page.items.map((node) => ({
      node,
      get cursor() {
        return encodeCursor(list.name, list.position(node));
      },
    })),
    totalCount,
  };
}

/** The connection of a list that has nothing. */
export function emptyConnection<T>(): Connection<T> {
  return {
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    edges: [],
    totalCount: () => 0,
  };
}
