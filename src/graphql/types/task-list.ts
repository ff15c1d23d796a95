import type { TaskFilter } from '../../repositories/factory.js';
import { builder } from '../builder.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../enums.js';
import { withoutNulls } from '../input.js';
import { TaskRef } from '../refs.js';
import { orderInput, recordConnection, TimeRangeInput, timeRange } from './common.js';

export const TaskConnection = recordConnection(TaskRef, 'Task', 'tasks');

export const TaskFilterInput = builder.inputType('TaskFilter', {
  description: 'Which tasks: those for which all of it holds.',
  fields: (t) => ({
    text: t.string({ description: 'Contained in the title or the description.' }),
    statuses: t.field({ type: [TaskStatusEnum], description: 'Any of these.' }),
    priorities: t.field({ type: [TaskPriorityEnum], description: 'Any of these.' }),
    types: t.field({ type: [TaskTypeEnum], description: 'Any of these.' }),
    assignedAgent: t.string({ description: 'Who has it; null finds those that nobody has.' }),
    createdAt: t.field({ type: TimeRangeInput, description: 'When it was made.' }),
  }),
});

/** The filter as repositories take it. */
export function taskFilter(filter: typeof TaskFilterInput.$inferInput | null | undefined): TaskFilter {
  return { ...withoutNulls(filter, ['assignedAgent']), createdAt: timeRange(filter?.createdAt) };
}

export const TaskOrderInput = orderInput('Task', {
  CREATED_AT: ['createdAt', 'When it was made.'],
  UPDATED_AT: ['updatedAt', 'When it was last written.'],
});
