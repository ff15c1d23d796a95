import type { CleanedWhere } from '@better-auth/core/db/adapter';
import type { Row, RowChange } from '../../services/sign-in/rows.js';
import type { JsonObject } from '../../util/json/json.js';
import type { Model, Rows } from './model.js';
import { conditionsOf, idsOf, meets } from './where.js';

/**
 * Reads and changes of the library that are committed together: reads see the changes before them, and others see nothing until
 * the commit, which has one change of each record.
 */
export interface Unit {
  /** Records that meet the conditions, in the order of their creation; `most` of them. */
  find(model: Model, where: readonly CleanedWhere[], most?: number): Promise<readonly Row[]>;
  create(model: Model, row: JsonObject & { readonly id: string }): Row;
  update(model: Model, row: Row, update: JsonObject): Row;
  delete(model: Model, row: Row): void;
  commit(): Promise<void>;
}

/** Records read at a time, and the most that are looked through: more would be a query that nobody wrote for a table of this size. */
const PAGE = 500;
const MOST = 10_000;

interface Touched {
  readonly model: Model;
  /** As it is stored; null: it isn't yet. */
  readonly before: Row | null;
  /** Null: it is to be deleted. */
  after: Row | null;
}

export function createUnit(store: Rows): Unit {
  const touched = new Map<string, Touched>();

  /** The stored ones, overlaid by what was changed, and then those that were created. */
  async function find(
    model: Model,
    where: readonly CleanedWhere[],
    most = Number.POSITIVE_INFINITY,
  ): Promise<readonly Row[]> {
    const found: Row[] = [];
    const add = (row: Row | null) => {
      if (row && meets(row, where)) found.push(row);
    };
    const changed = [...touched.values()].filter((each) => each.model === model);
    for (const { before, after } of changed) if (before) add(after);
    for await (const row of stored(model, where)) {
      if (found.length >= most) break;
      if (!touched.has(row.id)) add(row);
    }
    for (const { before, after } of changed) if (!before) add(after);
    return found.slice(0, most);
  }

  async function* stored({ spec }: Model, where: readonly CleanedWhere[]): AsyncGenerator<Row> {
    const ids = idsOf(where);
    if (ids) {
      yield* await store.get(spec.name, ids);
      return;
    }
    const conditions = conditionsOf(where, spec);
    let read = 0;
    for (let after: { value: string; id: string } | null = null; ; ) {
      const { items, hasMore } = await store.list(spec.name, conditions, after, PAGE);
      yield* items;
      const last = items.at(-1);
      if (!hasMore || !last) return;
      read += items.length;
      if (read >= MOST) throw new Error(`A query for signing in would read more than ${MOST} records of ${spec.name}.`);
      after = { value: String(last.createdAt), id: last.id };
    }
  }

  function keep(model: Model, before: Row | null, after: Row | null): void {
    const id = (after ?? before)!.id;
    const known = touched.get(id);
    if (known) known.after = after;
    else touched.set(id, { model, before, after });
  }

  return {
    find,

    create(model, own) {
      const row: Row = { deletedAt: null, externalId: null, ...own, version: 1 };
      keep(model, null, row);
      return row;
    },

    update(model, row, update) {
      const isSecret = model.secret?.some((field) => field in update && update[field] !== row[field]) ?? false;
      const after: Row = { ...row, ...update, id: row.id, version: row.version };
      const isStored = touched.get(row.id)?.before !== null;
      if (!isSecret || !isStored) {
        keep(model, row, after);
        return after;
      }
      keep(model, row, null);
      const replacement: Row = { ...after, id: model.newId(), version: 1 };
      keep(model, null, replacement);
      return replacement;
    },

    delete: (model, row) => keep(model, row, null),

    async commit() {
      const changes = [...touched.values()].flatMap(changeOf);
      touched.clear();
      if (changes.length > 0) await store.commit(changes);
    },
  };
}

function changeOf({ model, before, after }: Touched): readonly RowChange[] {
  const collection = model.spec.name;
  if (!after) {
    if (!before) return [];
    return [{ kind: model.hasHistory ? 'delete' : 'remove', collection, id: before.id, version: before.version }];
  }
  return before ? [{ kind: 'update', collection, row: after }] : [{ kind: 'create', collection, row: after }];
}
