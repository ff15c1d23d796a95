import { z } from 'zod';
import type { RecordKind } from '../../domain/id.js';
import { externalId, idOf, MAX_LABEL, MAX_METADATA_BYTES, MAX_NAME, MAX_STATE_BYTES, version } from './common.js';
import { json, jsonObject } from './json.js';
import { label, name } from './text.js';

export const deletion = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version });
export const restoration = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds) });
export const purge = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version, token: z.string() });
export const reversion = z.object({ id: idOf(), version, toVersion: version });

const facet = label(MAX_LABEL).nullable().optional();

export const sessionUpdate = z.object({
  id: idOf('session'),
  version,
  title: name(MAX_NAME).nullable().optional(),
  agent: facet,
  provider: facet,
  workspace: facet,
  status: facet,
  metadata: jsonObject(MAX_METADATA_BYTES).optional(),
});

export const stateToSave = z.object({
  ownerId: idOf('project', 'task', 'session'),
  key: label(200),
  value: json(MAX_STATE_BYTES),
  version: version.optional(),
  externalId: externalId.optional(),
});
