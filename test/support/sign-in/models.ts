import type { BetterAuthOptions } from '@better-auth/core';
import { getAuthTables } from 'better-auth/db';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import type { Model, Models } from '../../../src/sign-in/adapter/model.js';
import type { AnySpec } from '../../../src/storage/shared/collection-spec.js';
import type { FieldType } from '../../../src/storage/store.js';

const newId = createIdGenerator();
const BASE = { createdAt: 'text', updatedAt: 'text', deletedAt: 'text', externalId: 'text' } as const;

/** Models for whatever tables the library's options ask for, by the names that it calls them. */
export function modelsOf(options: BetterAuthOptions): Models {
  return Object.fromEntries(
    Object.entries(getAuthTables(options)).flatMap(([key, { modelName, fields }]): [string, Model][] => {
      const columns = Object.entries(fields).map(([name, field]) => [field.fieldName ?? name, field] as const);
      const spec: AnySpec = {
        name: modelName,
        fields: {
          ...Object.fromEntries(columns.flatMap(([name, { type }]) => (typeOf(type) ? [[name, typeOf(type)]] : []))),
          ...BASE,
        },
        indexes: [['createdAt']],
        unique: columns.flatMap(([name, { unique }]) => (unique ? [{ fields: [name], among: 'live' as const }] : [])),
        text: [],
      } as AnySpec;
      const model = { spec, hasHistory: true, newId: () => newId('verification', CATALOG_KEY) };
      return [
        [key, model],
        [modelName, model],
      ];
    }),
  );
}

function typeOf(type: unknown): FieldType | null {
  if (type === 'string' || type === 'date') return 'text';
  return type === 'number' || type === 'boolean' ? type : null;
}
