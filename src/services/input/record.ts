import { z } from 'zod';
import { idOf, version } from '../../domain/fields/common.js';
import type { RecordKind } from '../../domain/id.js';

export const deletion = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version });
export const restoration = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds) });
export const purge = (...kinds: RecordKind[]) => z.object({ id: idOf(...kinds), version, token: z.string() });
export const reversion = z.object({ id: idOf(), version, toVersion: version });
