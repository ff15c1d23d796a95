import { z } from 'zod';
import { idOf, version } from '../../domain/fields/common.js';
import { type InputOf, optional } from '../../domain/fields/derive.js';
import { sessionFields } from '../../domain/session.js';

const { key: _, startedAt: __, ...content } = sessionFields;

export const sessionUpdate = z.object({ id: idOf('session'), version, ...optional(content) });

/** What changes in a session. What is left out (undefined) stays. */
export type SessionUpdate = InputOf<typeof sessionUpdate>;
