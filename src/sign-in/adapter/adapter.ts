import type { BetterAuthOptions } from '@better-auth/core';
import {
  type CleanedWhere,
  type CustomAdapter,
  createAdapterFactory,
  type DBAdapterInstance,
} from '@better-auth/core/db/adapter';
import { AlreadyExistsError, ConflictError } from '../../domain/errors.js';
import type { Row } from '../../services/sign-in/rows.js';
import type { JsonObject } from '../../util/json/json.js';
import { taken } from './errors.js';
import type { Model, Models, Rows } from './model.js';
import { createUnit, type Unit } from './unit.js';

/** How often what must be decided on the current record is decided again after a lost race. */
const TRIES = 8;

/** The library's database: the catalog's records. One change of it, or all those of a transaction, are one commit. */
export function createAdapter(store: Rows, models: Models): DBAdapterInstance {
  /** @param shared the unit of the transaction; null: each operation commits by itself */
  function adapterOf(shared: Unit | null) {
    return createAdapterFactory({
      config: {
        adapterId: 'mooring',
        supportsNumericIds: false,
        supportsDates: false,
        supportsJSON: true,
        supportsArrays: true,
        supportsBooleans: true,
        customIdGenerator: ({ model }) => modelOf(model).newId(),
        transaction: shared ? false : (work) => inTransaction(work),
      },
      adapter: ({ getFieldName }) =>
        operations(shared, (model, fields) => fields?.map((field) => getFieldName({ model, field }))),
    });
  }

  let options: BetterAuthOptions = {};

  async function inTransaction<R>(work: (adapter: ReturnType<DBAdapterInstance>) => Promise<R>): Promise<R> {
    const unit = createUnit(store);
    const result = await work(adapterOf(unit)(options));
    await committed(unit);
    return result;
  }

  function modelOf(name: string): Model {
    const model = models[name];
    if (!model) throw new Error(`Signing in has no records of the kind ${name}.`);
    return model;
  }

  function operations(
    shared: Unit | null,
    columns: (model: string, fields: string[] | undefined) => string[] | undefined,
  ): CustomAdapter {
    /** Does it in the transaction's unit, or in one of its own. */
    async function write<R>(work: (unit: Unit) => Promise<R>): Promise<R> {
      if (shared) return work(shared);
      const unit = createUnit(store);
      const result = await work(unit);
      await committed(unit);
      return result;
    }

    /** The same, decided again when another was quicker. */
    async function decide<R>(work: (unit: Unit) => Promise<R>): Promise<R> {
      for (let tries = 1; ; tries += 1) {
        try {
          return await write(work);
        } catch (error) {
          if (shared || tries === TRIES || !(error instanceof ConflictError)) throw error;
        }
      }
    }

    const read = (model: string, where: readonly CleanedWhere[], most?: number) =>
      (shared ?? createUnit(store)).find(modelOf(model), where, most);

    async function updateAll(model: string, where: readonly CleanedWhere[], update: JsonObject, most?: number) {
      return decide(async (unit) => {
        const rows = await unit.find(modelOf(model), where, most);
        return rows.map((row) => unit.update(modelOf(model), row, update));
      });
    }

    async function deleteAll(model: string, where: readonly CleanedWhere[], most?: number): Promise<readonly Row[]> {
      return decide(async (unit) => {
        const rows = await unit.find(modelOf(model), where, most);
        for (const row of rows) unit.delete(modelOf(model), row);
        return rows;
      });
    }

    return {
      create: ({ model, data }) => write(async (unit) => unit.create(modelOf(model), rowOf(data)) as never),
      findOne: async ({ model, where }) => ((await read(model, where, 1))[0] ?? null) as never,
      async findMany({ model, where = [], limit, offset = 0, sortBy, select }) {
        const rows = [...(await read(model, where, sortBy ? undefined : offset + limit))];
        if (sortBy) rows.sort(byField(columns(model, [sortBy.field])![0]!, sortBy.direction));
        return rows.slice(offset, offset + limit).map((row) => pick(row, columns(model, select))) as never;
      },
      count: async ({ model, where = [] }) => (await read(model, where)).length,
      update: async ({ model, where, update }) =>
        ((await updateAll(model, where, update as JsonObject, 1))[0] ?? null) as never,
      updateMany: async ({ model, where, update }) => (await updateAll(model, where, update as JsonObject)).length,
      delete: async ({ model, where }) => void (await deleteAll(model, where, 1)),
      deleteMany: async ({ model, where }) => (await deleteAll(model, where)).length,
      consumeOne: async ({ model, where }) => ((await deleteAll(model, where, 1))[0] ?? null) as never,
      incrementOne: ({ model, where, increment, set }) =>
        decide(async (unit) => {
          const [row] = await unit.find(modelOf(model), where, 1);
          if (!row) return null as never;
          const sums = Object.entries(increment).map(([field, by]) => [field, Number(row[field] ?? 0) + by]);
          return unit.update(modelOf(model), row, { ...Object.fromEntries(sums), ...(set as JsonObject) }) as never;
        }),
    };
  }

  const outer = adapterOf(null);
  return (given) => {
    options = given;
    return outer(given);
  };
}

/** @throws what the library tells its clients of a value that is taken; ConflictError, StoreError */
async function committed(unit: Unit): Promise<void> {
  try {
    await unit.commit();
  } catch (error) {
    throw error instanceof AlreadyExistsError ? taken(error) : error;
  }
}

function byField(field: string, direction: 'asc' | 'desc') {
  const sign = direction === 'asc' ? 1 : -1;
  return (one: Row, other: Row): number => {
    const [a, b] = [one[field] ?? null, other[field] ?? null];
    if (a === b) return 0;
    if (a === null || b === null) return a === null ? -sign : sign;
    return a < b ? -sign : sign;
  };
}

function pick(row: Row, fields: readonly string[] | undefined): JsonObject {
  return fields ? Object.fromEntries(fields.map((field) => [field, row[field] ?? null])) : row;
}

const rowOf = (data: object): JsonObject & { readonly id: string } => data as JsonObject & { readonly id: string };
