import { z } from 'zod';
import { idOf, MAX_LABEL, version } from '../../domain/fields/common.js';
import type { RecordKind } from '../../domain/id.js';
import { lookup } from './filters.js';

export const deletion = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version });
export const restoration = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds) });
export const purge = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version, token: z.string() });
export const reversion = z.object({ id: idOf(), version, toVersion: version });
export const requestUndo = z.object({ projectId: idOf('project'), requestId: lookup(MAX_LABEL) });

/** The deletion of all records that match a filter. */
export function deletionOf<F extends z.ZodType>(filter: F) {
  return z.object({ projectId: idOf('project'), filter, all: z.boolean().default(false), dryRun: z.boolean() });
}

/** A deletion of all records that match a filter. `all`: whether an empty filter is meant. */
export interface DeletionOf<F> {
  readonly projectId: string;
  readonly filter: F;
  readonly all?: boolean | undefined;
  readonly dryRun: boolean;
}
