import { parseInput } from '../../../domain/fields/parse.js';
import type { TaskFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import { timeRange, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { TaskRef } from '../../refs.js';
import { ANY_OF, allOf, FILTER_TEXT } from '../descriptions.js';
import { orderInput, recordConnection, TimeRangeInput } from '../list-types.js';

export const TaskConnection = recordConnection(TaskRef, 'Task', 'tasks');

export const TaskFilterInput = builder.inputType('TaskFilter', {
  description: allOf('tasks'),
  fields: (t) => ({
    text: t.string({ description: `Text that the title or the description must contain. ${FILTER_TEXT}` }),
    statuses: t.field({ type: [TaskStatusEnum], description: ANY_OF }),
    priorities: t.field({ type: [TaskPriorityEnum], description: ANY_OF }),
    types: t.field({ type: [TaskTypeEnum], description: ANY_OF }),
    assignedAgent: t.string({ description: 'Agent that the task is assigned to; null matches unassigned tasks.' }),
    parentId: t.id({ description: 'Id of the parent; null matches tasks without one.' }),
    createdAt: t.field({ type: TimeRangeInput, description: 'When the task was created.' }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function taskFilter(filter: typeof TaskFilterInput.$inferInput | null | undefined): TaskFilter {
  const given = { ...withoutNulls(filter, ['assignedAgent', 'parentId']), createdAt: timeRange(filter?.createdAt) };
  return parseInput(filters.taskFilter, given, 'filter');
}

export const TaskOrderInput = orderInput('Task', 'tasks', {
  CREATED_AT: ['createdAt', 'When the task was created.'],
  UPDATED_AT: ['updatedAt', 'When the task was last written.'],
});
