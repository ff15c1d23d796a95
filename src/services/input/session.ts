import { z } from 'zod';
import { externalId, idOf, version } from '../../domain/fields/common.js';
import { type InputOf, optional } from '../../domain/fields/derive.js';
import { sessionFields } from '../../domain/session.js';
import type { SessionFilter } from '../../repositories/filters.js';
import { sessionFilter } from './filters.js';
import { type DeletionOf, deletionOf } from './record.js';

const { key, startedAt: _, activeAt: __, ...content } = sessionFields;

const draft = z.object({ key: key.optional(), externalId: externalId.optional(), ...content });

export const newSession = z.object({ projectId: idOf('project'), ...draft.shape });
export const sessionUpdate = z.object({ id: idOf('session'), version, ...optional(content) });
export const sessionUpsert = z.object({
  projectId: idOf('project'),
  key: key.optional(),
  externalId: externalId.optional(),
  ...optional(content),
});
export const sessionDeletion = deletionOf(sessionFilter);

/** A session to be created. What is left out gets its default; of the key, a random one. */
export type NewSession = InputOf<typeof draft>;
/** What changes in a session. What is left out (undefined) stays. */
export type SessionUpdate = InputOf<typeof sessionUpdate>;
/** A session to update, or to create if there is none with its `externalId`, or without one with its `key`. */
export type SessionUpsert = InputOf<typeof sessionUpsert>;
export type SessionDeletion = DeletionOf<SessionFilter>;
/** The content of a new session, with defaults. */
export type SessionDraft = z.output<typeof draft>;
