import { z } from 'zod';
import { idOf, MAX_LABEL, MAX_PROSE_BYTES } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { refuse } from '../../domain/fields/parse.js';
import { agentName, prose } from '../../domain/fields/text.js';
import { HANDLE_LENGTH, isHandle } from '../../domain/id.js';
import { newStageResult } from '../../domain/task.js';
import type { TaskFilter } from '../../repositories/filters.js';
import { taskFilter } from './filters.js';

/** Lengths of a claim, in seconds. */
export const MIN_LEASE = 1;
export const MAX_LEASE = 7 * 86_400;
export const DEFAULT_LEASE = 900;
/** How long a claim may wait for a task, in seconds. */
export const MAX_WAIT = 60;

const leaseSeconds = z.int().min(MIN_LEASE).max(MAX_LEASE).default(DEFAULT_LEASE);
const held = { id: idOf('task'), token: z.int().min(1) };

/** The short name of a task. Upper case and hyphens, as people write them, are accepted. */
export const handle = z
  .string()
  .transform((text) => text.toLowerCase().replaceAll('-', ''))
  .superRefine(
    refuse((text) =>
      isHandle(text)
        ? null
        : {
            message: "isn't a task's handle",
            hint: `Give the ${HANDLE_LENGTH} letters and digits of \`Task.handle\`.`,
          },
    ),
  );

export const claim = z
  .object({
    projectId: idOf('project'),
    id: idOf('task').optional(),
    handle: handle.optional(),
    filter: taskFilter.optional(),
    agent: agentName(MAX_LABEL),
    leaseSeconds,
    waitSeconds: z.number().min(0).max(MAX_WAIT).default(0),
  })
  .superRefine(
    refuse(({ id, handle, filter }) =>
      [id, handle, filter].filter((given) => given !== undefined).length < 2
        ? null
        : {
            message: 'has more than one of `id`, `handle` and `filter`',
            hint: 'Name one task, or leave out both and claim the first ready one that passes the filter.',
          },
    ),
  );
export const renewal = z.object({ ...held, leaseSeconds });
export const release = z.object({ ...held, reason: prose(MAX_PROSE_BYTES).optional() });
export const completion = z.object({
  ...held,
  result: prose(MAX_PROSE_BYTES).optional(),
  stageResult: newStageResult.optional(),
});

export type ClaimInput = Omit<InputOf<typeof claim>, 'filter'> & { readonly filter?: TaskFilter | undefined };
export type RenewalInput = InputOf<typeof renewal>;
export type ReleaseInput = InputOf<typeof release>;
export type CompletionInput = InputOf<typeof completion>;
