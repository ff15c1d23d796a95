import { z } from 'zod';
import { externalId, idOf, version } from '../../domain/fields/common.js';
import { sessionFields } from '../../domain/fields/session.js';
import { stateFields } from '../../domain/fields/state.js';
import type { RecordKind } from '../../domain/id.js';

export const deletion = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version });
export const restoration = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds) });
export const purge = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version, token: z.string() });
export const reversion = z.object({ id: idOf(), version, toVersion: version });

export const sessionUpdate = z.object({ id: idOf('session'), version, ...z.object(sessionFields).partial().shape });

export const stateToSave = z.object({
  ...stateFields,
  version: version.optional(),
  externalId: externalId.optional(),
});
